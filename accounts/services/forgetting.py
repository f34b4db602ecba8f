"""What accounts keep only for a while: sessions with the text typed in them, and hashes of addresses that limit forms and mail."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore

from accounts.models import AccountMail, DailyQuota, ResetRequest
from timekeeping import clock

MAIL_DAYS = 30
"""Default of the operator, in force from 2026-01-01: how long it is known that a mail about an account went."""


def forget() -> None:
    """Delete what has served its purpose. Safe to repeat."""
    SessionStore.clear_expired()
    ResetRequest.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
    DailyQuota.objects.filter(day__lt=clock.today()).delete()
    AccountMail.objects.filter(sent_at__lt=clock.now() - timedelta(days=MAIL_DAYS)).delete()
