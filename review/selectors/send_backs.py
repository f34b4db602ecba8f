"""What the city sent back to a district: the return that waits for an answer, and those before it."""

from applications.models import Application
from review.models import SendBack


def open_of(application: Application) -> SendBack | None:
    """The return that the district has not answered yet."""
    waiting = application.send_backs.filter(answered_at__isnull=True).prefetch_related("items")
    return waiting.order_by("-pk").first()
