"""Past and present arrangements as plain rows, read from the well-kept package ``chinesecalendar``.

The package raises for a year it does not hold, and so does this module: a year without a published
arrangement is never filled from weekdays or statutory holidays alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chinese_calendar import Holiday, holidays, workdays

from timekeeping.workdays import DayKind, UnknownYear, WorkCalendar

SOURCE = "chinesecalendar（国务院办公厅历年部分节假日安排的通知）"


@dataclass(frozen=True, order=True)
class DayRow:
    """One date named by an arrangement: a day off, or a make-up working day (调休上班)."""

    day: date
    kind: DayKind
    name: str


def known_years() -> range:
    """The years the source holds completely; every arrangement names 1 October."""
    complete = {day.year for day in holidays if (day.month, day.day) == (10, 1)}
    return range(min(complete), max(complete) + 1)


def rows(years: Iterable[int]) -> tuple[DayRow, ...]:
    """All named dates of the given years in order. Raises UnknownYear for a year the source does not hold."""
    wanted = sorted(set(years))
    for year in wanted:
        if year not in known_years():
            raise UnknownYear(year)
    named = [DayRow(day, DayKind.HOLIDAY, _chinese(name)) for day, name in holidays.items() if day.year in wanted]
    named += [
        DayRow(day, DayKind.WORKDAY, f"{_chinese(name)}调休") for day, name in workdays.items() if day.year in wanted
    ]
    return tuple(sorted(named))


def calendar(years: Iterable[int]) -> WorkCalendar:
    """A frozen calendar of the given years straight from the source, for tests and tools without a database."""
    wanted = sorted(set(years))
    named = rows(wanted)
    return WorkCalendar.from_years(
        {year: {row.day: row.kind for row in named if row.day.year == year} for year in wanted}
    )


def _chinese(name: str) -> str:
    return str(Holiday(name).chinese)
