"""The measurement of Art. 11, and who may work on a case at which stage."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actors import Actor
from applications.models import Application
from lifecycle import authority, engine
from lifecycle.errors import NotAllowed, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.steps import step_of
from review.models import Measurement
from review.selectors import assessment
from review.services.reasons import required
from timekeeping import clock

CHECKING = ("submitted", "accepted", "sent_back")
MEASURING = ("accepted", "sent_back")


@dataclass(frozen=True)
class Decision:
    """What a person decided where the figures cannot, and why."""

    met: bool
    reason: str


@dataclass(frozen=True)
class Conclusion:
    """One of the three conclusions of the measurement."""

    met: bool
    note: str


def measure(
    *,
    actor: Actor,
    application: Application,
    basic: Conclusion,
    operation: Conclusion,
    performance: Conclusion,
    decisions: Mapping[str, Decision] | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Measurement:
    """初审测评: basic conditions, operation, performance, and reasoned decisions where a figure cannot be computed.

    Raises ValidationError for a missing opinion, or a decision about something the figures already answer.
    """
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        act.lead_to(reverse("review:workbench", args=[application.uuid]))
        may_work(actor, application, MEASURING)
        measurement, _ = Measurement.objects.update_or_create(
            version=application.current_version,
            defaults={
                "application": application,
                **_conclusions(basic=basic, operation=operation, performance=performance),
                "human_decisions": _decided(application, decisions or {}),
                "measured_by": actor.person,
                "measured_at": clock.now(),
            },
        )
    return measurement


def _conclusions(**given: Conclusion) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, conclusion in given.items():
        found[f"{name}_met"] = conclusion.met
        found[f"{name}_note"] = required(conclusion.note, f"{name}_note", "请填写测评意见。")
    return found


def _decided(application: Application, decisions: Mapping[str, Decision]) -> dict[str, dict[str, object]]:
    assert application.current_version  # an accepted application has been submitted
    open_ = {finding.key: finding for finding in assessment.decidable(application.current_version)}
    if decisions.keys() - open_.keys():
        raise ValidationError("只有证明待核实或数据无法计算的事项可以人工认定，请刷新页面核对。")
    return {
        name: {
            "label": open_[name].label,
            "met": decision.met,
            "reason": required(decision.reason, f"reason_{name}", "请写明认定理由。"),
        }
        for name, decision in decisions.items()
    }


def may_work(actor: Actor, application: Application, states: tuple[str, ...]) -> None:
    """Raises NotAllowed for anybody but the district's officers, WrongStage outside the ``states``."""
    if not authority.may(actor, step_of("application", "recommend"), application):
        raise NotAllowed("初审由申报所在县（市）区主管部门经办人办理。")
    if application.state not in states:
        raise WrongStage(engine.last_word(application))
