"""Reminders of inspections (default): the day before a visit, to the group and the applicant; an end of clarification missed."""

from datetime import datetime, timedelta

from lifecycle import announcements
from lifecycle.steps import APPLICANT
from review.models import Inspection
from timekeeping import clock


def scan(now: datetime) -> int:
    """Tell of the visits of tomorrow (or today, when yesterday's scan was missed) and of clarifications nobody gave in time."""
    today = now.astimezone(clock.SHANGHAI).date()
    visits = Inspection.objects.filter(state="planned", visit_on__gte=today, visit_on__lte=today + timedelta(days=1))
    missed = Inspection.objects.filter(state="clarifying", clarification_due_at__lte=now)
    related = "application__organisation", "application__call"
    told = sum(_remind(visit) for visit in visits.select_related(*related))
    return told + sum(_missed(inspection) for inspection in missed.select_related(*related))


def _remind(inspection: Inspection) -> int:
    return announcements.tell(
        subject=inspection,
        kind="visit_tomorrow",
        occasion=inspection.visit_on.isoformat(),
        title=f"现场核查提醒：{inspection.application.platform_name}",
        body=f"现场核查定于{inspection.visit_on:%Y-%m-%d}，地点：{inspection.place}。请备齐原件，按时到场。",
        users=[*inspection.assigned_users(), *announcements.people(APPLICANT, inspection)],
    )


def _missed(inspection: Inspection) -> int:
    assert inspection.clarification_due_at is not None
    return announcements.tell(
        subject=inspection,
        kind="clarification_missed",
        occasion=inspection.clarification_due_at.isoformat(),
        title=f"逾期未说明：{inspection.application.platform_name}",
        body="申报单位在期限内没有提交说明，请继续核查并提出现场核查意见。",
        users=inspection.assigned_users(),
    )
