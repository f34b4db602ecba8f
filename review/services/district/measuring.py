"""The measurement of Art. 11, and who may work on a case at which stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actors import Actor
from applications.models import Application
from lifecycle import authority, engine
from lifecycle.errors import NotAllowed, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.steps import step_of
from regulation.measurement import HEADS, Item
from review.models import Measurement
from review.selectors import measurement as measurements
from review.services.reasons import required
from timekeeping import clock

CHECKING = ("submitted", "accepted", "sent_back")
MEASURING = ("accepted", "sent_back")


@dataclass(frozen=True)
class Decision:
    """What a person found about one finding, and in which words; ``met`` is None where nothing was decided."""

    met: bool | None
    reason: str = ""


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
    """初审测评: every finding of Art. 7 and 8 with its figure, the officer's word and reasons, and the three conclusions.

    ``decisions`` (by the finding's key) is needed only where a figure is open or the officer found otherwise; a figure that falls
    short cannot be found met. Raises ValidationError for a missing reason or opinion, and for 合格 over a finding that is not met.
    """
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        act.lead_to(reverse("review:workbench", args=[application.uuid]))
        may_work(actor, application, MEASURING)
        lines, decided = findings(application, decisions or {})
        measurement, _ = Measurement.objects.update_or_create(
            version=application.current_version,
            defaults={
                "application": application,
                **_conclusions(lines, basic=basic, operation=operation, performance=performance),
                "human_decisions": decided,
                "findings": lines,
                "measured_by": actor.person,
                "measured_at": clock.now(),
            },
        )
    return measurement


def proposed(application: Application, decisions: Mapping[str, Decision] | None = None) -> dict[str, Conclusion]:
    """The three conclusions the findings come to, by name; the officer may be stricter, never milder."""
    lines, _ = findings(application, decisions or {})
    found = {}
    for head in HEADS:
        counted = [(line["label"], line["met"]) for line in lines if line["head"] == head.key and line["counts"]]
        found[head.key] = Conclusion(all(met for _, met in counted), measurements.opinion(head, counted))
    return found


def findings(
    application: Application, decisions: Mapping[str, Decision]
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The lines of the measurement as kept, and among them the decisions that answer what the figures leave open."""
    items = measurements.items_of(application)
    if decisions.keys() - {item.key for item in items}:
        raise ValidationError("测评事项已有变化，请刷新页面核对。")
    decided = {item.key: _human(item, decisions[item.key]) for item in items if _decides(item, decisions)}
    final = {item.key: item for item in (measurements.items_of(application, decided) if decided else items)}
    return [_line(item, final[item.key], decisions.get(item.key, Decision(None))) for item in items], decided


def _decides(item: Item, decisions: Mapping[str, Decision]) -> bool:
    return item.decidable and item.key in decisions and decisions[item.key].met is not None


def _human(item: Item, decision: Decision) -> dict[str, Any]:
    reason = required(decision.reason, f"reason_{item.key}", "请写明认定理由。")
    return {"label": item.finding.label, "met": decision.met, "reason": reason}


def _line(item: Item, final: Item, given: Decision) -> dict[str, Any]:
    """One finding as measured: the figure of the rules, the officer's word on it."""
    met = final.met if given.met is None else given.met
    if met and final.met is not True:
        words = f"{final.finding.label}：只有证明待核实或数据无法计算的事项可以人工认定，数据不达标的请退回补正或认定为不符合。"
        raise ValidationError({f"decision_{item.key}": words})
    stricter = met is False and final.met is not False
    note = required(given.reason, f"reason_{item.key}", "请写明不符合的理由。") if stricter else given.reason.strip()
    return {
        "key": item.key, "head": item.head.key, "article": item.article, "label": item.finding.label,
        "figure": final.figure, "basis": measurements.basis(item), "met": met, "note": note,
        "counts": item.counts, "decided": stricter or (item.decidable and given.met is not None),
    }  # fmt: skip


def _conclusions(lines: list[dict[str, Any]], **given: Conclusion) -> dict[str, object]:
    found: dict[str, object] = {}
    for head in HEADS:
        conclusion = given[head.key]
        wanting = [line["label"] for line in lines if line["head"] == head.key and line["counts"] and not line["met"]]
        if conclusion.met and wanting:
            words = f"{head.label}有{len(wanting)}项不符合或未认定（{'、'.join(wanting)}），测评结论不能为合格。"
            raise ValidationError({f"{head.key}_met": words})
        found[f"{head.key}_met"] = conclusion.met
        found[f"{head.key}_note"] = required(conclusion.note, f"{head.key}_note", "请填写测评意见。")
    return found


def may_work(actor: Actor, application: Application, states: tuple[str, ...]) -> None:
    """Raises NotAllowed for anybody but the district's officers, WrongStage outside the ``states``."""
    if not authority.may(actor, step_of("application", "recommend"), application):
        raise NotAllowed("初审由申报所在县（市）区主管部门经办人办理。")
    if application.state not in states:
        raise WrongStage(engine.last_word(application))
