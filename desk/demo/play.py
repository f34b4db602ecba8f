"""Playing the whole city: settle the people, play every round on one timeline, deliver what was told, sign with the anchor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.mail import get_connection

from accounts import bell
from accounts.services import mailing
from accounts.tasks import SENDERS
from desk.demo import current, keeping, past, people, standing
from desk.demo.anchor import anchor_of
from desk.demo.city import City
from desk.demo.timeline import Timeline
from desk.models import DemoCity
from lifecycle import scanning
from lifecycle.workdays import calendar
from notifications.services import delivering, reading
from timekeeping import clock

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
# Messages older than this many days have been read by everybody.
READ_AFTER = timedelta(days=10)


def play(say: Callable[[str], None] = lambda _: None) -> DemoCity:
    """Play the city into an empty database, up to the real present or the last moment that the calendar knows."""
    known, real = calendar(), clock.now()
    anchor = anchor_of(real.date(), known)
    offset = anchor - real.date()
    timeline = Timeline(real + offset, known)
    with bell.silent(), timeline.standing():
        say("登记县(市)区经办人、市局、专家和申报单位")
        city = City(timeline, people.settle(), say)
        opens = current.opening_day(timeline)
        keeping.schedule(city)
        past.schedule(city, opens.year)
        current.schedule(city, opens)
        timeline.play(Evening(city))
        scanning.run()
        deliver()
    made = DemoCity.objects.create(pk=1, anchor=anchor, offset_days=offset.days, made_at=clock.wall())
    standing.forget()
    return made


@dataclass
class Evening:
    """At the end of each day the messages are handed over, and at the end of the old ones they have been read."""

    city: City
    read: bool = False

    def __call__(self, day: date) -> None:
        delivering.hand_over()
        if not self.read and day >= (self.city.timeline.present - READ_AFTER).date():
            for actor in self.city.cast.actors.values():
                reading.read_all(actor=actor)
            self.read = True


def deliver() -> None:
    """Everything told is in the inboxes, and no mail leaves the demo."""
    delivering.hand_over()
    delivering.send_mails(get_connection(NO_MAIL))
    mailing.send_waiting(dict.fromkeys(SENDERS, _leave))


def _leave(about: str) -> None:
    """Nobody waits for the mail."""
