"""Handing announcements over to inbox and mail, and sending the mail. Safe to run twice, in parallel, or killed in between."""

import logging
from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from lifecycle.announcements import link_of
from lifecycle.models import Announcement
from notifications.models import InboxMessage, MailDelivery
from timekeeping import clock

logger = logging.getLogger(__name__)

BATCH = 200
FIRST_WAIT = timedelta(minutes=1)
LAST_ATTEMPT = 8


def hand_over() -> int:
    """Give every announcement not handed over yet its inbox row and its mail row; returns how many were handed over."""
    done = 0
    while (batch := _hand_over_batch()) == BATCH:
        done += batch
    return done + batch


@transaction.atomic
def _hand_over_batch() -> int:
    waiting = list(
        Announcement.objects.select_for_update(skip_locked=True)
        .filter(handed_over_at__isnull=True)
        .order_by("id")[:BATCH]
    )
    now = clock.now()
    InboxMessage.objects.bulk_create(
        [InboxMessage(announcement=a, user_id=a.user_id, created_at=now) for a in waiting if a.user_id]
    )
    MailDelivery.objects.bulk_create(
        [MailDelivery(announcement=a, address=a.email, next_attempt_at=now) for a in waiting if a.email]
    )
    Announcement.objects.filter(pk__in=[a.pk for a in waiting]).update(handed_over_at=now)
    return len(waiting)


def send_mails(connection: BaseEmailBackend | None = None) -> tuple[int, int]:
    """Try every mail whose time has come, each in its own transaction; returns (sent, failed this time).

    ``connection`` is another way than the configured one, such as the demo's, which sends nothing.
    """
    sent = failed = 0
    waiting = MailDelivery.objects.filter(state=MailDelivery.State.PENDING, next_attempt_at__lte=clock.now())
    for key in list(waiting.order_by("id").values_list("pk", flat=True)):
        outcome = _send(key, connection)
        sent, failed = sent + (outcome is True), failed + (outcome is False)
    return sent, failed


def _send(key: int, connection: BaseEmailBackend | None) -> bool | None:
    """True when sent, False when it failed, None when another worker has it or has just tried it. A mail is claimed by its row's lock."""
    with transaction.atomic():
        mail = (
            MailDelivery.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("announcement")
            .filter(pk=key, state=MailDelivery.State.PENDING, next_attempt_at__lte=clock.now())
            .first()
        )
        if mail is None:
            return None
        mail.attempts += 1
        try:
            message = message_of(mail)
            message.connection = connection
            message.send()
        except Exception as error:
            _postpone(mail, error)
            return False
        mail.state, mail.sent_at, mail.last_error = MailDelivery.State.SENT, clock.now(), ""
        mail.save()
        return True


def _postpone(mail: MailDelivery, error: Exception) -> None:
    # Only the kind of error is kept: the text may hold the address.
    mail.last_error = type(error).__name__
    mail.next_attempt_at = clock.now() + FIRST_WAIT * 2 ** (mail.attempts - 1)
    if mail.attempts >= LAST_ATTEMPT:
        mail.state = MailDelivery.State.FAILED
    mail.save()
    logger.warning("mail %s failed at attempt %d: %s", mail.uuid, mail.attempts, mail.last_error)


def message_of(mail: MailDelivery) -> EmailMessage:
    """The mail as plain text; line breaks never reach a header."""
    announcement = mail.announcement
    url, invitation = link_of(announcement), "请登录系统查看" if announcement.user_id else "请打开"
    link = f"\n\n{invitation}：{urljoin(settings.BASE_URL, url)}" if url else ""
    site = settings.SITE["name"]
    subject = " ".join(f"[{site}] {announcement.title}".split())
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    return EmailMessage(
        subject=subject,
        body=f"{announcement.body}{link}\n\n此邮件由系统发送，请勿回复。",
        to=[mail.address],
        headers={"Message-ID": f"<{mail.uuid}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def retry(mail: MailDelivery) -> None:
    """Put a failed mail back into the queue, as an officer asked."""
    with transaction.atomic():
        mail = MailDelivery.objects.select_for_update().get(pk=mail.pk)
        if mail.state == MailDelivery.State.FAILED:
            mail.state, mail.attempts, mail.next_attempt_at = MailDelivery.State.PENDING, 0, clock.now()
            mail.save()


def deliver() -> dict[str, int]:
    """Hand over and send everything that waits; what the worker's wake-up and the sweep both do."""
    handed = hand_over()
    sent, failed = send_mails()
    return {"handed_over": handed, "sent": sent, "failed": failed}
