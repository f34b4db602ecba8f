"""Reminders of second looks (Art. 18) to the district: before and after the last day, each occasion once."""

from datetime import datetime

from accounts.models import Capacity, Role, User
from lifecycle import announcements
from regulation import parameters
from supervision.models import Check
from supervision.reporting import occasions
from supervision.selectors import checks
from timekeeping import clock
from timekeeping.dates import chinese_date


def scan(now: datetime) -> int:
    """Remind districts of the second looks they owe at ``now``; returns how many recipients were given."""
    today = now.astimezone(clock.SHANGHAI).date()
    numbers = occasions.days(parameters.at(today).follow_up_reminder_days)
    officers: dict[int, list[User]] = {}
    active = Capacity.objects.active().filter(role=Role.DISTRICT_OFFICER).select_related("user")
    for capacity in active:
        officers.setdefault(capacity.district_id, []).append(capacity.user)  # type: ignore[arg-type]
    waiting = checks.waiting(Check.objects.select_related("title", "district"))
    return sum(_remind(check, numbers, today, officers.get(check.district_id, [])) for check in waiting)


def _remind(check: Check, numbers: tuple[int, ...], today: object, users: list[User]) -> int:
    last = check.follow_up_by
    on = occasions.latest(occasions.reminder_dates(last, numbers), today)
    if on is None:
        return 0
    distance = occasions.distance(last, today)
    body = (
        f"{chinese_date(check.checked_on)}对{check.title.platform_name}的检查要求在{chinese_date(last)}（含当日）前复查，{distance}（第十八条）。\n"
        f"指导意见：{check.advice}\n请复查并记录结果。"
    )
    return announcements.tell(
        subject=check, kind="follow_up_reminder", occasion=on.isoformat(), title=f"复查提醒：{check.title.platform_name}，{distance}",
        body=body, users=users,
    )  # fmt: skip
