"""Which endings a person may see, and what stands in the way of deciding them (Art. 16, 19)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from supervision.models import Ending, ResolutionItem
from supervision.selectors import separation

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


@dataclass(frozen=True)
class AgendaItem:
    """A case before the meeting, with the reasons why this officer cannot enter it now (empty: can)."""

    ending: Ending
    blockers: tuple[str, ...]


def agenda(actor: Actor) -> list[AgendaItem]:
    """The endings that wait for a collective decision; a constant number of queries for any number of them."""
    waiting = list(visible_to(actor).filter(state="referred").order_by("pk"))
    elsewhere, hands = on_other_minutes(waiting), separation.hands_by_ending(actor.user, waiting)
    return [AgendaItem(e, (*hands.get(e.pk, ()), *elsewhere.get(e.pk, ()))) for e in waiting]


def on_other_minutes(endings: Iterable[Ending]) -> dict[int, list[str]]:
    """Endings that stand on a resolution which still waits for its confirmation."""
    items = ResolutionItem.objects.filter(ending__in=list(endings), resolution__state="entered")
    found: dict[int, list[str]] = {}
    for item in items.select_related("resolution", "ending__title"):
        words = f"“{item.ending.title.platform_name}”已录入待复核的会议（{item.resolution.minutes_number}）"
        found.setdefault(item.ending_id, []).append(words)
    return found
