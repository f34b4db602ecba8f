"""The days of the report on a year: when it may begin, when it is due, and when lateness counts (Art. 17, 18).

All ends are exclusive instants in Asia/Shanghai. The dates themselves never move. For sanctions the last day rolls on to the next
working day (default); where that year's arrangement is not published nothing is decided.
"""

from dataclasses import dataclass
from datetime import date, datetime

from regulation.terms import annual_report_last_days
from timekeeping.dates import end_of_day, start_of_day
from timekeeping.workdays import UnknownYear, WorkCalendar


@dataclass(frozen=True)
class LastDay:
    """A last day as the article says it, and the last day for sanctions (None: the arrangement is not published)."""

    named: date
    sanctions: date | None

    @property
    def ends_at(self) -> datetime:
        """The exclusive end of the day that the article names."""
        return end_of_day(self.named)

    @property
    def rolls_on(self) -> bool:
        """Whether the named day is known to be a rest day."""
        return self.sanctions not in (None, self.named)

    def late(self, moment: datetime) -> bool | None:
        """Whether something received at the moment came too late; None when that cannot be decided yet."""
        if moment < self.ends_at:
            return False
        return moment >= end_of_day(self.sanctions) if self.sanctions else None


@dataclass(frozen=True)
class Days:
    """The days of the report on ``year``."""

    year: int
    platform: LastDay
    district: LastDay

    @property
    def opens_at(self) -> datetime:
        """From when the report can be filled in: the first moment after the year it is about (default)."""
        return opens_at(self.year)


def days_of(year: int, calendar: WorkCalendar) -> Days:
    """The days of the report on ``year``; never refuses."""
    platform, district = annual_report_last_days(year)
    return Days(year, _last_day(platform, calendar), _last_day(district, calendar))


def opens_at(year: int) -> datetime:
    """The first moment at which the report on ``year`` can be begun."""
    return start_of_day(date(year + 1, 1, 1))


def platform_due_at(year: int) -> datetime:
    """The exclusive end of the platform's term (Art. 17)."""
    return end_of_day(annual_report_last_days(year)[0])


def district_due_at(year: int) -> datetime:
    """The exclusive end of the district's term (Art. 18)."""
    return end_of_day(annual_report_last_days(year)[1])


def _last_day(named: date, calendar: WorkCalendar) -> LastDay:
    try:
        return LastDay(named, calendar.roll_forward(named))
    except UnknownYear:
        return LastDay(named, None)
