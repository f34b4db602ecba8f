"""Due moments derived from the record and the table; nothing is scheduled, nothing is stored.

A due moment is an exclusive instant: the end of 31 January is 1 February 00:00 in Asia/Shanghai.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from lifecycle import steps
from lifecycle.models import StepRecord
from lifecycle.subject import Subject
from lifecycle.terms import Until, Workdays
from lifecycle.workdays import calendar
from regulation import parameters
from timekeeping import clock
from timekeeping.dates import end_of_day
from timekeeping.workdays import UnknownYear, WorkCalendar


@dataclass(frozen=True)
class Due:
    """By when a step must be taken. ``instant`` is exclusive; ``workdays_left`` does not count today, None when unknown."""

    row: steps.Step
    instant: datetime
    workdays_left: int | None

    @property
    def last_day(self) -> date:
        """The last calendar day on which the step is in time."""
        return last_day(self.instant)

    @property
    def overdue(self) -> bool:
        return clock.now() >= self.instant

    @property
    def today(self) -> bool:
        """Whether today is the last day."""
        return self.last_day == clock.today()


def last_day(instant: datetime) -> date:
    """The last calendar day before an exclusive instant, in Asia/Shanghai."""
    return (instant.astimezone(clock.SHANGHAI) - timedelta(microseconds=1)).date()


def workdays_left(until: date, known: WorkCalendar | None = None) -> int | None:
    """Working days after today up to ``until``; 0 when it is past, None when a year is not published yet."""
    try:
        return (known or calendar()).remaining(clock.today(), until)
    except UnknownYear:
        return None


def end_of_workdays(entered: date, number: int, known: WorkCalendar | None = None) -> datetime:
    """The exclusive end of the ``number``-th working day after ``entered``. Raises UnknownYear."""
    return end_of_day((known or calendar()).add(entered, number))


def dues(subjects: Iterable[Subject]) -> dict[tuple[str, int], list[Due]]:
    """The open terms of each subject by (life, key), earliest first; a constant number of queries for any number of subjects.

    A term whose working days cannot be computed because a year is unpublished is left out: the page shows the stage without it.
    """
    listed = list(subjects)
    counting, entered = _Counting(calendar()), _entered(listed)
    found: dict[tuple[str, int], list[Due]] = {}
    for subject in listed:
        moments = [
            (row, _instant(row, subject, entered.get((subject.SUBJECT, str(subject.uuid))), counting))
            for row in _with_term(subject.SUBJECT, subject.state)
        ]
        open_terms = [
            Due(row, moment, counting.left(last_day(moment))) for row, moment in moments if moment is not None
        ]
        found[subject.SUBJECT, subject.pk] = sorted(open_terms, key=lambda due: due.instant)
    return found


@cache
def _with_term(life: str, state: str) -> tuple[steps.Step, ...]:
    return tuple(row for row in steps.steps_of(life) if row.term and state in row.sources)


class _Counting:
    """Working days counted once for each question: the cases of a queue ask the same few again and again."""

    def __init__(self, known: WorkCalendar) -> None:
        self.left = cache(lambda until: workdays_left(until, known))
        self.end = cache(lambda entered, number: end_of_workdays(entered, number, known))


def due(subject: Subject) -> Due | None:
    """The earliest open term of a subject, or None."""
    return next(iter(dues([subject])[subject.SUBJECT, subject.pk]), None)


def fixed_term(subject: Subject) -> tuple[steps.Step, datetime] | None:
    """The step whose moment the subject carries itself and which comes next, with its exclusive instant; None when there is none ahead.

    It asks nothing of the record, so that it can be told within the act that leads to it.
    """
    moments = [
        (row, getattr(subject, row.term.attribute))
        for row in _with_term(subject.SUBJECT, subject.state)
        if isinstance(row.term, Until)
    ]
    ahead = [(row, moment) for row, moment in moments if moment is not None and moment > clock.now()]
    return min(ahead, key=lambda one: one[1], default=None)


def _entered(subjects: list[Subject]) -> dict[tuple[str, str], datetime]:
    """When each subject entered its present state: the last record that changed the state."""
    latest: dict[tuple[str, str], datetime] = {}
    records = StepRecord.objects.filter(subject_id__in=[s.uuid for s in subjects]).order_by("sequence")
    for life, key, before, after, at in records.values_list(
        "subject_type", "subject_id", "from_state", "to_state", "at"
    ):
        if before != after or (life, str(key)) not in latest:
            latest[life, str(key)] = at
    return latest


def _instant(row: steps.Step, subject: Subject, entered: datetime | None, counting: _Counting) -> datetime | None:
    if isinstance(row.term, Until):
        moment: datetime | None = getattr(subject, row.term.attribute)
        return moment
    if isinstance(row.term, Workdays) and entered is not None:
        day = entered.astimezone(clock.SHANGHAI).date()
        try:
            judged_by = subject.pinned_parameters or parameters.at(day)
            return counting.end(day, getattr(judged_by, row.term.parameter))
        except UnknownYear:
            return None
    return None
