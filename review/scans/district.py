"""What is due at the district: acceptance, missed corrections, the end of recommending. Each is told once."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import Capacity, District, Role, User
from applications.models import Application, Call
from lifecycle import deadlines
from lifecycle.announcements import tell
from lifecycle.deadlines import Due
from review.selectors.queues import UNHANDLED
from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_deadline

SOON_WORKDAYS = 1
DAYS_BEFORE = (5, 1)


def scan(now: datetime) -> int:
    """Reminders of acceptance, of corrections that were missed, and of districts whose time ends or is over."""
    return _acceptance() + _missed_corrections(now) + _recommending(now)


def _acceptance() -> int:
    waiting = list(_listed(Application.objects.filter(state="submitted")))
    dues = deadlines.dues(waiting)
    told = 0
    for application in waiting:
        due = next((due for due in dues[application.SUBJECT, application.pk] if due.row.name == "accept"), None)
        if due and due.overdue:
            told += _accept(application, due, "accept_overdue", "已超过受理期限")
        elif due and due.workdays_left is not None and due.workdays_left <= SOON_WORKDAYS:
            told += _accept(application, due, "accept_due", "受理期限将至")
    return told


def _accept(application: Application, due: Due, kind: str, words: str) -> int:
    return tell(
        subject=application,
        kind=kind,
        occasion=due.last_day.isoformat(),
        title=f"{words}：{application.heading}",
        body=f"{application.heading}的受理期限为{chinese_deadline(due.instant)}，{words}。请受理，或一次性告知需要补正的全部内容。",
        users=_officers(application.district),
    )


def _missed_corrections(now: datetime) -> int:
    told = 0
    for application in _listed(Application.objects.filter(state="returned")):
        end = application.correction_due_at
        if end is not None and now >= end:
            told += tell(
                subject=application,
                kind="correction_missed",
                occasion=end.astimezone(SHANGHAI).isoformat(timespec="minutes"),
                title=f"补正期限已过：{application.heading}",
                body=f"{application.heading}的补正期限至{chinese_deadline(end)}，未收到补正。请按原件继续审核。",
                users=_officers(application.district),
            )
    return told


def _recommending(now: datetime) -> int:
    open_cases = _listed(Application.objects.filter(state__in=UNHANDLED, call__state="open"))
    waiting: dict[tuple[Call, District, datetime], list[Application]] = {}
    for application in open_cases:
        end = application.district_due_at  # a later one where the city sent the case back
        waiting.setdefault((application.call, application.district, end), []).append(application)
    return sum(_remind(*place, cases, now) for place, cases in waiting.items())


def _remind(call: Call, district: District, end: datetime, cases: list[Application], now: datetime) -> int:
    if now >= end:
        kind, words = "district_silent", f"县区推荐已于{chinese_deadline(end)}截止"
        advice = "市工业和信息化局可以按申报通知延长该县（市）区的推荐时间，申报单位不因此视为逾期。"
    else:
        days = min((days for days in DAYS_BEFORE if now >= end - timedelta(days=days)), default=None)
        if days is None:
            return 0
        kind, words = f"district_due_{days}", f"县区推荐将于{chinese_deadline(end)}截止"
        advice = "请在截止前作出推荐、不予推荐或其他处理，已推荐的盖章报送。"
    listed = "；".join(application.platform_name for application in cases)
    return tell(
        subject=call,
        kind=f"{kind}:{district.slug}",
        occasion=end.astimezone(SHANGHAI).isoformat(timespec="minutes"),
        title=f"{words}：{district.name}尚有{len(cases)}件未办结",
        body=f"{district.name}{call.year}年度尚有{len(cases)}件申报未办结：{listed}。{words}。{advice}",
        users=[*_officers(district), *_city()],
    )


def _listed(found: QuerySet[Application]) -> QuerySet[Application]:
    return found.select_related("call", "district", "organisation").prefetch_related("call__extensions", "corrections")


def _officers(district: District) -> list[User]:
    active = Capacity.objects.active().filter(role=Role.DISTRICT_OFFICER, district=district).select_related("user")
    return [capacity.user for capacity in active]


def _city() -> list[User]:
    active = Capacity.objects.active().filter(role=Role.CITY_OFFICER).select_related("user")
    return [capacity.user for capacity in active]
