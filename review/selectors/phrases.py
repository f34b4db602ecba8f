"""The common phrases of a district; no other district's officers read them."""

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Role
from review.models import Phrase


def visible_to(actor: Actor) -> QuerySet[Phrase]:
    """The phrases of the officer's own district, retired ones included, those for any item first; nobody else sees any."""
    found = Phrase.objects.select_related("made_by")
    return found.filter(district=actor.district_id) if actor.role == Role.DISTRICT_OFFICER else found.none()


def in_use(actor: Actor) -> QuerySet[Phrase]:
    """Those that are offered beside the checklist."""
    return visible_to(actor).filter(retired_at__isnull=True)
