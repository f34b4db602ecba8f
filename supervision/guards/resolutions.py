"""What forbids a collective decision: the same person twice, or somebody who had a hand in the case (Art. 15, 21)."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from supervision.models import Resolution
from supervision.selectors import separation
from supervision.selectors.resolutions import items_of


@guard("resolution.confirm", "resolution.reject")
def another_person(resolution: Resolution, actor: Actor) -> Iterator[str]:
    """One officer enters, another confirms."""
    if resolution.entered_by_id == actor.user_id:
        yield "录入人不能复核自己录入的集体决策，请由另一名市局经办人复核"


@guard("resolution.confirm")
def no_hand_in_the_cases(resolution: Resolution, actor: Actor) -> Iterator[str]:
    """Nobody who made the findings confirms the decision."""
    yield from separation.hands(actor.user, [item.case for item in items_of(resolution)])
