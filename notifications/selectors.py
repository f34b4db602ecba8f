"""What a person finds in the inbox, and what officers find undelivered."""

from django.db.models import QuerySet

from accounts.actors import Actor
from notifications.models import InboxMessage, MailDelivery


def visible_to(actor: Actor) -> QuerySet[InboxMessage]:
    """The person's own messages, newest first; nothing for the public."""
    return InboxMessage.objects.filter(user_id=actor.user_id or 0).select_related("announcement")


def unread_count(actor: Actor) -> int:
    return visible_to(actor).filter(read_at__isnull=True).count() if actor.user_id else 0


def undelivered() -> QuerySet[MailDelivery]:
    """Mails that failed for good or have failed at least once and wait for the next attempt."""
    troubled = MailDelivery.objects.exclude(state=MailDelivery.State.SENT).exclude(attempts=0)
    return troubled.select_related("announcement", "announcement__user").order_by("state", "-id")
