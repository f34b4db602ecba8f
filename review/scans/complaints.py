"""Complaints whose term approaches or has passed: the handler is told, or the city while there is none (Art. 21)."""

from datetime import datetime

from accounts.models import Role
from lifecycle.announcements import people, tell
from lifecycle.deadlines import Due, dues
from review.models import Complaint
from review.selectors.complaints import OPEN
from timekeeping.dates import chinese_date

SOON = 2


def scan(now: datetime) -> int:
    """Tell of every open term with two working days or fewer left, and once more when it has passed."""
    found = list(Complaint.objects.filter(state__in=OPEN).select_related("handler"))
    terms = dues(found)
    told = 0
    for complaint in found:
        due = next(iter(terms[complaint.SUBJECT, complaint.pk]), None)
        if due and (now >= due.instant or (due.workdays_left is not None and due.workdays_left <= SOON)):
            told += _tell(complaint, due, overdue=now >= due.instant)
    return told


def _tell(complaint: Complaint, due: Due, *, overdue: bool) -> int:
    users = [complaint.handler] if complaint.handler else people(Role.CITY_OFFICER, complaint)
    left = "已经逾期" if overdue else "即将到期"
    body = f"{complaint.heading}（{complaint.status.label}）办理期限{chinese_date(due.last_day)}{left}，请尽快办理。"
    return tell(
        subject=complaint, kind="complaint_overdue" if overdue else "complaint_due", occasion=str(due.last_day),
        title=f"{left}：{complaint.heading}", body=body, users=users,
    )  # fmt: skip
