"""Reminders of the yearly reports (Art. 17, 18): to platforms, to districts, and to the city when a district's time is over.

Each occasion is the date of the reminder, so that a scan rung twice, late, or by two schedulers tells everybody once; the days that
nobody scanned collapse into the latest one.
"""

from datetime import date, datetime

from django.urls import reverse

from accounts.models import Capacity, District, Role, User
from lifecycle import announcements
from lifecycle.steps import APPLICANT
from lifecycle.workdays import calendar
from regulation import parameters
from supervision.models import DistrictReport
from supervision.models.district_reports import identity
from supervision.reporting import days, occasions
from supervision.reporting.days import LastDay
from supervision.selectors import completeness, reports
from supervision.selectors.completeness import Completeness
from supervision.selectors.reports import Standing
from timekeeping import clock
from timekeeping.dates import chinese_date

NAMED = 10


def scan(now: datetime) -> int:
    """Tell what is due at ``now`` about the reports on the last calendar year; returns how many recipients were given."""
    year, today = reports.newest_year(now), now.astimezone(clock.SHANGHAI).date()
    known, numbers = days.days_of(year, calendar()), occasions.offsets(parameters.at(today))
    districts = [one for one in completeness.by_district(year) if one.owed]
    told = 0
    if on := occasions.latest(occasions.reminder_dates(known.platform.named, numbers), today):
        told += sum(_remind(s, on, today) for one in districts for s in one.standings if _wanting(s))
    if on := occasions.latest(occasions.reminder_dates(known.district.named, numbers), today):
        told += sum(_remind_district(one, known.district, on, today) for one in districts if _unfinished(one))
    if on := _over(known.platform, today):
        told += sum(_name_missing(one, known.platform, on) for one in districts if one.missing)
    if on := _over(known.district, today):
        told += sum(_tell_city(one, known.district, on) for one in districts if one.missing or one.first is None)
    return told


def _wanting(standing: Standing) -> bool:
    """Whether the platform still has to act: never filed and not excused, or returned; the title stands."""
    report = standing.report
    if standing.closed:
        return False
    if report and report.first_submitted_at:
        return report.state == "returned"
    return standing.verdict is not reports.EXCUSED


def _unfinished(one: Completeness) -> bool:
    """Whether the district still has to act: nothing forwarded, or something accepted since."""
    return one.first is None or one.states["accepted"] > 0


def _over(last: LastDay, today: date) -> date | None:
    """The latest of the last days (the article's, and the one for sanctions) that is over."""
    ends = {last.named, last.sanctions or last.named}
    return max((day for day in ends if day < today), default=None)


def _remind(standing: Standing, on: date, today: date) -> int:
    title, year = standing.title, standing.year
    returned = bool(standing.report and standing.report.state == "returned")
    last, distance = standing.days.platform, occasions.distance(standing.days.platform.named, today)
    what = f"{year}年度工作总结和{year + 1}年工作计划"
    words = "退回补充后尚未重新报送" if returned else standing.verdict.label
    parts = [
        f"{title.platform_name}的{what}应于{chinese_date(last.named)}24:00前报送{title.platform.district.bureau}（第十七条），{distance}。",
        f"目前：{words}。{_rest_day(last)}",
    ]
    parts += [
        "请补充后由签字人重新报送；是否按期以首次报送时间为准。"
        if returned
        else "请尽快填写，由法定代表人或授权签字人报送。确有原因不能按期的，请在系统中说明。"
    ]
    parts += ["未按要求报送年度总结材料的，可能被取消称号（第十九条）。"] if standing.is_missing else []
    return announcements.tell(
        subject=title,
        kind=f"annual_report_reminder:{year}",
        occasion=on.isoformat(),
        title=f"年度报告{'请补充' if returned else '催报'}：{title.platform_name}{year}年度，{distance}",
        body="\n".join(parts),
        users=announcements.people(APPLICANT, title),
        url=reverse("supervision:report_begin", args=[title.uuid, year]),
    )


def _rest_day(last: LastDay) -> str:
    if last.rolls_on and last.sanctions:
        return f"{chinese_date(last.named)}为休息日，{chinese_date(last.sanctions)}（含当日）前报送的不按逾期处理（默认规则）。"
    return "" if last.sanctions else f"{last.named.year}年放假安排未公布，是否顺延待公布后确定（默认规则）。"


def _remind_district(one: Completeness, last: LastDay, on: date, today: date) -> int:
    distance = occasions.distance(last.named, today)
    body = (
        f"{one.district.bureau}应于{chinese_date(last.named)}24:00前将示范平台{one.year}年度工作总结材料和{one.year + 1}年工作计划报送市局（第十八条），{distance}。\n"
        f"应报{one.owed}家，已报{one.filed}家；待接收{one.states['submitted']}家，已接收待报送{one.states['accepted']}家。{_rest_day(last)}\n"
        f"未报送的平台请督促并在报送中列明；以后接收的可以补充报送。"
    )
    return _tell(one, "district_report_reminder", on, f"县区年度报送：{one.district.name}{one.year}年度，{distance}", body, _officers(one.district))  # fmt: skip


def _name_missing(one: Completeness, last: LastDay, on: date) -> int:
    body = (
        f"示范平台报送{one.year}年度报告的期限（{chinese_date(last.named)}24:00，第十七条）已过，本区{len(one.missing)}家尚未报送：{_names(one)}。{_rest_day(last)}\n"
        "请督促；是否按第十九条处理由市局研究决定。"
    )
    title = f"{len(one.missing)}家示范平台尚未报送{one.year}年度报告：{one.district.name}"
    return _tell(one, "platforms_missing", on, title, body, _officers(one.district))


def _tell_city(one: Completeness, last: LastDay, on: date) -> int:
    silent = one.first is None
    body = (
        f"县区报送{one.year}年度报告的期限（{chinese_date(last.named)}24:00，第十八条）已过。{one.district.name}："
        + ("尚未报送市局。县区的早晚不影响平台。" if silent else "已报送。")
    )
    body += f"\n尚未报送的平台{len(one.missing)}家：{_names(one)}。" if one.missing else "\n应报送的平台都已报送县区。"
    words = "县区逾期未报送年度报告" if silent else "示范平台未报送年度报告"
    return _tell(one, "district_report_overdue", on, f"{words}：{one.district.name}{one.year}年度", body, _city())


def _names(one: Completeness) -> str:
    named = "、".join(f"{s.title.platform_name}（{s.verdict.label}）" for s in one.missing[:NAMED])
    return named + (f"等{len(one.missing)}家" if len(one.missing) > NAMED else "")


def _tell(one: Completeness, kind: str, on: date, title: str, body: str, users: list[User]) -> int:
    """Told about the district's first report, which has its name before it exists."""
    subject = one.first or DistrictReport(
        uuid=identity(one.district, one.year), district=one.district, year=one.year, number=1
    )
    url = reverse("supervision:reports_of_district", args=[one.year, one.district.slug])
    return announcements.tell(
        subject=subject, kind=kind, occasion=on.isoformat(), title=title, body=body, users=users, url=url
    )


def _officers(district: District) -> list[User]:
    active = Capacity.objects.active().filter(role=Role.DISTRICT_OFFICER, district=district).select_related("user")
    return [capacity.user for capacity in active]


def _city() -> list[User]:
    active = Capacity.objects.active().filter(role=Role.CITY_OFFICER).select_related("user")
    return [capacity.user for capacity in active]
