"""What accounts keep only for a while: sessions with the text typed in them, and hashes of addresses that limit forms and mail."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Q

from accounts.models import AccountMail, DailyQuota, ResetRequest
from timekeeping import clock

MAIL_DAYS = 30
"""Default of the operator, in force from 2026-01-01: how long it is known that a mail about an account went, or was given up."""


def forget() -> None:
    """Delete what has served its purpose. Safe to repeat."""
    SessionStore.clear_expired()
    ResetRequest.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
    DailyQuota.objects.filter(day__lt=clock.today()).delete()
    long_ago = clock.now() - timedelta(days=MAIL_DAYS)
    given_up = Q(sent_at=None, next_attempt_at=None, asked_at__lt=long_ago)
    AccountMail.objects.filter(Q(sent_at__lt=long_ago) | given_up).delete()
