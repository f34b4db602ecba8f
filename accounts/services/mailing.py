"""Mail about accounts: asked for with what it tells of, sent by the worker. Without broker or mail server later, never lost.

Safe to run twice, in parallel, or killed in between: a mail is claimed by the lock of its row.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import transaction

from accounts import bell
from accounts.models import AccountMail
from timekeeping import clock

logger = logging.getLogger(__name__)

TASK = "accounts.send_mail"
FIRST_WAIT = timedelta(minutes=1)
LAST_ATTEMPT = 10
Senders = Mapping[str, Callable[[str], None]]
"""Who sends the mails of each kind, given what they are about; whatever goes wrong on the way is raised."""


def ask(kind: str, about: object) -> None:
    """Have a mail sent after commit. Call inside the transaction of what it tells of."""
    mail = AccountMail.objects.create(kind=kind, about=str(about))
    bell.ring_after_commit(TASK, mail.pk)


def send(key: int, senders: Senders) -> bool:
    """Send one mail unless it went already, must wait, or another worker has it; returns whether it went now.

    A failure is tried again later, and not before: a second sweep that listed the mail meanwhile does not use up its attempts.
    """
    with transaction.atomic():
        waiting = AccountMail.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=clock.now())
        mail = waiting.filter(pk=key).first()
        if mail is None:
            return False
        mail.attempts += 1
        try:
            # A block of its own: after an error of the database the attempt could else not be counted, and the sweep would end here.
            with transaction.atomic():
                senders[mail.kind](mail.about)
            mail.sent_at, mail.next_attempt_at = clock.now(), None
        except Exception as error:
            again = clock.now() + FIRST_WAIT * 2 ** (mail.attempts - 1)
            mail.next_attempt_at = again if mail.attempts < LAST_ATTEMPT else None
            # Only the kind of error is told: its text may hold the address.
            level = logging.WARNING if mail.next_attempt_at else logging.ERROR
            logger.log(level, "account mail %d failed at attempt %d: %s", mail.pk, mail.attempts, type(error).__name__)
        mail.save()
        return mail.sent_at is not None


def send_waiting(senders: Senders) -> int:
    """The sweep's work: every mail whose time has come; returns how many went."""
    waiting = AccountMail.objects.filter(next_attempt_at__lte=clock.now()).values_list("pk", flat=True)
    return sum(send(key, senders) for key in list(waiting))
