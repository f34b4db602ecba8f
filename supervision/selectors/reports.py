"""Who owes the report on a year, where each stands, and who may see what of it (Art. 17, 18)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from lifecycle.workdays import calendar
from registry.models import Title
from registry.standing import in_force
from regulation.terms import annual_report_last_days
from supervision.models import AnnualReport, DistrictReport, ReportExcuse
from supervision.reporting import days
from supervision.reporting.days import Days
from timekeeping import clock

CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)
CLOSED = {"cancelled": "取消", "revoked": "撤销"}


@dataclass(frozen=True)
class Verdict:
    """How an owed report stands: its word, its tone, and one sentence."""

    key: str
    label: str
    tone: str
    words: str


COMING = Verdict("coming", "未到期", "wait", "报告年度尚未结束。")
OWED = Verdict("owed", "应报", "todo", "请在1月31日前报送。")
UNDECIDED = Verdict(
    "undecided", "未报，暂不判定", "warn", "1月31日已过；放假安排未公布，是否逾期暂不判定。请尽快报送。"
)
GRACE = Verdict("grace", "未报，顺延中", "warn", "1月31日为休息日，最后报送日顺延至下一个工作日。")
MISSING = Verdict("missing", "逾期未报", "bad", "最后报送日已过，尚未报送。")
ON_TIME = Verdict("on_time", "按期", "done", "按期报送。")
LATE = Verdict("late", "逾期报送", "warn", "最后报送日之后报送。")
LATE_UNDECIDED = Verdict(
    "late_undecided", "已报，暂不判定", "wait", "1月31日之后报送；放假安排未公布，是否逾期暂不判定。"
)
EXCUSED = Verdict("excused", "已说明", "wait", "未按期报送，所说明的原因已经市局认可。")
VERDICTS = (COMING, OWED, GRACE, UNDECIDED, MISSING, ON_TIME, LATE, LATE_UNDECIDED, EXCUSED)
CHOICES = [(verdict.key, verdict.label) for verdict in VERDICTS]


@dataclass(frozen=True)
class Standing:
    """An owed report at a moment: of which title and year, the report and the excuse if there are any, and the verdict."""

    title: Title
    year: int
    report: AnnualReport | None
    excuse: ReportExcuse | None
    days: Days
    verdict: Verdict

    @property
    def submitted_at(self) -> datetime | None:
        """When the first complete report came; it alone decides whether it came in time."""
        return self.report.first_submitted_at if self.report else None

    @property
    def state_label(self) -> str:
        """Where the report lies, in words."""
        return self.report.status.label if self.report else "未开始"

    @property
    def is_missing(self) -> bool:
        """未按要求报送 as the system sees it: never filed, the last day for sanctions over, no accepted excuse. People decide."""
        return self.verdict is MISSING

    @property
    def closed(self) -> bool:
        """Whether the title has been cancelled or revoked since, so that nothing is filed any more."""
        return self.title.state in CLOSED

    @property
    def is_late(self) -> bool:
        """Filed after the last day for sanctions without accepted excuse; late is not missing."""
        return self.verdict is LATE


def owing(year: int) -> Q:
    """Titles in force on 31 December of ``year`` and on 31 January after it, as a condition (Art. 17).

    Titles entered into the system after that day reported on paper or not at all; nobody here can judge them.
    """
    last = annual_report_last_days(year)[0]
    return in_force(date(year, 12, 31)) & in_force(last) & Q(created_at__lt=days.platform_due_at(year))


def owed_titles(year: int) -> QuerySet[Title]:
    """The titles that owe the report on ``year``, or will if nothing changes."""
    found = Title.objects.filter(owing(year))
    return found.select_related("platform__organisation", "platform__district", "district").order_by("number")


def owed(year: int, titles: QuerySet[Title] | None = None) -> list[Standing]:
    """Every owed report of a year (of ``titles`` only, when given) with its standing now; constant queries."""
    found = owed_titles(year) if titles is None else owed_titles(year).filter(pk__in=titles.values("pk"))
    return _standings(list(found), year)


def standing_of(titles: Iterable[Title], year: int) -> dict[int, Standing]:
    """Where the report on ``year`` stands now, by key of the title; titles that do not owe it are left out. Constant queries."""
    listed = owed_titles(year).filter(pk__in=[title.pk for title in titles])
    return {standing.title.pk: standing for standing in _standings(list(listed), year)}


def _standings(titles: list[Title], year: int) -> list[Standing]:
    keys = [title.pk for title in titles]
    reports = {r.title_id: r for r in AnnualReport.objects.filter(title__in=keys, year=year).select_related("district")}
    excuses = _excuses(keys, year)
    known = days.days_of(year, calendar())

    def standing(title: Title) -> Standing:
        report, excuse = reports.get(title.pk), excuses.get(title.pk)
        return Standing(title, year, report, excuse, known, verdict(known, report, excuse))

    return [standing(title) for title in titles]


def _excuses(keys: list[int], year: int) -> Mapping[int, ReportExcuse]:
    """The excuse that counts of each title: the one not refused, else the last refused one."""
    found = ReportExcuse.objects.filter(title__in=keys, year=year).order_by("pk")
    return {excuse.title_id: excuse for excuse in sorted(found, key=lambda e: (e.state != "refused", e.pk))}


def verdict(
    known: Days, report: AnnualReport | None, excuse: ReportExcuse | None, now: datetime | None = None
) -> Verdict:
    """How a report stands at ``now``. Time alone changes it; nothing of it is stored."""
    moment = now or clock.now()
    submitted = report.first_submitted_at if report else None
    if submitted is None:
        if moment < known.platform.ends_at:
            return OWED if moment >= known.opens_at else COMING
        return _excusable(known.platform.late(moment), excuse, GRACE, MISSING, UNDECIDED)
    return _excusable(known.platform.late(submitted), excuse, ON_TIME, LATE, LATE_UNDECIDED)


def _excusable(late: bool | None, excuse: ReportExcuse | None, fine: Verdict, bad: Verdict, open_: Verdict) -> Verdict:
    if late is False:
        return fine
    if excuse and excuse.state == "accepted":
        return EXCUSED
    return bad if late else open_


def newest_year(now: datetime | None = None) -> int:
    """The year whose report is owed next or was owed last: the calendar year before this one."""
    return (now or clock.now()).astimezone(clock.SHANGHAI).year - 1


def years(actor: Actor) -> list[int]:
    """The years a person may look at, newest first: from the first report that was owed here."""
    first = Title.objects.order_by("created_at").values_list("created_at", flat=True).first()
    newest = newest_year()
    oldest = first.astimezone(clock.SHANGHAI).year - 1 if first else newest
    return list(range(newest, min(oldest, newest) - 1, -1))


def visible_to(actor: Actor) -> QuerySet[AnnualReport]:
    """The own organisation's; officers and auditors only what was ever filed, a district only what was filed with it."""
    found = AnnualReport.objects.select_related(
        "title__platform__organisation", "title__platform__district", "district"
    )
    if actor.is_applicant:
        return found.filter(title__platform__organisation=actor.organisation_id)
    filed = found.filter(first_submitted_at__isnull=False)
    if actor.role == Role.DISTRICT_OFFICER:
        return filed.filter(district=actor.district_id)
    return filed if actor.role in CITYWIDE else found.none()


def excuses_visible_to(actor: Actor) -> QuerySet[ReportExcuse]:
    """The own organisation's, the own district's, or all for the city and the auditor."""
    found = ReportExcuse.objects.select_related(
        "title__platform__organisation", "title__platform__district", "evidence"
    )
    if actor.is_applicant:
        return found.filter(title__platform__organisation=actor.organisation_id)
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(title__platform__district=actor.district_id)
    return found if actor.role in CITYWIDE else found.none()


def district_reports_visible_to(actor: Actor) -> QuerySet[DistrictReport]:
    """The own district's, or all for the city and the auditor."""
    found = DistrictReport.objects.select_related("district", "forwarded_by")
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(district=actor.district_id)
    return found if actor.role in CITYWIDE else found.none()
