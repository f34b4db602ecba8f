"""Concluding the review: the ranking, the choice of the best with reasons, the list recommended for certification (Art. 12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from lifecycle import chain, engine
from lifecycle.idempotency import FormKey
from review import grants
from review.models import Panel, PanelCase
from review.selectors import assessment, panels, ranking
from review.selectors.ranking import Ranked
from review.services.panels.starting import lock_all, void_gone


@dataclass(frozen=True)
class Choice:
    """Whether a case goes on the recommended list; ``reason`` is needed when it does not, or when its score is below the floor."""

    application: UUID
    selected: bool
    reason: str = ""


def conclude(
    *,
    actor: Actor,
    panel: Panel,
    choices: Iterable[Choice],
    cut_reason: str,
    tie_reasons: Mapping[int, str] | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Panel:
    """Freeze the ranking and put the chosen cases on the recommended list, the others off it with their reasons, in one act.

    ``tie_reasons`` gives, by place, the written decision for equal cases of which only some are chosen. Raises Blocked while a
    sheet is missing or open, ValidationError by field (``reason-<uuid>``, ``tie-<place>``, ``cut_reason``).
    """
    chosen = {str(choice.application): choice for choice in choices}
    with engine.act(actor=actor, key=key) as act:
        panel, cases = lock_all(act, panel, version)
        present = panels.present(cases)
        ranked = ranking.compute(panel, cases)
        if panels.all_in(panel, cases):
            _check(panel, ranked, chosen, cut_reason, tie_reasons or {})
            _freeze(panel, ranked, chosen, cut_reason, tie_reasons or {})
        act.take(panel, "conclude", reason=cut_reason, data={"ranking": chain.digest(panel.ranking)})
        for entry in ranked:
            _close(act, panel, entry, chosen[str(entry.case.application.uuid)])
        void_gone(act, [case for case in cases if case not in present])
    return panel


def _freeze(
    panel: Panel, ranked: list[Ranked], chosen: dict[str, Choice], cut_reason: str, ties: Mapping[int, str]
) -> None:
    taken = {key: (choice.selected, choice.reason.strip()) for key, choice in chosen.items()}
    panel.ranking = ranking.frozen(panel, ranked, taken) | {
        "cut_reason": cut_reason.strip(),
        "ties": {str(place): reason.strip() for place, reason in sorted(ties.items()) if reason.strip()},
    }
    panel.cut_reason = cut_reason.strip()


def _close(act: engine.Act, panel: Panel, entry: Ranked, choice: Choice) -> None:
    case: PanelCase = entry.case
    case.mean, case.rank = entry.mean, entry.place.place
    case.shortlisted, case.reason = choice.selected, choice.reason.strip()
    case.save(update_fields=["mean", "rank", "shortlisted", "reason"])
    for sheet in panels.live(case):
        grants.end_scoring(sheet.expert, case.application)
    data = {"panel": str(panel.uuid), "ranking": chain.digest(panel.ranking)}
    if choice.selected:
        act.take(case.application, "shortlist", data=data)
    else:
        act.take(case.application, "not_shortlist", reason=case.reason, data=data)


def _check(
    panel: Panel, ranked: list[Ranked], chosen: dict[str, Choice], cut_reason: str, ties: Mapping[int, str]
) -> None:
    problems: dict[str, str] = {}
    if not cut_reason.strip():
        problems["cut_reason"] = "请写明择优理由，例如入选数量和分数线。"
    for entry in ranked:
        if problem := _fault(panel, entry, chosen.get(str(entry.case.application.uuid))):
            problems[f"reason-{entry.case.application.uuid}"] = problem
    for place in split_ties(ranked, {key for key, choice in chosen.items() if choice.selected}):
        if not ties.get(place, "").strip():
            problems[f"tie-{place}"] = f"第{place}名同分，公布的规则不能区分，请写明取舍的书面决定。"
    if problems:
        raise ValidationError(problems)


def _fault(panel: Panel, entry: Ranked, choice: Choice | None) -> str:
    if choice is None:
        return "请确定是否列入推荐认定名单。"
    if not choice.selected:
        return "" if choice.reason.strip() else "未列入的申报须写明理由，理由将告知申报单位。"
    unmet = list(assessment.unmet(entry.case.application))
    if unmet:
        return f"第七条、第八条条件不能以得分弥补：{unmet[0]}"
    floor = panel.call.parameters.recommendation_floor
    if entry.place.mean < floor and not choice.reason.strip():
        return f"平均分低于{floor}分，列入须书面说明理由。"
    return ""


def split_ties(ranked: Iterable[Ranked], selected: set[str]) -> list[int]:
    """The places whose equal cases are not all treated alike."""
    places = {entry.place.place: entry.place for entry in ranked if entry.place.is_tie}
    return [number for number, place in sorted(places.items()) if 0 < len(selected & set(place.keys)) < len(place.keys)]
