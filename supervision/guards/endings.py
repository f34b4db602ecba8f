"""What forbids ending a title (Art. 16, 19): no procedure without ground, no meeting before the reply, no decision on stale facts.

None of these asks whether the title is still valid: a procedure once opened survives expiry and renunciation.
"""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from lifecycle.models import StepRecord
from registry.models import Plaque, Title
from registry.standing import standing
from supervision.models import Ending
from supervision.selectors import candidates
from timekeeping import clock
from timekeeping.dates import chinese_deadline


@guard("ending.open")
def title_can_be_ended(ending: Ending, actor: Actor) -> Iterator[str]:
    """Art. 19 ends titles in force; facts of the term may lead to revocation (Art. 16) also later."""
    yield from why_not_open(ending.title, ending.kind)


def why_not_open(title: Title, kind: str) -> Iterator[str]:
    """Why no procedure of this kind can be opened on the title today."""
    if title.state in ("cancelled", "revoked", "stayed"):
        yield f"该称号已经作出处理决定（{title.status.label}），不能再次启动程序"
    elif kind == Ending.Kind.CANCEL and not title.in_force(clock.today()):
        yield f"该称号{standing(title, clock.today()).label}，不在有效期内，不能启动取消程序（第十九条适用于市级示范平台）"
    if Ending.objects.filter(title=title, state__in=Ending.OPEN).exists():
        yield "该称号已有正在办理的取消（撤销）程序"


@guard("ending.refer")
def platform_was_heard(ending: Ending, actor: Actor) -> Iterator[str]:
    """Default: without a reply the case waits for the end of the term to reply."""
    if ending.state == "notified" and ending.reply_due_at and clock.now() < ending.reply_due_at:
        yield f"陈述申辩期限至{chinese_deadline(ending.reply_due_at)}，期满或者收到陈述申辩后才能提请集体决策"


@guard("ending.decide_cancellation")
def is_a_cancellation(ending: Ending, actor: Actor) -> Iterator[str]:
    """取消 and 撤销 are different acts."""
    if ending.kind != Ending.Kind.CANCEL:
        yield "撤销程序不能作出取消决定"


@guard("ending.decide_revocation")
def is_a_revocation(ending: Ending, actor: Actor) -> Iterator[str]:
    """取消 and 撤销 are different acts."""
    if ending.kind != Ending.Kind.REVOKE:
        yield "取消程序不能作出撤销决定"


@guard("ending.decide_cancellation")
def facts_still_stand(ending: Ending, actor: Actor) -> Iterator[str]:
    """A report that came or an absence excused after the opening was unknown to the meeting: it must consider again."""
    for words in candidates.no_longer_shown(ending):
        yield f"“{words}”的情况已有变化，请退回，重新研究或者终止程序"


@guard("ending.decide_cancellation")
def renewed_meanwhile(ending: Ending, actor: Actor) -> Iterator[str]:
    """A title granted after the meeting's entry was unknown to the meeting: it must consider the case again."""
    entered = ending.rulings.filter(resolution__state__in=("entered", "confirmed")).order_by("-pk").first()
    if entered is None:
        return
    known = StepRecord.objects.filter(subject_id=entered.resolution.uuid, step="enter").first()
    later = Title.objects.filter(credit_code=ending.title.credit_code).exclude(pk=ending.title_id)
    granted = StepRecord.objects.filter(
        subject_type=Title.SUBJECT, step="grant", sequence__gt=known.sequence if known else 0
    )
    for title in later.filter(uuid__in=granted.values("subject_id")):
        yield f"录入会议后，该单位又取得新一期称号（{title.number}），请退回，由会议重新研究"


@guard("plaque.declare_void")
def term_to_return_has_passed(plaque: Plaque, actor: Actor) -> Iterator[str]:
    """Default: a plaque that may still be handed in is not declared void; a lost one is at once."""
    if plaque.title.state == "stayed":
        yield "决定停止执行期间，不能公告牌匾作废"
    elif plaque.lost_on is None and (plaque.return_due_at is None or clock.now() < plaque.return_due_at):
        yield "交回期限还没有届满，期满未交回的才能公告作废"
