"""Reading the inbox."""

from accounts.actors import Actor
from notifications import selectors
from timekeeping import clock


def read_all(*, actor: Actor) -> int:
    """Mark every unread message of the person as read; returns how many there were."""
    return selectors.visible_to(actor).filter(read_at__isnull=True).update(read_at=clock.now())
