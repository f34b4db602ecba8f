"""How complete the reports of a year are, district by district, and what a district would forward now (Art. 18)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import District
from lifecycle.workdays import calendar
from registry.models import Title
from supervision.models import AnnualReport, DistrictReport
from supervision.reporting import days
from supervision.selectors import reports
from supervision.selectors.reports import Standing
from timekeeping import clock
from timekeeping.clock import SHANGHAI


def district_of(standing: Standing) -> int:
    """The district a report counts for: where it was filed, or where the platform is while it is not."""
    report = standing.report
    return report.district_id if report and report.first_submitted_at else standing.title.platform.district_id


@dataclass(frozen=True)
class Completeness:
    """One district's year: its owed reports and what it forwarded. District lateness never marks a platform."""

    district: District
    year: int
    standings: list[Standing] = field(default_factory=list)
    forwarded: list[DistrictReport] = field(default_factory=list)
    last_day: days.LastDay | None = None

    @property
    def verdicts(self) -> Counter[str]:
        """How many reports stand how, by key of the verdict."""
        return Counter(standing.verdict.key for standing in self.standings)

    @property
    def states(self) -> Counter[str]:
        """How many reports lie in which state; never begun ones under the empty text."""
        return Counter(standing.report.state if standing.report else "" for standing in self.standings)

    @property
    def owed(self) -> int:
        return len(self.standings)

    @property
    def filed(self) -> int:
        """How many were ever filed."""
        return sum(standing.submitted_at is not None for standing in self.standings)

    @property
    def missing(self) -> list[Standing]:
        """Those never filed and not excused, whose title stands."""
        never = [standing for standing in self.standings if standing.submitted_at is None and not standing.closed]
        return [standing for standing in never if standing.verdict is not reports.EXCUSED]

    @property
    def first(self) -> DistrictReport | None:
        """The district's report, without the supplementary ones."""
        return next((one for one in self.forwarded if one.number == 1), None)

    @property
    def late(self) -> bool | None:
        """Whether the district's own report came (or is) too late; None when that cannot be decided."""

        assert self.last_day
        return self.last_day.late(self.first.forwarded_at if self.first else clock.now())

    @property
    def words(self) -> str:
        """Where the district's own report stands."""
        if not self.owed and not self.first:
            return "本年度无应报平台"
        if self.first:
            return "逾期报送" if self.late else "已报送"
        return "逾期未报送" if self.late else "未报送"

    @property
    def tone(self) -> str:
        if self.first:
            return "warn" if self.late else "done"
        return "wait" if not self.owed else "bad" if self.late else "todo"


def titles_of(districts: Iterable[District], year: int) -> QuerySet[Title]:
    """The titles whose report on ``year`` counts for one of the districts, and those that moved away from one before they filed it elsewhere."""
    keys = [district.pk for district in districts]
    filed_there = AnnualReport.objects.filter(year=year, district__in=keys, first_submitted_at__isnull=False)
    return Title.objects.filter(Q(platform__district__in=keys) | Q(pk__in=filed_there.values("title")))


def by_district(year: int, districts: Iterable[District] | None = None) -> list[Completeness]:
    """Every district's year (or that of the given ones) in the order of the districts; constant queries."""
    listed = list(District.objects.order_by("order", "slug") if districts is None else districts)
    standings: dict[int, list[Standing]] = {}
    for standing in reports.owed(year, None if districts is None else titles_of(listed, year)):
        standings.setdefault(district_of(standing), []).append(standing)
    forwarded: dict[int, list[DistrictReport]] = {}
    for report in (
        DistrictReport.objects.filter(year=year).select_related("forwarded_by", "district").order_by("number")
    ):
        forwarded.setdefault(report.district_id, []).append(report)
    last_day = days.days_of(year, calendar()).district
    return [
        Completeness(district, year, standings.get(district.pk, []), forwarded.get(district.pk, []), last_day)
        for district in listed
    ]


def of_district(district: District, year: int) -> Completeness:
    """One district's year."""
    [found] = by_district(year, [district])
    return found


def accepted(district: District, year: int) -> list[AnnualReport]:
    """The district's accepted reports of a year that it has not forwarded yet."""
    found = AnnualReport.objects.filter(district=district, year=year, state="accepted")
    return list(found.select_related("title__platform__organisation", "current_version").order_by("title__number"))


def summary_of(report: DistrictReport, accepted: Sequence[AnnualReport]) -> dict[str, Any]:
    """The frozen content of a district's report: what goes to the city now, and who has not reported."""
    whole = of_district(report.district, report.year)
    by_title = {standing.title.pk: standing for standing in whole.standings}
    return {
        "district": report.district.name,
        "bureau": report.district.bureau,
        "year": report.year,
        "number": report.number,
        "note": report.note,
        "owed": whole.owed,
        "filed": whole.filed,
        "reports": [_line(one, by_title.get(one.title_id)) for one in accepted],
        "missing": [
            _named(standing.title)
            | {"standing": standing.verdict.label, "state": standing.state_label if standing.submitted_at else "未报送"}
            for standing in whole.standings
            if not standing.report or standing.report.state not in ("accepted", "forwarded")
        ],
    }


def _named(title: Title) -> dict[str, str]:
    return {"number": title.number, "platform": title.platform_name, "operator": title.operator_name}


def _line(report: AnnualReport, standing: Standing | None) -> dict[str, str]:
    assert report.first_submitted_at
    return _named(report.title) | {
        "receipt_number": report.receipt_number or "",
        "submitted_on": report.first_submitted_at.astimezone(SHANGHAI).date().isoformat(),
        "standing": standing.verdict.label if standing else "",
        "fingerprint": report.current_version.fingerprint if report.current_version else "",
    }
