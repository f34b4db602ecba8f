"""Rules of the call: one a year, times in order, working days known, everything decided before it is concluded."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Call
from lifecycle.guards import guard
from lifecycle.states import STATES
from timekeeping import clock
from timekeeping.dates import chinese_moment

DECIDED = tuple(state for state, shown in STATES["application"].items() if shown.tone == "done")


@guard("call.publish")
def times_lie_ahead(call: Call, actor: Actor) -> Iterator[str]:
    """Art. 6: the same times for all, so filing cannot have ended when the call becomes public."""
    if call.closes_at <= clock.now():
        yield f"申报截止时间{chinese_moment(call.closes_at)}已过，请先修改时间"


@guard("call.publish")
def one_call_a_year(call: Call, actor: Actor) -> Iterator[str]:
    """Art. 10: 每年组织开展一次."""
    if call.opens_at.astimezone(clock.SHANGHAI).year != call.year:
        yield f"申报开始时间不在{call.year}年，请核对年度"


@guard("call.conclude")
def nothing_is_under_way(call: Call, actor: Actor) -> Iterator[str]:
    """A call ends when each application has its outcome."""
    under_way = call.applications.exclude(state__in=(*DECIDED, "draft", "awaiting_signature")).count()
    if under_way:
        yield f"还有{under_way}件申报没有办结"
    if clock.now() < call.closes_at:
        yield "申报尚未截止"
