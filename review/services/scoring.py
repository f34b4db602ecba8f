"""Scoring: interests first, then one sheet per case; drafts never count, locked sheets are immutable (Art. 12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from lifecycle import authority, engine
from lifecycle.errors import NotAllowed, Stale, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.steps import step_of
from review import grants
from review.models import Score, ScoreSheet
from review.selectors import ranking, scoring
from review.services.reasons import required
from timekeeping import clock


@dataclass(frozen=True)
class Entries:
    """What stands on a sheet: points by rubric item (None where still open), notes by item, and the opinion."""

    points: Mapping[str, Decimal | None]
    notes: Mapping[str, str] = field(default_factory=dict)
    opinion: str = ""


def declare_clear(
    *, actor: Actor, sheet: ScoreSheet, key: FormKey | None = None, version: int | None = None
) -> ScoreSheet:
    """The expert declares no interest in the case, and its dossier opens. Blocked when the system knows of a certain conflict."""
    with engine.act(actor=actor, key=key) as act:
        [sheet] = act.lock((sheet, version))
        sheet.declared_at = clock.now()
        act.take(sheet, "declare_clear")
        grants.let_score(sheet.expert, sheet.case.application)
    return sheet


def recuse(
    *, actor: Actor, sheet: ScoreSheet, reason: str, key: FormKey | None = None, version: int | None = None
) -> ScoreSheet:
    """The expert steps aside, before or during scoring; the dossier closes and the case waits for another expert."""
    with engine.act(actor=actor, key=key) as act:
        [sheet] = act.lock((sheet, version))
        sheet.conflict = required(reason, "reason", "请写明回避原因，例如所在单位与申报单位有合作。")
        act.take(sheet, "recuse", reason=sheet.conflict)
        grants.end_scoring(sheet.expert, sheet.case.application)
    return sheet


def save_draft(*, actor: Actor, sheet: ScoreSheet, entries: Entries, revision: int | None = None) -> ScoreSheet:
    """Keep what has been typed so far; nobody counts it. Stale when another page saved after ``revision``.

    Raises ValidationError by field (``points-<item>``) for points outside the rubric.
    """
    with engine.act(actor=actor) as act:
        [sheet] = act.lock(sheet)
        _may_write(actor, sheet)
        _write(sheet, entries, revision)
        sheet.save(update_fields=["opinion", "revision"])
    return sheet


def lock(
    *,
    actor: Actor,
    sheet: ScoreSheet,
    entries: Entries | None = None,
    revision: int | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> ScoreSheet:
    """Save ``entries`` and submit the sheet for good. Raises ValidationError by field while an item or the opinion is missing."""
    with engine.act(actor=actor, key=key) as act:
        _, sheet = act.lock(sheet.case.panel, (sheet, version))
        _may_write(actor, sheet)
        if entries is not None:
            _write(sheet, entries, revision)
        scores = scoring.points_of([sheet])[sheet.pk]
        rubric = ranking.rubric_of(sheet.case.panel)
        problems = {f"points-{item}": words for item, words in rubric.check(scores).items()}
        if not sheet.opinion.strip():
            problems["opinion"] = "请填写评审意见。"
        if problems:
            raise ValidationError(problems)
        sheet.total, sheet.locked_at = rubric.total(scores), clock.now()
        act.take(sheet, "lock", data={"seal": scoring.seal(sheet)})
    return sheet


def reopen(
    *, actor: Actor, sheet: ScoreSheet, reason: str, key: FormKey | None = None, version: int | None = None
) -> ScoreSheet:
    """The city lets the expert work on a locked sheet again, with a reason; the former seal stays in the record."""
    with engine.act(actor=actor, key=key) as act:
        _, sheet = act.lock(sheet.case.panel, (sheet, version))
        reason = required(reason, "reason", "请写明退回重评的理由。")
        sheet.total, sheet.locked_at = None, None
        act.take(sheet, "reopen", reason=reason)
    return sheet


def void(
    *, actor: Actor, sheet: ScoreSheet, reason: str, key: FormKey | None = None, version: int | None = None
) -> ScoreSheet:
    """The city voids a sheet, for example for a conflict found late: it stays on record and no longer counts."""
    with engine.act(actor=actor, key=key) as act:
        _, sheet = act.lock(sheet.case.panel, (sheet, version))
        sheet.conflict = required(reason, "reason", "请写明作废的理由，例如事后发现的利益关系。")
        act.take(sheet, "void", reason=sheet.conflict, data={"application": str(sheet.case.application.uuid)})
        grants.end_scoring(sheet.expert, sheet.case.application)
    return sheet


def _may_write(actor: Actor, sheet: ScoreSheet) -> None:
    if not authority.may(actor, step_of("score_sheet", "lock"), sheet):
        raise NotAllowed("只有被分派的专家本人可以评分。")
    if sheet.state == "recused":
        raise NotAllowed("您已申请回避，不能评分。")
    if sheet.state != "scoring":
        raise WrongStage(engine.last_word(sheet))


def _write(sheet: ScoreSheet, entries: Entries, revision: int | None) -> None:
    if revision is not None and revision != sheet.revision:
        raise Stale("这张评分表已在另一个页面保存过。请刷新页面，核对最新内容后再保存。")
    given = {item: points for item, points in entries.points.items() if points is not None}
    wrong = ranking.rubric_of(sheet.case.panel).check(given)
    wrong = {f"points-{item}": words for item, words in wrong.items() if item in given}
    if wrong:
        raise ValidationError(wrong)
    Score.objects.bulk_create(
        [
            Score(sheet=sheet, item=item, points=points, note=entries.notes.get(item, "").strip())
            for item, points in entries.points.items()
        ],
        update_conflicts=True,
        unique_fields=["sheet", "item"],
        update_fields=["points", "note", "saved_at"],
    )
    sheet.opinion = entries.opinion.strip()
    sheet.revision += 1
