"""Terms of the law as pure functions: the notice, the title, renewal, the ban, the filing of changes.

Periods are inclusive dates; where working days are needed the caller hands a frozen calendar, and ``UnknownYear``
comes through untouched.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from regulation.parameters import Parameters
from timekeeping.dates import corresponding_day, end_of_day, last_of_february, last_of_january
from timekeeping.workdays import WorkCalendar

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first to the last date, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the date lies in the period."""
        return self.first <= day <= self.last


def notice_period(published_on: date, parameters: Parameters, calendar: WorkCalendar) -> Period:
    """The shortest lawful notice (Art. 14) after publication on the portal, both printed dates counted."""
    first = calendar.add(published_on, parameters.notice_start_workdays)
    return Period(first, calendar.nth(first, parameters.notice_workdays))


def notice_faults(
    period: Period, published_on: date, parameters: Parameters, calendar: WorkCalendar
) -> tuple[str, ...]:
    """Why these printed dates may not be used; empty when they may. Raises UnknownYear."""
    faults = []
    earliest = calendar.add(published_on, parameters.notice_start_workdays)
    if period.first < earliest:
        faults.append(f"公示首日不得早于{earliest}（门户网站发布后的下一个工作日）")
    counted = calendar.count(period.first, period.last)
    if counted < parameters.notice_workdays:
        faults.append(f"公示期为{counted}个工作日，不足{parameters.notice_workdays}个工作日（第十四条）")
    return tuple(faults)


def notice_ended(period: Period, moment: datetime) -> bool:
    """Whether the last day has passed to its end; a decision (Art. 15) may be taken only then."""
    return moment >= end_of_day(period.last)


def title_period(decided_on: date, parameters: Parameters, previous_last: date | None = None) -> Period:
    """Validity of a title (Art. 16). A renewal starts on the later of the decision and the day after the old end."""
    first = decided_on if previous_last is None else max(decided_on, previous_last + ONE_DAY)
    last = corresponding_day(first, parameters.title_years)
    return Period(first, last - ONE_DAY if parameters.title_end_rule == "day_before" else last)


def renewal_gap(previous_last: date, renewed: Period) -> Period | None:
    """The days between two titles, shown and never bridged; None when they adjoin."""
    if renewed.first <= previous_last + ONE_DAY:
        return None
    return Period(previous_last + ONE_DAY, renewed.first - ONE_DAY)


def title_blocks_filing(title: Period, day: date) -> bool:
    """Whether a title still blocks a new application: valid, and not in the calendar year it ends (Art. 16)."""
    return title.covers(day) and day.year < title.last.year


def ban_period(cancelled_on: date, parameters: Parameters) -> Period:
    """三年内不得再次申报 (Art. 19), from the cancellation to the corresponding day; revocation (Art. 16) has none."""
    return Period(cancelled_on, corresponding_day(cancelled_on, parameters.ban_years))


def change_filing_last_day(completed_on: date, parameters: Parameters, calendar: WorkCalendar) -> date:
    """The last day to file a change (Art. 20), counted from the day after its completion. Raises UnknownYear."""
    return calendar.add(completed_on, parameters.change_filing_workdays)


def annual_report_owed(title: Period, year: int) -> bool:
    """Whether the report on ``year`` is owed: title valid on its 31 December and on the 31 January after it."""
    return title.covers(date(year, 12, 31)) and title.covers(last_of_january(year + 1))


def annual_report_last_days(year: int) -> tuple[date, date]:
    """The last days for the report on ``year``: the platform's (Art. 17) and the district's (Art. 18)."""
    return last_of_january(year + 1), last_of_february(year + 1)
