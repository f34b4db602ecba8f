"""The working-day table, loaded as a frozen calendar for the pure functions of ``timekeeping.workdays``."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import count

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from lifecycle.models import WorkCalendarDay, WorkCalendarYear
from timekeeping.workdays import WorkCalendar

ENTERED = "{}年的放假安排已经录入"


def calendar() -> WorkCalendar:
    """All published years as they stand now; one query. A date of another year raises ``UnknownYear`` when it is needed."""
    return _built(tuple(WorkCalendarYear.objects.order_by().values_list("year", "days__date", "days__kind")))


@lru_cache(maxsize=4)
def _built(rows: tuple[tuple[int, date | None, str | None], ...]) -> WorkCalendar:
    """The calendar of (year, special day, kind); a year without any special day has one row without a day."""
    years: dict[int, dict[date, str]] = {}
    for year, day, kind in rows:
        known = years.setdefault(year, {})
        if day and kind:
            known[day] = kind
    return WorkCalendar.from_years(years)


@transaction.atomic
def enter_year(
    *, year: int, document_number: str, days: Iterable[tuple[date, str, str]], entered_by: User | None
) -> WorkCalendarYear:
    """Enter the State Council's arrangement of one year: (date, ``holiday`` | ``workday``, name) of every special day.

    Raises ValidationError (Chinese) for what ``problems_of`` finds, also when somebody enters the year at the same moment.
    """
    rows = list(days)
    if problems := problems_of(year, rows):
        raise ValidationError(problems)
    try:
        with transaction.atomic():
            entered = WorkCalendarYear.objects.create(year=year, document_number=document_number, entered_by=entered_by)
    except IntegrityError as faster:
        raise ValidationError(ENTERED.format(year)) from faster
    WorkCalendarDay.objects.bulk_create(
        WorkCalendarDay(year=entered, date=day, kind=kind, name=name) for day, kind, name in rows
    )
    return entered


def problems_of(year: int, rows: Sequence[tuple[date, str, str]]) -> list[str]:
    """Why an arrangement cannot be entered, in Chinese: the year is entered already, a day lies outside it and the December
    before, comes twice, or is no change of the ordinary week (a make-up day must be a Saturday or Sunday).
    """
    problems = [f"{day} 不在{year}年内" for day, _, _ in rows if not _belongs(day, year)]
    problems += [
        f"{day} 是星期一至星期五，不需要标为调休上班"
        for day, kind, _ in rows
        if kind == "workday" and day.weekday() < 5
    ]
    if len({day for day, _, _ in rows}) != len(rows):
        problems.append("同一日期出现两次")
    if WorkCalendarYear.objects.filter(year=year).exists():
        problems.append(ENTERED.format(year))
    if not any(kind == "holiday" for _, kind, _ in rows):
        problems.append("没有任何放假日，请核对国务院办公厅通知")
    return problems


def first_missing(since: int) -> int:
    """The first year from ``since`` on that is not entered."""
    known = set(WorkCalendarYear.objects.filter(year__gte=since).values_list("year", flat=True))
    return next(year for year in count(since) if year not in known)


def _belongs(day: date, year: int) -> bool:
    # An arrangement may move days of the December before: that of 2019 named 29 December 2018.
    return day.year == year or (day.year, day.month) == (year - 1, 12)
