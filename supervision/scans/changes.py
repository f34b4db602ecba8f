"""Change filings whose check approaches its end or is overdue: the district is told, then the city too (Art. 20)."""

from datetime import datetime

from accounts.models import Role
from lifecycle.announcements import people, tell
from lifecycle.deadlines import Due, dues
from supervision.models import Change
from timekeeping.dates import chinese_date

SOON = 2


def scan(now: datetime) -> int:
    """Tell of every check with two working days or fewer left, and once more, the city too, when it is overdue."""
    found = list(Change.objects.filter(state="filed").select_related("title", "district", "organisation"))
    terms = dues(found)
    told = 0
    for change in found:
        due = next(iter(terms[change.SUBJECT, change.pk]), None)
        if due and (now >= due.instant or (due.workdays_left is not None and due.workdays_left <= SOON)):
            told += _tell(change, due, overdue=now >= due.instant)
    return told


def _tell(change: Change, due: Due, *, overdue: bool) -> int:
    users = list(people(Role.DISTRICT_OFFICER, change))
    if overdue:
        users += people(Role.CITY_OFFICER, change)
    left = "已经逾期，市局可以直接办理" if overdue else "即将到期"
    return tell(
        subject=change, kind="change_overdue" if overdue else "change_due", occasion=str(due.last_day),
        title=f"变更备案核对{left[:4]}：{change.title.platform_name}",
        body=f"{change.heading}的县区核对期限{chinese_date(due.last_day)}{left}。", users=users,
    )  # fmt: skip
