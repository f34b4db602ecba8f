"""What stands in the way of ordering a rectification and of finding that it failed (Art. 19)."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from supervision.models import Rectification
from timekeeping import clock
from timekeeping.dates import chinese_date


@guard("rectification.order")
def no_failed_evaluation(rectification: Rectification, actor: Actor) -> Iterator[str]:
    """Art. 19: 测评不合格、责令限期整改."""
    if rectification.evaluation.state != "failed":
        yield "测评结论为不合格的，才能责令限期整改"
    elif Rectification.objects.filter(evaluation=rectification.evaluation_id).exists():
        yield "这次测评已经责令整改"


@guard("rectification.order")
def title_not_in_force(rectification: Rectification, actor: Actor) -> Iterator[str]:
    """A title that is over has nothing left to put right."""
    if not rectification.title.in_force(clock.today()):
        yield "该称号目前不在有效期内，不再责令整改"


@guard("rectification.find_failing")
def time_not_over(rectification: Rectification, actor: Actor) -> Iterator[str]:
    """Without a report, only once the deadline has passed."""
    if rectification.state == "ordered" and clock.now() < rectification.due_at:
        yield f"整改期限（{chinese_date(rectification.due_on)}24:00）未到，且尚未收到整改报告"
