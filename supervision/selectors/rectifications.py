"""Rectifications: who sees which, and what endings and support lists ask (Art. 18, 19, 22)."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from registry.models import Title
from supervision.models import Rectification
from supervision.models.rectifications import OPEN

CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)


def visible_to(actor: Actor) -> QuerySet[Rectification]:
    """A platform sees its own, a district its own, city and auditor all."""
    found = Rectification.objects.select_related(
        "title__platform__organisation", "title__platform__district", "evaluation", "ordered_by"
    )
    if actor.is_applicant:
        return found.filter(title__platform__organisation=actor.organisation_id)
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(title__platform__district=actor.district_id)
    return found if actor.role in CITYWIDE else found.none()


def listed(actor: Actor) -> QuerySet[Rectification]:
    """The rectifications of the list pages, newest first, with the time of the last report as ``reported_at``."""
    return visible_to(actor).annotate(reported_at=Max("reports__filed_at")).order_by("-pk")


def failed() -> QuerySet[Rectification]:
    """整改仍不达标: one of the grounds of Art. 19, with title, platform and evaluation; one query."""
    found = Rectification.objects.filter(state="failed").select_related(
        "title__platform__organisation", "title__platform__district", "evaluation"
    )
    return found.order_by("rechecked_on", "pk")


def open_(titles: Iterable[Title]) -> dict[int, Rectification]:
    """The rectification under way of each title, by key of the title; titles without one are absent. One query."""
    found = Rectification.objects.filter(title__in=[title.pk for title in titles], state__in=OPEN)
    return {one.title_id: one for one in found.select_related("title").order_by("pk")}
