"""Reminders of activities (Art. 19): to the invited before the beginning, to the city when attendance is not marked afterwards."""

from datetime import date, datetime, timedelta

from accounts.models import APPLICANT_ROLES, Capacity, Role, User
from lifecycle import announcements
from regulation import parameters
from supervision.models import Activity, Invitation
from supervision.reporting import occasions
from timekeeping import clock
from timekeeping.dates import chinese_moment

WAITING = ("served", "leave_asked")


def scan(now: datetime) -> int:
    """Tell what is due at ``now`` about activities; returns how many recipients were given."""
    today = now.astimezone(clock.SHANGHAI).date()
    numbers = occasions.days(parameters.at(today).activity_reminder_days)
    return _remind_invited(now, today, numbers) + _remind_city(now, today, numbers)


def _remind_invited(now: datetime, today: date, numbers: tuple[int, ...]) -> int:
    """Each invited platform so many days before, until it begins; a platform with leave asked is still expected."""
    found = Invitation.objects.filter(activity__state="announced", activity__starts_at__gt=now, state__in=WAITING)
    due = [
        (one, _before(one.activity.held_on, numbers, today))
        for one in found.select_related("activity", "title__platform")
    ]
    due = [(one, on) for one, on in due if on is not None]
    people = _people({one.title.platform.organisation_id for one, _ in due})
    return sum(_remind(one, on, today, people.get(one.title.platform.organisation_id, [])) for one, on in due if on)


def _before(held_on: date, numbers: tuple[int, ...], today: date) -> date | None:
    return occasions.latest([held_on - timedelta(days=number) for number in numbers], today)


def _people(organisations: set[int]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    active = Capacity.objects.active().filter(role__in=APPLICANT_ROLES, organisation__in=organisations)
    for capacity in active.select_related("user"):
        found.setdefault(capacity.organisation_id, []).append(capacity.user)  # type: ignore[arg-type]
    return found


def _remind(invitation: Invitation, on: date, today: date, users: list[User]) -> int:
    activity = invitation.activity
    distance = occasions.distance(activity.held_on, today)
    words = (
        "请假尚待市局审核，准假前请按时参加。"
        if invitation.state == "leave_asked"
        else "不能参加的，请在活动开始前请假。"
    )
    body = (
        f"{activity.name}（{activity.get_level_display()}）于{chinese_moment(activity.starts_at)}在{activity.place}举行，{distance}。"
        f"{words}\n联系人：{activity.contact}\n多次不参加的可能被取消称号（第十九条）。"
    )
    return announcements.tell(
        subject=invitation, kind="activity_reminder", occasion=on.isoformat(), title=f"活动提醒：{activity.name}，{distance}",
        body=body, users=users,
    )  # fmt: skip


def _remind_city(now: datetime, today: date, numbers: tuple[int, ...]) -> int:
    """The city so many days after an activity that is neither concluded nor called off."""
    active = Capacity.objects.active().filter(role=Role.CITY_OFFICER).select_related("user")
    users = [capacity.user for capacity in active]
    held = Activity.objects.filter(state="announced", starts_at__lte=now)
    return sum(_remind_to_conclude(activity, numbers, today, users) for activity in held)


def _remind_to_conclude(activity: Activity, numbers: tuple[int, ...], today: date, users: list[User]) -> int:
    on = occasions.latest([activity.held_on + timedelta(days=number) for number in numbers], today)
    if on is None:
        return 0
    body = f"{activity.name}已于{chinese_moment(activity.starts_at)}举行。请登记受邀平台的出席情况，登记完毕后办结（第十九条）。"
    return announcements.tell(
        subject=activity, kind="attendance_reminder", occasion=on.isoformat(), title=f"请登记出席情况：{activity.name}",
        body=body, users=users,
    )  # fmt: skip
