"""One timeline: every story waits for its next moment, the earliest moment comes first, the clock never runs backwards.

A story is a generator. It yields the moment of its next act and is resumed when the city's clock has reached it::

    def apply(timeline, ...):
        yield timeline.on(date(2026, 7, 8), hour=10)
        filing.create(...)
        yield timeline.in_workdays(2)
        filing.request_signature(...)
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count

from timekeeping import clock
from timekeeping.workdays import WorkCalendar

Story = Iterator[datetime]


class Timeline:
    """The demo's clock and the stories that wait for it. ``present`` is the moment at which the play must be over."""

    def __init__(self, present: datetime, calendar: WorkCalendar) -> None:
        self.present = present
        self.calendar = calendar
        self.moment = clock.shanghai(calendar_first_year(calendar), 1, 1)
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._order = count()

    def add(self, story: Story) -> None:
        """Begin a story: it runs to its first moment at once."""
        try:
            moment = next(story)
        except StopIteration:
            return
        if moment < self.moment:
            raise RuntimeError(
                f"a story asks for {moment:%Y-%m-%d %H:%M}, but it is {self.moment:%Y-%m-%d %H:%M} already"
            )
        heapq.heappush(self._waiting, (moment, next(self._order), story))

    def play(self, new_day: Callable[[date], None] = lambda _: None) -> None:
        """Play every story to its end in order of time; ``new_day`` is called when the date changes."""
        with self.standing():
            while self._waiting:
                moment, _, story = heapq.heappop(self._waiting)
                if moment >= self.present:
                    raise RuntimeError(f"a story reaches {moment:%Y-%m-%d %H:%M}, beyond the present")
                if moment.date() > self.moment.date():
                    new_day(self.moment.date())
                self.moment = moment
                self.add(story)
            self.moment = self.present
            new_day(self.present.date())

    @contextmanager
    def standing(self) -> Iterator[None]:
        """The product's clock is this timeline's inside the block."""
        former = clock.set_source(lambda: self.moment)
        try:
            yield
        finally:
            clock.set_source(former)

    @property
    def today(self) -> date:
        """The date the city's clock shows."""
        return self.moment.date()

    def on(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of a date."""
        return datetime.combine(day, time(hour, minute), clock.SHANGHAI)

    def in_workdays(self, workdays: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of the n-th working day after the city's today."""
        return self.on(self.calendar.add(self.today, workdays), hour, minute)

    def before_present(self, workdays: int) -> date:
        """The n-th working day before the present day."""
        day = self.present.date()
        for _ in range(workdays):
            day -= timedelta(days=1)
            while not self.calendar.is_workday(day):
                day -= timedelta(days=1)
        return day


def calendar_first_year(calendar: WorkCalendar) -> int:
    """The first year of the calendar, where the timeline begins."""
    return min(calendar.years)
