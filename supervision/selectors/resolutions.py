"""Which collective decisions on matters of supervision a person may see."""

from django.db.models import QuerySet

from accounts.actors import Actor
from supervision.models import Resolution, ResolutionItem
from supervision.selectors.endings import CITYWIDE


def visible_to(actor: Actor) -> QuerySet[Resolution]:
    """City officers and auditors see all; others read the decision on their own case, never the minutes."""
    found = Resolution.objects.select_related("entered_by", "confirmed_by", "minutes")
    return found if actor.has(*CITYWIDE) else found.none()


def items_of(resolution: Resolution) -> list[ResolutionItem]:
    """What the meeting decided, case by case."""
    return list(
        resolution.items.select_related("ending__title__platform__district", "ending__title__district").order_by("pk")
    )
