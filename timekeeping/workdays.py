"""Working days over a frozen calendar: weekends and public holidays out, make-up working days in.

The arrangement of each year is published by the General Office of the State Council, usually in the preceding
October to December. Nothing here guesses: a date in a year whose arrangement is not known raises ``UnknownYear``,
even for a Sunday, because a Sunday may be a make-up working day. A year is asked for only when a date of it is
really needed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class DayKind(StrEnum):
    """What an arrangement says about one date; dates it does not name follow the week."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


class UnknownYear(Exception):
    """A working day was asked for in a year whose arrangement is not in the calendar; ``str()`` is fit for the page."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"{year}年的节假日安排尚未录入，无法计算工作日。"
            f"请系统管理员在国务院办公厅公布{year}年部分节假日安排后录入（附文号），再办理本事项。"
        )


@dataclass(frozen=True)
class WorkCalendar:
    """The arrangements known at one moment. Build it with ``from_years``; it never changes afterwards."""

    years: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()

    @classmethod
    def from_years(cls, years: Mapping[int, Mapping[date, str]]) -> "WorkCalendar":
        """A calendar from {year: {date: "holiday" | "workday"}}, one entry per published year.

        An arrangement may also name days of the year before (29 December 2018 was moved by that of 2019); where
        two arrangements name the same date the later one holds. Raises ValueError for another kind of day.
        """
        days = {day: DayKind(kind) for year in sorted(years) for day, kind in years[year].items()}
        return cls(
            years=frozenset(years),
            holidays=frozenset(day for day, kind in days.items() if kind is DayKind.HOLIDAY),
            makeup_days=frozenset(day for day, kind in days.items() if kind is DayKind.WORKDAY),
        )

    def unknown_years(self, start: date, end: date) -> tuple[int, ...]:
        """The years touched by start..end (both included) whose arrangement is missing, in order."""
        return tuple(year for year in range(start.year, end.year + 1) if year not in self.years)

    def is_workday(self, day: date) -> bool:
        """Whether work is done on this date. Raises UnknownYear."""
        if day.year not in self.years:
            raise UnknownYear(day.year)
        if day in self.makeup_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def count(self, start: date, end: date) -> int:
        """Working days from start to end, both dates counted (Art. 14 as practised); 0 when end is before start."""
        return sum(self.is_workday(day) for day in _days(start, end))

    def nth(self, start: date, n: int) -> date:
        """The n-th working day (n >= 1), counting start when it is one. Raises ValueError, UnknownYear."""
        if n < 1:
            raise ValueError("工作日数应为不小于1的整数")
        day = self.roll_forward(start)
        for _ in range(n - 1):
            day = self.next_workday(day)
        return day

    def add(self, start: date, n: int) -> date:
        """The n-th working day (n >= 1) after start, counted from the day after (Art. 20). Raises as ``nth``."""
        return self.nth(start + ONE_DAY, n)

    def remaining(self, today: date, last: date) -> int:
        """The N of 还剩N个工作日: working days after today up to last; today is not counted, 0 once last is reached."""
        return self.count(today + ONE_DAY, last)

    def next_workday(self, day: date) -> date:
        """The first working day strictly after this date."""
        return self.roll_forward(day + ONE_DAY)

    def roll_forward(self, day: date) -> date:
        """This date when it is a working day, else the next one (a term ending on a rest day)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day


def _days(start: date, end: date) -> Iterator[date]:
    for offset in range((end - start).days + 1):
        yield start + timedelta(days=offset)
