"""Which endings a person may see, and which everybody may read (Art. 16, 19)."""

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from supervision.models import Ending

CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)
TABS = {
    "open": ("opened", "notified", "replied"),
    "referred": ("referred",),
    "decided": ("decided", "announced", "stayed"),
    "closed": ("dropped", "kept", "overturned"),
    "all": ("opened", "notified", "replied", "referred", "decided", "announced", "stayed", "dropped", "kept", "overturned"),
}  # fmt: skip


def visible_to(actor: Actor) -> QuerySet[Ending]:
    """City officers and auditors see all; a district those of its platforms; a platform its own, once it was told."""
    found = Ending.objects.select_related(
        "title__platform__organisation", "title__platform__district", "title__district", "opened_by"
    )
    if actor.has(*CITYWIDE):
        return found
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(title__platform__district=actor.district_id)
    if actor.is_applicant:
        return found.filter(title__platform__organisation=actor.organisation_id).exclude(state="opened")
    return found.none()


def counts(actor: Actor) -> dict[str, int]:
    """How many visible endings each tab holds; one query."""
    counted = dict(visible_to(actor).order_by().values_list("state").annotate(number=Count("pk")))
    return {tab: sum(counted.get(state, 0) for state in states) for tab, states in TABS.items()}


def announced() -> QuerySet[Ending]:
    """The decisions everybody may read: announced ones, also when stayed or overturned since; latest first."""
    told = Q(document_number__isnull=False) & Q(state__in=("announced", "stayed", "overturned"))
    return Ending.objects.filter(told).select_related("title__district").order_by("-issued_on", "-pk")
