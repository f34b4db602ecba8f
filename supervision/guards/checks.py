"""What stands in the way of recording a check and of looking again."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from supervision.models import Check


@guard("check.record")
def not_in_force(check: Check, actor: Actor) -> Iterator[str]:
    """Art. 18 is about platforms that bear the title."""
    if not check.title.in_force(check.checked_on):
        yield f"{check.checked_on:%Y-%m-%d}该称号不在有效期内，不作为示范平台的指导检查"


@guard("check.follow_up")
def nothing_to_follow_up(check: Check, actor: Actor) -> Iterator[str]:
    """A second look is owed only where the check said so."""
    if check.follow_up_by is None:
        yield "本次检查没有要求复查；有新的情况，请另作检查记录"
