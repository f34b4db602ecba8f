"""The platform is heard: written notice, reply with a deadline, then the meeting or the end of the procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from files.models import StoredFile
from lifecycle import engine
from lifecycle.deadlines import end_of_workdays
from lifecycle.idempotency import FormKey
from supervision.models import Ending, EndingFile
from supervision.services.endings.opening import keep
from timekeeping import clock
from timekeeping.workdays import UnknownYear


@dataclass(frozen=True)
class Delivery:
    """How and when the notice reached the platform; anything but the system needs its proof."""

    method: str
    on: date
    proof: StoredFile | None = None


def notify(
    *, actor: Actor, ending: Ending, delivery: Delivery, key: FormKey | None = None, version: int | None = None
) -> Ending:
    """Serve the notice; the reply is due at the end of the working days counted from the day after (default rule).

    Raises ValidationError for a day in the future or before the opening, a missing proof, or an unpublished year.
    """
    _check_delivery(ending, delivery)
    try:
        due = end_of_workdays(delivery.on, ending.pinned_parameters.reply_workdays)
    except UnknownYear as unknown:
        raise ValidationError(
            {"delivered_on": f"{unknown.year}年放假安排尚未公布，不能计算陈述申辩期限。请在公布并录入后办理。"}
        ) from unknown
    with engine.act(actor=actor, key=key) as act:
        [ending] = act.lock((ending, version))
        ending.delivery, ending.delivered_on, ending.reply_due_at = delivery.method, delivery.on, due
        act.take(ending, "notify", data={"delivered_on": str(delivery.on), "method": delivery.method})
        if delivery.proof:
            keep(ending, [delivery.proof], EndingFile.Part.DELIVERY, actor)
    return ending


def reply(
    *,
    actor: Actor,
    ending: Ending,
    statement: str,
    files: Sequence[StoredFile] = (),
    key: FormKey | None = None,
    version: int | None = None,
) -> Ending:
    """The platform's statement. One that comes late is read and marked, as long as nobody has referred the case."""
    if not statement.strip():
        raise ValidationError({"statement": "请写明陈述申辩的内容。"})
    received_at = clock.now()
    with engine.act(actor=actor, key=key) as act:
        [ending] = act.lock((ending, version))
        ending.statement, ending.replied_at = statement, received_at
        act.take(ending, "reply", data={"files": [file.sha256 for file in files]})
        keep(ending, files, EndingFile.Part.REPLY, actor)
    return ending


def refer(
    *, actor: Actor, ending: Ending, reason: str, key: FormKey | None = None, version: int | None = None
) -> Ending:
    """Put the case before the collective decision, with the officer's view of facts and reply."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明对事实和陈述申辩的复核意见。"})
    with engine.act(actor=actor, key=key) as act:
        [ending] = act.lock((ending, version))
        act.take(ending, "refer", reason=reason)
    return ending


def drop(
    *, actor: Actor, ending: Ending, reason: str, key: FormKey | None = None, version: int | None = None
) -> Ending:
    """End the procedure without a decision; the title stays as it is."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明终止程序的理由，将告知示范平台。"})
    with engine.act(actor=actor, key=key) as act:
        [ending] = act.lock((ending, version))
        act.take(ending, "drop", reason=reason)
    return ending


def _check_delivery(ending: Ending, delivery: Delivery) -> None:
    problems = {}
    opened = ending.created_at.astimezone(clock.SHANGHAI).date()
    by_system = delivery.method == Ending.Delivery.SYSTEM
    if not opened <= delivery.on <= clock.today():
        problems["delivered_on"] = "送达日期应在启动程序之日至今天之间。"
    elif by_system and delivery.on != clock.today():
        problems["delivered_on"] = "系统送达的，送达日期为今天。"
    if not by_system and delivery.proof is None:
        problems["proof"] = "请上传送达回证、邮寄凭证等送达凭证。"
    if problems:
        raise ValidationError(problems)
