"""What may be personal data, or a hash of it, is kept no longer than it serves."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Model

from accounts import limits
from accounts.models import AccountMail, DailyQuota, ResetRequest
from accounts.services import forgetting, mailing
from accounts.tasks import forget
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
    forget()
    assert list(Session.objects.values_list("pk", flat=True)) == [running]


def left_after(later: timedelta) -> list[type[Model]]:
    """The kinds of rows that are still there when they are forgotten after a while."""
    with clock.frozen(clock.now() + later):
        forget()
    return [model for model in (ResetRequest, DailyQuota, AccountMail) if model.objects.exists()]


def test_counts_go_when_they_limit_nothing_and_mail_a_month_after_it_went() -> None:
    ResetRequest.objects.create(address="a" * 64)
    limits.use("register", "203.0.113.9")
    mailing.ask("reset", "a" * 64)
    AccountMail.objects.update(sent_at=clock.now(), next_attempt_at=None)
    assert left_after(timedelta(hours=14, minutes=59)) == [ResetRequest, DailyQuota, AccountMail]
    assert left_after(timedelta(hours=15)) == [ResetRequest, AccountMail]
    assert left_after(timedelta(days=1, seconds=1)) == [AccountMail]
    assert left_after(timedelta(days=forgetting.MAIL_DAYS)) == [AccountMail]
    assert left_after(timedelta(days=forgetting.MAIL_DAYS, seconds=1)) == []


def test_mail_that_was_given_up_is_forgotten_as_well() -> None:
    mailing.ask("reset", "a" * 64)
    AccountMail.objects.update(attempts=mailing.LAST_ATTEMPT, next_attempt_at=None)
    assert left_after(timedelta(days=forgetting.MAIL_DAYS)) == [AccountMail]
    assert left_after(timedelta(days=forgetting.MAIL_DAYS, seconds=1)) == []


def test_mail_that_waits_is_not_forgotten() -> None:
    mailing.ask("reset", "a" * 64)
    assert left_after(timedelta(days=forgetting.MAIL_DAYS * 2)) == [AccountMail]


def test_the_bell_rings_every_hour() -> None:
    assert SCHEDULE["accounts.forget"]["schedule"] == timedelta(hours=1)
