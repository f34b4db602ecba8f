"""The private link for a forgotten password. Nobody learns from the answer whether an address belongs to an account."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import limits
from accounts.models import ResetRequest, User
from accounts.services import mailing
from accounts.tokens import FORGOTTEN
from timekeeping import clock

PER_HOUR = 3
QUOTA = "reset"
MAIL = "reset"


def request_reset(*, email: str) -> bool:
    """Have the link mailed after commit, at most ``PER_HOUR`` times an hour for one address; False when it was too often.

    Whether the address is known is looked up only by the task, so that neither answer nor duration tells.
    """
    fingerprint = fingerprint_of(email)
    with transaction.atomic():
        # Counting holds the address's row until the end, so that requests at the same moment see each other.
        limits.use(QUOTA, fingerprint)
        since = clock.now() - timedelta(hours=1)
        if ResetRequest.objects.filter(address=fingerprint, at__gt=since).count() >= PER_HOUR:
            return False
        ResetRequest.objects.create(address=fingerprint)
        mailing.ask(MAIL, fingerprint)
    return True


def fingerprint_of(email: str) -> str:
    """What stands for an address in rows and task arguments."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def mail_reset_links(fingerprint: str) -> None:
    """Mail a link to every active person whose address has that fingerprint, also to one who has set no password yet."""
    reachable = User.objects.filter(is_active=True).exclude(email="")
    people = [u for u in reachable.iterator() if fingerprint_of(u.email) == fingerprint]
    for user in people:
        path = reverse("accounts:reset", args=[user.uuid, FORGOTTEN.make_token(user)])
        body = render_to_string("accounts/mail/reset.txt", {"user": user, "url": f"{settings.BASE_URL}{path}"})
        send_mail("重新设置密码", body, None, [user.email])
