"""What stands in the way of handing an organisation over to another filer."""

from collections.abc import Iterator

from accounts.actors import Actor
from accounts.models import Capacity, Role
from applications.models import Handover
from lifecycle.guards import guard


@guard("handover.hand_over")
def the_leaving_one_is_a_filer_of_the_organisation(handover: Handover, actor: Actor) -> Iterator[str]:
    """Whoever left still has the role here; without anybody left to name, nobody is named."""
    filers = Capacity.objects.active().filter(organisation=handover.organisation_id, role=Role.FILER)
    if handover.leaving is None:
        if filers.exclude(pk=handover.successor_id).exists():
            yield "该单位还有经办人，请选择离任的经办人"
    elif not filers.filter(pk=handover.leaving_id).exists():
        yield "所选人员已经不是该单位的经办人，请刷新页面"
    elif handover.leaving.user_id == actor.user_id:
        yield "不能交接自己正在使用的账号，请由同事或者县区主管部门办理"


@guard("handover.hand_over")
def somebody_acted_for_the_organisation(handover: Handover, actor: Actor) -> Iterator[str]:
    """Default: an organisation that nobody ever acted for is claimed, not handed over."""
    ever = Capacity.objects.filter(organisation=handover.organisation_id).exclude(pk=handover.successor_id)
    if not ever.exists():
        yield "该单位还没有人使用账号，请其申请认领"
