"""Which date the demo takes for today: the real one, or the last whose following thirty days lie in published years."""

from datetime import date, timedelta

from timekeeping.workdays import WorkCalendar

AHEAD = timedelta(days=30)


def anchor_of(today: date, calendar: WorkCalendar) -> date:
    """The demo's today. Raises ValueError before the first published year."""
    if not calendar.unknown_years(today, today + AHEAD):
        return today
    known = [year for year in calendar.years if year <= today.year]
    if not known:
        raise ValueError(f"没有{today.year}年以前的放假安排，无法建立演示数据")
    return min(today, date(max(known), 12, 31) - AHEAD)
