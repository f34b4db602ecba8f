"""Facts from an applicant's lists: the one way from rows to the figures the rules judge."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from regulation import figures
from regulation.facts import Facts, FunctionFacts
from regulation.figures import Volume
from regulation.problems import Problem, touching
from regulation.rows import ActivityRow, FinanceRow, InstitutionRow, ServedRow, ServiceRow, StaffRow

SERVED = ("min_smes", "min_specialised", "min_growth", "information_enterprises")
STAFF = ("min_staff", "min_qualified_share")


@dataclass(frozen=True)
class Lists:
    """All lists of one application version."""

    served: tuple[ServedRow, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    institutions: tuple[InstitutionRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    finance: tuple[FinanceRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()


@dataclass(frozen=True)
class Computed:
    """The facts with every figure of the lists filled in, the sampling frame, and what people must look at."""

    facts: Facts
    frame: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = field(default=())


def compute(declared: Facts, lists: Lists, *, closes_on: date, operator_code: str) -> Computed:
    """Fill the figures of ``declared`` (ticks, dates, assets, declared functions) from the lists.

    The last calendar year is the one before the closing date's. A figure whose list is missing becomes None, except
    that an earlier year declared as 0 stays 0 (a young platform served nobody then).
    """
    year = closes_on.year - 1
    served = {back: figures.served_in(lists.served, year - back, operator_code=operator_code) for back in range(3)}
    staff = figures.staff(lists.staff)
    institutions = figures.institutions(lists.institutions, closes_on=closes_on, operator_code=operator_code)
    volume = figures.service_volume(lists.services, year)
    last = served[0]
    facts = replace(
        declared,
        closes_on=closes_on,
        smes_last_year=len(last.codes) if last else None,
        smes_year_before=_earlier(served[1], declared.declared.get("smes_year_before")),
        smes_two_years_before=_earlier(served[2], declared.declared.get("smes_two_years_before")),
        sole_traders_last_year=len(last.sole_traders) if last else None,
        specialised_smes=len(last.specialised) if last else None,
        full_time_staff=staff.full_time if staff else None,
        qualified_staff=staff.qualified if staff else None,
        institutions_in_force=len(institutions.in_force) if institutions else None,
        total_services=volume.total if isinstance(volume, Volume) else None,
        free_services=volume.free if isinstance(volume, Volume) else None,
        low_fee_services=volume.low_fee if isinstance(volume, Volume) else None,
        service_unit=volume.unit if isinstance(volume, Volume) else declared.service_unit,
        functions=_functions(declared.functions, lists, year),
    )
    problems = [
        *touching(last.problems if last else (), "served", SERVED),
        *(one for back in (1, 2) for one in _problems_of_earlier(served[back], year - back)),
        *touching(staff.problems if staff else (), "staff", STAFF),
        *touching(institutions.problems if institutions else (), "institutions", ("min_institutions",)),
        *touching(_problems_of_volume(volume, declared.service_unit), "services", ("min_public_share",)),
        *_problems_of_functions(declared.functions, lists, year),
    ]
    return Computed(facts, last.codes if last else frozenset(), tuple(problems))


def _problems_of_earlier(served: figures.Served | None, year: int) -> list[Problem]:
    """What an earlier year's rows hide: only the growth looks at them."""
    named = [replace(one, text=f"{year}年度：{one.text}") for one in served.problems] if served else []
    return touching(named, "served", ("min_growth",))


def _problems_of_functions(declared: Collection[str], lists: Lists, year: int) -> list[Problem]:
    found = []
    if "information" in declared:
        silent = figures.problems_of_functions(lists.served, year)
        found += touching(silent, "served", ("information_enterprises",))
    for key in declared:
        figure = "training_person_times" if key == "training" else f"{key}_activities"
        rows = figures.problems_of_activities(lists.activities, key, year, by_persons=key == "training")
        found += touching(rows, "activities", (figure,))
    if "financing" in declared:
        found += touching(figures.problems_of_amounts(lists.finance, year), "financing", ("financing_amounts",))
    return found


def _problems_of_volume(volume: Volume | Problem | None, declared_unit: str) -> list[Problem]:
    """Rows in several units, or all in another unit than the declared numbers."""
    if isinstance(volume, Problem):
        return [volume]
    if volume and declared_unit and volume.unit != declared_unit:
        words = f"服务量清单的计量单位与填报的“{declared_unit}”不一致，两数不能直接比较"
        return [Problem("units", volume.unit, words)]
    return []


def _earlier(served: figures.Served | None, declared: int | None) -> int | None:
    if served:
        return len(served.codes)
    return 0 if declared == 0 else None


def _functions(declared: Mapping[str, FunctionFacts], lists: Lists, year: int) -> dict[str, FunctionFacts]:
    financed, guaranteed = figures.amounts(lists.finance, year)
    computed = {}
    for key, facts in declared.items():
        held = figures.activities(lists.activities, key, year)
        computed[key] = replace(
            facts,
            enterprises=figures.served_by_function(lists.served, key, year),
            activities=_if_listed(lists.activities, held.count),
            person_times=_if_listed(lists.activities, held.person_times),
            financed=financed if key == "financing" else None,
            guaranteed=guaranteed if key == "financing" else None,
        )
    return computed


def _if_listed(rows: Iterable[object], count: int) -> int | None:
    return count if tuple(rows) else None
