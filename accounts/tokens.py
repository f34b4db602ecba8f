"""Private links to the page on which a person sets a password: one hour for a forgotten one, three days for the first one."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int

from accounts.models import User
from timekeeping import clock


class Tokens(PasswordResetTokenGenerator):
    """Tokens that end with their time, with the next sign-in, and with every change of password or address."""

    def __init__(self, purpose: str, lasts: timedelta) -> None:
        super().__init__()
        self.key_salt = f"accounts.tokens.{purpose}"
        self.lasts = lasts

    def check_token(self, user: User | None, token: str) -> bool:  # type: ignore[override]
        """Whether the token was made for the user as the account is now, not longer ago than it lasts."""
        made, _, _ = token.partition("-")
        try:
            since = base36_to_int(made)
        except ValueError:
            return False
        if user is None or not constant_time_compare(self._make_token_with_timestamp(user, since, self.secret), token):
            return False
        return self._num_seconds(self._now()) - since <= self.lasts.total_seconds()

    def _now(self) -> datetime:
        return clock.now().astimezone(UTC).replace(tzinfo=None)


FORGOTTEN = Tokens("forgotten", timedelta(hours=1))
INVITATION = Tokens("invitation", timedelta(days=3))


def opens(user: User | None, token: str) -> bool:
    """Whether the token opens the page; that of an invitation only until the person has a password."""
    if FORGOTTEN.check_token(user, token):
        return True
    return user is not None and not user.has_usable_password() and INVITATION.check_token(user, token)
