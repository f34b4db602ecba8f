"""What stands in the way of filing and registering changes (Art. 20)."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle import deadlines
from lifecycle.guards import guard
from registry.models import Ban
from supervision.models import Change
from timekeeping import clock
from timekeeping.dates import chinese_date


@guard("change.file")
def title_stands(change: Change, actor: Actor) -> Iterator[str]:
    """Art. 20: only a platform that still has its title files changes."""
    title = change.title
    if title.state != "granted" or title.valid_to < clock.today():
        yield "称号已不在有效期内，不需要办理变更备案；再次申报时按新的情况填写"


@guard("change.examine", "change.register", "change.refer", "change.approve_operator")
def title_was_not_taken(change: Change, actor: Actor) -> Iterator[str]:
    """A title that ended meanwhile is not amended; expiry alone does not hinder what was filed before."""
    if change.title.state != "granted":
        yield f"称号目前为“{change.title.status.label}”，不再办理变更，可以不予备案"


@guard("change.refile", "change.examine", "change.register", "change.refer")
def operator_left(change: Change, actor: Actor) -> Iterator[str]:
    """Default: a filing of a former operator says nothing about the platform of the new one."""
    if change.organisation_id != change.title.platform.organisation_id:
        yield "该称号已变更运营单位，原运营单位的备案不再办理，可以撤回或者不予备案"


@guard("change.register", "change.refer")
def district_has_its_term(change: Change, actor: Actor) -> Iterator[str]:
    """Default: the city waits for the district's check as long as its term runs."""
    due = deadlines.due(change) if change.state == "filed" else None
    if due and not due.overdue:
        yield f"县区核对期限至{chinese_date(due.last_day)}，请待县区核对或期满后办理"


@guard("change.register")
def another_operator_is_decided_by_a_meeting(change: Change, actor: Actor) -> Iterator[str]:
    """Default: the title does not pass to another legal person without a collective decision."""
    if change.kind == Change.Kind.OPERATOR:
        yield "变更运营单位须经重新核验和集体决策，请办理“提请集体决策”"


@guard("change.refer")
def only_another_operator_is_referred(change: Change, actor: Actor) -> Iterator[str]:
    """Default: the other matters are registered without a meeting."""
    if change.kind != Change.Kind.OPERATOR:
        yield "只有运营单位变更须提请集体决策"


@guard("change.refer", "change.approve_operator")
def new_operator_is_not_banned(change: Change, actor: Actor) -> Iterator[str]:
    """Art. 19: who may not apply may not take over a title either."""
    code = change.values.get("credit_code", "")
    ban = Ban.objects.running(code, clock.today()).order_by("-ends_on").first() if code else None
    if ban:
        yield f"新运营单位在{chinese_date(ban.ends_on)}前不得申报认定（第十九条），不能承接称号"
