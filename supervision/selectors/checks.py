"""Which checks a person may see, and which wait for a second look (Art. 18)."""

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Role
from supervision.models import Check

CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)


def visible_to(actor: Actor) -> QuerySet[Check]:
    """The own organisation's, those the own district made, or all for the city and the auditor."""
    found = Check.objects.select_related(
        "title__platform__organisation", "title__platform__district", "district", "recorded_by"
    )
    if actor.is_applicant:
        return found.filter(title__platform__organisation=actor.organisation_id)
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(district=actor.district_id)
    return found if actor.role in CITYWIDE else found.none()


def waiting(checks: QuerySet[Check]) -> QuerySet[Check]:
    """Those that asked for a second look and did not get it yet, the earliest last day first."""
    return checks.filter(state="recorded", follow_up_by__isnull=False).order_by("follow_up_by", "pk")
