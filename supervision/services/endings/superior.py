"""What a court or a superior authority orders about a decision: its effects pause, go on, or are undone (default rules)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from files.models import StoredFile
from lifecycle import engine
from lifecycle.engine import Act
from lifecycle.idempotency import FormKey
from registry.models import Title
from registry.services import bans
from supervision.models import Ending, Intervention
from supervision.services import plaques as plates
from timekeeping import clock

Effect = Intervention.Effect
BEFORE = {"granted": "restore", "renounced": "restore_renounced", "dissolved": "restore_dissolved"}


@dataclass(frozen=True)
class Order:
    """The document of the court or superior authority."""

    authority: str
    reference: str
    made_on: date
    file: StoredFile


def stay(
    *, actor: Actor, ending: Ending, order: Order, key: FormKey | None = None, version: int | None = None
) -> Ending:
    """Pause the effects: the title counts as before, the ban is suspended, the plaque need not be handed in meanwhile."""
    _check(ending, order)
    with engine.act(actor=actor, key=key) as act:
        ending, title, plaques = _locked(act, ending, version)
        _enter(act, ending, "stay", Effect.STAY, order)
        if ending.title_was == "granted":
            act.take(title, "stay")
        bans.stay(title=title)
        plates.suspend(plaques)
    return ending


def resume(
    *, actor: Actor, ending: Ending, order: Order, key: FormKey | None = None, version: int | None = None
) -> Ending:
    """The effects go on from now; the ban runs to its old end."""
    _check(ending, order)
    with engine.act(actor=actor, key=key) as act:
        ending, title, plaques = _locked(act, ending, version)
        _enter(act, ending, "resume" if ending.document_number else "resume_unannounced", Effect.RESUME, order)
        if title.state == "stayed":
            act.take(title, "resume_revocation" if ending.kind == Ending.Kind.REVOKE else "resume_cancellation")
        bans.resume(title=title)
        plates.set_terms(plaques, ending.pinned_parameters)
    return ending


def overturn(
    *, actor: Actor, ending: Ending, order: Order, key: FormKey | None = None, version: int | None = None
) -> Ending:
    """Undo the decision: the title with its original dates, the plaque, and no ban. Other matters stay untouched."""
    _check(ending, order)
    with engine.act(actor=actor, key=key) as act:
        ending, title, plaques = _locked(act, ending, version)
        _enter(act, ending, "overturn", Effect.OVERTURN, order)
        _restore(act, ending, title)
        bans.lift(title=title)
        plates.give_back(act, plaques)
    return ending


def _restore(act: Act, ending: Ending, title: Title) -> None:
    title.ended_on, title.ended_document = ending.title_ended_on, ""
    act.take(title, BEFORE[ending.title_was], data={"ending": str(ending.uuid)})


def _locked(act: Act, ending: Ending, version: int | None) -> tuple[Ending, Title, list]:
    title = ending.title
    fresh, title, *plaques = act.lock((ending, version), title, *title.plaques.all())
    return fresh, title, plaques


def _enter(act: Act, ending: Ending, step: str, effect: str, order: Order) -> None:
    reason = f"{order.authority}{order.reference}"
    act.take(ending, step, reason=reason, data={"file": order.file.sha256, "made_on": str(order.made_on)})
    Intervention.objects.create(
        ending=ending, effect=effect, authority=order.authority, reference=order.reference, made_on=order.made_on,
        file=order.file, entered_by=act.actor.person,
    )  # fmt: skip


def _check(ending: Ending, order: Order) -> None:
    problems = {}
    if not order.authority.strip():
        problems["authority"] = "请填写作出决定的法院或者机关。"
    if order.made_on > clock.today() or (ending.decided_on and order.made_on < ending.decided_on):
        problems["made_on"] = "作出日期应在本局决定日期至今天之间。"
    if problems:
        raise ValidationError(problems)
