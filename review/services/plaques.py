"""Issue, receipt and loss of plaques (Art. 15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from lifecycle import engine
from lifecycle.errors import Refusal
from lifecycle.idempotency import FormKey
from registry.models import Plaque
from timekeeping import clock


def issue(
    *, actor: Actor, plaque: Plaque, issued_on: date, key: FormKey | None = None, version: int | None = None
) -> Plaque:
    """Hand the plaque over to the platform; the date is not before the decision and not after today."""
    if not plaque.title.decided_on <= issued_on <= clock.today():
        raise ValidationError({"issued_on": "颁发日期应在决定日期至今天之间。"})
    with engine.act(actor=actor, key=key) as act:
        [plaque] = act.lock((plaque, version))
        plaque.issued_on = issued_on
        act.take(plaque, "issue", data={"issued_on": str(issued_on)})
    return plaque


@dataclass(frozen=True)
class Result:
    """What became of one plaque of a list; ``problem`` is empty when it was issued."""

    plaque: Plaque
    problem: str = ""


def issue_many(*, actor: Actor, plaques: Iterable[Plaque], issued_on: date) -> list[Result]:
    """Issue each plaque in an act of its own: what cannot be issued does not hold up the others."""
    results = []
    for plaque in plaques:
        try:
            results.append(Result(issue(actor=actor, plaque=plaque, issued_on=issued_on)))
        except ValidationError as wrong:
            results.append(Result(plaque, "".join(wrong.messages)))
        except Refusal as refusal:
            results.append(Result(plaque, refusal.message))
    return results


def receive(
    *,
    actor: Actor,
    plaque: Plaque,
    received_on: date,
    received_by: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Plaque:
    """The platform signs for its plaque; the date is not before the issue and not after today."""
    with engine.act(actor=actor, key=key) as act:
        [plaque] = act.lock((plaque, version))
        _received_after_issue(plaque, received_on)
        plaque.received_on, plaque.received_by = received_on, received_by
        act.take(plaque, "receive", data={"received_on": str(received_on)})
    return plaque


def report_lost(
    *, actor: Actor, plaque: Plaque, lost_on: date, reason: str, key: FormKey | None = None, version: int | None = None
) -> Plaque:
    """The platform reports its plaque lost, with the circumstances."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明遗失经过。"})
    if lost_on > clock.today():
        raise ValidationError({"lost_on": "遗失日期不能晚于今天。"})
    with engine.act(actor=actor, key=key) as act:
        [plaque] = act.lock((plaque, version))
        plaque.lost_on = lost_on
        act.take(plaque, "report_lost", reason=reason)
    return plaque


def _received_after_issue(plaque: Plaque, received_on: date) -> None:
    if received_on > clock.today() or (plaque.issued_on and received_on < plaque.issued_on):
        raise ValidationError({"received_on": "签收日期应在颁发日期至今天之间。"})
