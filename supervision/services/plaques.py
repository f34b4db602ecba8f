"""Plaques after a decision (Art. 19): called in, handed over, declared void, given back when the decision falls."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from files.models import StoredFile
from lifecycle import engine
from lifecycle.deadlines import end_of_workdays
from lifecycle.engine import Act
from lifecycle.idempotency import FormKey
from registry.models import Plaque
from regulation.parameters import Parameters
from timekeeping import clock
from timekeeping.workdays import UnknownYear

OUT = ("allotted", "issued", "received", "lost")
TAKEN = ("recalled", "recovered", "void")


def recall(act: Act, plaques: Iterable[Plaque], step: str, terms: Parameters) -> None:
    """Call the title's plaques in, inside the act of the decision; ``step`` says whether Art. 19 or a revocation orders it."""
    for plaque in plaques:
        if plaque.state in OUT:
            plaque.return_due_at = _due(terms)
            act.take(plaque, step)


def suspend(plaques: Iterable[Plaque]) -> None:
    """While a decision is stayed nobody owes its plaque."""
    _write(plaques, None)


def set_terms(plaques: Iterable[Plaque], terms: Parameters) -> None:
    """The term to hand the plaque in begins anew."""
    _write(plaques, terms)


def give_back(act: Act, plaques: Iterable[Plaque]) -> None:
    """Give the plaques back; the platform signs for them again."""
    for plaque in plaques:
        if plaque.state in TAKEN:
            plaque.issued_on, plaque.received_on, plaque.received_by = clock.today(), None, ""
            plaque.recovered_on, plaque.recovered_from, plaque.return_due_at = None, "", None
            act.take(plaque, "give_back")


def recover(
    *,
    actor: Actor,
    plaque: Plaque,
    recovered_on: date,
    recovered_from: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Plaque:
    """Sign for a plaque that was handed in, at the district or the city. A late one is taken all the same."""
    if recovered_on > clock.today():
        raise ValidationError({"recovered_on": "收回日期不能晚于今天。"})
    with engine.act(actor=actor, key=key) as act:
        [plaque] = act.lock((plaque, version))
        plaque.recovered_on, plaque.recovered_from = recovered_on, recovered_from
        act.take(plaque, "recover", data={"recovered_on": str(recovered_on)})
    return plaque


def declare_void(
    *,
    actor: Actor,
    plaque: Plaque,
    reason: str,
    portal_url: str,
    capture: StoredFile | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Plaque:
    """Declare void, in public, a plaque that was not handed in within its term or is lost (default rule)."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明未交回的情况。"})
    data = {"portal": portal_url, "capture": capture.sha256 if capture else ""}
    with engine.act(actor=actor, key=key) as act:
        [plaque] = act.lock((plaque, version))
        plaque.void_url = portal_url
        act.take(plaque, "declare_void", reason=reason, data=data)
    return plaque


def _write(plaques: Iterable[Plaque], terms: Parameters | None) -> None:
    for plaque in plaques:
        if plaque.state == "recalled":
            plaque.return_due_at = _due(terms) if terms else None
            plaque.save(update_fields=["return_due_at"])


def _due(terms: Parameters) -> datetime | None:
    """The exclusive end of the term from today; None while a year is not published: the task then shows no day."""
    try:
        return end_of_workdays(clock.today(), terms.plaque_return_workdays)
    except UnknownYear:
        return None
