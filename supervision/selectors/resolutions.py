"""Collective decisions on matters of supervision: who may see them, and what waits for one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from supervision.models import Ending, Resolution, ResolutionItem
from supervision.selectors import changes, endings, separation
from supervision.selectors.separation import Case, Key, key_of


def visible_to(actor: Actor) -> QuerySet[Resolution]:
    """City officers and auditors see all; others read the decision on their own case, never the minutes."""
    found = Resolution.objects.select_related("entered_by", "confirmed_by", "minutes")
    return found if actor.has(*endings.CITYWIDE) else found.none()


def items_of(resolution: Resolution) -> list[ResolutionItem]:
    """What the meeting decided, case by case."""
    return list(resolution.items.select_related("ending__title__district", "change__title__district").order_by("pk"))


@dataclass(frozen=True)
class AgendaItem:
    """A case before the meeting, with the reasons why this officer cannot enter it now (empty: can)."""

    case: Case
    blockers: tuple[str, ...]

    @property
    def is_ending(self) -> bool:
        return isinstance(self.case, Ending)


def waiting(actor: Actor) -> list[Case]:
    """The endings and changes of operator that were referred to the meeting."""
    ended = endings.visible_to(actor).filter(state="referred").order_by("pk")
    changed = changes.visible_to(actor).filter(state="referred").select_related("title__district").order_by("pk")
    return [*ended, *changed]


def agenda(actor: Actor) -> list[AgendaItem]:
    """What waits, each with what stands in the way of this officer; a constant number of queries for any number of cases."""
    cases = waiting(actor)
    elsewhere, hands = on_other_minutes(cases), separation.hands_by_case(actor.user, cases)
    return [AgendaItem(c, (*hands.get(key_of(c), ()), *elsewhere.get(key_of(c), ()))) for c in cases]


def on_other_minutes(cases: Iterable[Case]) -> dict[Key, list[str]]:
    """Cases that stand on a resolution which still waits for its confirmation."""
    listed = list(cases)
    ended = [case.pk for case in listed if isinstance(case, Ending)]
    changed = [case.pk for case in listed if not isinstance(case, Ending)]
    items = ResolutionItem.objects.filter(Q(ending__in=ended) | Q(change__in=changed), resolution__state="entered")
    found: dict[Key, list[str]] = {}
    for item in items.select_related("resolution", "ending__title", "change__title"):
        words = f"“{item.case.title.platform_name}”已录入待复核的会议（{item.resolution.minutes_number}）"
        found.setdefault(key_of(item.case), []).append(words)
    return found
