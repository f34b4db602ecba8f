"""Objections whose term approaches or has passed: the handler is told, or the city while there is none (Art. 14)."""

from datetime import datetime

from accounts.models import Role
from lifecycle.announcements import people, tell
from lifecycle.deadlines import Due, dues
from review.models import Objection
from review.selectors.objections import OPEN
from timekeeping.dates import chinese_date

SOON = 2


def scan(now: datetime) -> int:
    """Tell of every open term with two working days or fewer left, and once more when it has passed."""
    found = list(Objection.objects.filter(state__in=OPEN).select_related("notice__call", "application", "handler"))
    terms = dues(found)
    told = 0
    for objection in found:
        due = next(iter(terms[objection.SUBJECT, objection.pk]), None)
        if due and (now >= due.instant or (due.workdays_left is not None and due.workdays_left <= SOON)):
            told += _tell(objection, due, overdue=now >= due.instant)
    return told


def _tell(objection: Objection, due: Due, *, overdue: bool) -> int:
    users = [objection.handler] if objection.handler else people(Role.CITY_OFFICER, objection)
    left = "已经逾期" if overdue else "即将到期"
    body = f"{objection.heading}（{objection.status.label}）办理期限{chinese_date(due.last_day)}{left}，请尽快办理。"
    return tell(
        subject=objection, kind="objection_overdue" if overdue else "objection_due", occasion=str(due.last_day),
        title=f"{left}：{objection.heading}", body=body, users=users,
    )  # fmt: skip
