"""Objections (Art. 14)."""

from collections.abc import Iterator

from accounts.actors import Actor
from accounts.models import Capacity, Role
from lifecycle.guards import guard
from review.models import Objection
from review.selectors import notices
from review.selectors import objections as selectors
from timekeeping.dates import chinese_date


def why_no_objection(objection: Objection) -> Iterator[str]:
    """Art. 14: what is missing for an objection that must be investigated; nothing when it must."""
    item = selectors.item_of(objection)
    if objection.signed == Objection.Signed.ANONYMOUS:
        yield "匿名反映不作为异议受理，可作为线索处理"
    if item is None:
        yield "所指平台不在本次公示名单，可直接答复"
    elif not selectors.in_time(objection, item):
        yield f"收到时间在公示期满（{chinese_date(item.ends_on)}）之后，不作为异议受理，可直接答复"
    elif objection.application and objection.application.state not in notices.STANDING:
        yield f"所指平台已不在公示阶段（{objection.application.status.label}），可直接答复"


@guard("objection.investigate")
def is_an_objection(objection: Objection, actor: Actor) -> Iterator[str]:
    """Art. 14: signed, in the period, against a platform on the list."""
    yield from why_no_objection(objection)


@guard("objection.answer")
def must_not_be_investigated(objection: Objection, actor: Actor) -> Iterator[str]:
    """Art. 14: what must be investigated is not merely answered."""
    if objection.signed == Objection.Signed.ANONYMOUS:
        yield "匿名反映没有联系方式，无法答复，可作为线索处理"
    elif not any(why_no_objection(objection)):
        yield "公示期内实名提出、指明公示平台的异议应当调查核实（第十四条），不能直接答复"


@guard("objection.treat_as_lead")
def is_anonymous(objection: Objection, actor: Actor) -> Iterator[str]:
    """Default: only what nobody signed is a mere lead."""
    if objection.signed != Objection.Signed.ANONYMOUS:
        yield "实名或盖章的异议应当受理或答复，不能作为线索处理"


@guard("objection.find_unfounded", "objection.find_founded")
def is_the_handler(objection: Objection, actor: Actor) -> Iterator[str]:
    """Default: who investigated concludes; another officer takes over only when the handler has left."""
    if objection.handler_id in (None, actor.user_id):
        return
    serving = Capacity.objects.active().filter(user=objection.handler_id, role=Role.CITY_OFFICER).exists()
    if serving:
        yield f"由经办人{objection.handler}提出调查结论；经办人离任后其他市局经办人可以接办"
