"""Dates of the law: corresponding days, inclusive periods, exclusive ends, and how a date is written in Chinese."""

from calendar import isleap
from datetime import date, datetime, time, timedelta

from timekeeping.clock import SHANGHAI


def corresponding_day(day: date, years: int) -> date:
    """The same day ``years`` later (or earlier when negative); 29 February becomes 28 February in a common year."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def start_of_day(day: date) -> datetime:
    """The first instant of this date in Asia/Shanghai."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def end_of_day(day: date) -> datetime:
    """The exclusive end of this date: the first instant of the next one in Asia/Shanghai.

    A receipt stamp is in time when it is strictly before this instant.
    """
    return start_of_day(day + timedelta(days=1))


def last_of_january(year: int) -> date:
    """31 January, the last day for a platform's annual report (Art. 17)."""
    return date(year, 1, 31)


def last_of_february(year: int) -> date:
    """28 or 29 February, the last day for the district's report (Art. 18)."""
    return date(year, 2, 29 if isleap(year) else 28)


def covers(start: date, end: date, day: date) -> bool:
    """Whether an inclusive period (notice, validity, ban) contains the date."""
    return start <= day <= end


def chinese_date(day: date) -> str:
    """2026年11月23日: prose and letters."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_moment(moment: datetime) -> str:
    """2026年11月23日 17:30 on the Shanghai wall clock; the moment must be aware."""
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_date(local.date())} {local:%H:%M}"


def chinese_deadline(instant: datetime) -> str:
    """An exclusive deadline in the words people use: the start of 1 February reads 2027年1月31日24:00."""
    local = instant.astimezone(SHANGHAI)
    if local.time() == time.min:
        return f"{chinese_date(local.date() - timedelta(days=1))}24:00"
    return f"{chinese_date(local.date())}{local:%H:%M}"
