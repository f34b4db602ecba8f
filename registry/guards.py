"""Why a step of the book cannot be taken now, beyond its stage."""

from collections.abc import Iterator

from accounts.actors import Actor
from accounts.services.registration import has_people
from lifecycle.guards import guard
from registry.models import Claim, Title, TitleImport
from timekeeping import clock


@guard("title_import.confirm")
def confirmed_by_another(title_import: TitleImport, actor: Actor) -> Iterator[str]:
    """Default: whoever uploaded does not confirm."""
    if title_import.uploaded_by_id == actor.user_id:
        yield "须由另一名市局经办人对照文件复核"


@guard("title.renounce")
def nothing_to_renounce(title: Title, actor: Actor) -> Iterator[str]:
    """Default: a title whose term is over has ended by itself."""
    if title.valid_to < clock.today():
        yield "称号已经到期，不需要放弃"


@guard("claim.approve")
def nobody_acts_yet(claim: Claim, actor: Actor) -> Iterator[str]:
    """Default: only the first account is claimed; everybody else is added by colleagues."""
    if has_people(claim.organisation):
        yield "该单位已有人员使用账号，请申请人联系本单位同事添加"
