"""Reminders of evaluations and rectifications (default): three days and one day before the last day, and once when it has passed."""

from datetime import datetime, timedelta

from lifecycle import announcements, deadlines
from lifecycle.steps import APPLICANT, CITY
from supervision.models import Evaluation, Rectification
from timekeeping.dates import chinese_date

# The nearest rung that has been reached is told; one that a missed scan skipped is not made up for.
RUNGS = ((timedelta(0), "overdue"), (timedelta(days=1), "due_in_1_day"), (timedelta(days=3), "due_in_3_days"))
READS = ("title__platform__organisation", "title__platform__district")


def scan(now: datetime) -> int:
    """Remind evaluators of evaluations and platforms of rectifications; tell the city what has not come in time."""
    evaluations = Evaluation.objects.filter(state__in=("commissioned", "in_progress")).select_related(
        "evaluator", *READS
    )
    rectifications = Rectification.objects.filter(state="ordered").select_related(*READS)
    return sum(_evaluation(one, now) for one in evaluations) + sum(_rectification(one, now) for one in rectifications)


def rung_of(due: datetime, now: datetime) -> str:
    """Which reminder is due now; empty before the first."""
    return next((name for before, name in RUNGS if now >= due - before), "")


def _evaluation(evaluation: Evaluation, now: datetime) -> int:
    rung = rung_of(evaluation.due_at, now)
    if not rung:
        return 0
    late = rung == "overdue"
    work = "声明有无利益关系" if evaluation.state == "commissioned" else "逐项测评并提交测评报告"
    users = [evaluation.evaluator, *(announcements.people(CITY, evaluation) if late else ())]
    return announcements.tell(
        subject=evaluation,
        kind=f"evaluation_{rung}",
        occasion=evaluation.due_at.isoformat(),
        title=f"{'已逾期' if late else '即将到期'}：{evaluation.heading}",
        body=f"请{work}，最后一日为{chinese_date(evaluation.due_on)}{'，现已逾期' if late else ''}。依据：第十八条。如有利益关系，请申请回避。",
        users=users,
    )


def _rectification(rectification: Rectification, now: datetime) -> int:
    rung = rung_of(rectification.due_at, now)
    if not rung:
        return 0
    late = rung == "overdue"
    users = [
        *announcements.people(APPLICANT, rectification),
        *(announcements.people(CITY, rectification) if late else ()),
    ]
    last = chinese_date(deadlines.last_day(rectification.due_at))
    return announcements.tell(
        subject=rectification,
        kind=f"rectification_{rung}",
        occasion=rectification.due_at.isoformat(),
        title=f"{'已逾期' if late else '即将到期'}：{rectification.heading}",
        body=f"整改报告应于{last}24:00前提交{'，现已逾期，尚未收到' if late else ''}。限期整改仍不达标的，可能被取消称号。依据：第十九条。",
        users=users,
    )
