"""Nothing of a session outlives it: what was typed into a form may be personal data."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from accounts.tasks import forget_sessions
from platforms_site.schedule import SCHEDULE
from timekeeping import clock

pytestmark = pytest.mark.django_db


def session(ends_in: timedelta) -> str:
    """The key of a session with typed text in it."""
    store = SessionStore()
    store["carried"] = {"fields": [["phone", "13800000001"]]}
    store.save()
    Session.objects.filter(pk=store.session_key).update(expire_date=clock.wall() + ends_in)
    return str(store.session_key)


def test_ended_sessions_are_forgotten_and_running_ones_are_not() -> None:
    running = session(timedelta(minutes=5))
    session(-timedelta(seconds=1))
    forget_sessions()
    assert list(Session.objects.values_list("pk", flat=True)) == [running]


def test_the_bell_rings_every_hour() -> None:
    assert SCHEDULE["accounts.forget_sessions"]["schedule"] == timedelta(hours=1)
