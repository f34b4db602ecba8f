"""Score sheets: whose are whose, what is on them, and the seal of a locked one (Art. 12)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Role
from lifecycle import chain
from lifecycle.models import StepRecord
from review.models import Score, ScoreSheet

DOSSIER_OPEN = ("scoring", "locked")


def visible_to(actor: Actor) -> QuerySet[ScoreSheet]:
    """An expert sees only the own sheets; city officers and auditors all; nobody else any."""
    found = ScoreSheet.objects.select_related(
        "case__panel__call", "case__application__organisation", "case__application__call", "expert"
    )
    if actor.role == Role.EXPERT:
        return found.filter(expert=actor.user_id)
    if actor.has(Role.CITY_OFFICER, Role.AUDITOR):
        return found
    return found.none()


def desk(actor: Actor) -> QuerySet[ScoreSheet]:
    """The expert's sheets, work to do first."""
    return visible_to(actor).order_by("case__panel__score_due_at", "case__application__receipt_number", "pk")


def next_of(sheet: ScoreSheet) -> ScoreSheet | None:
    """The expert's next sheet of the panel still to be worked on, after this one and then from the start; None when there is none."""
    open_ = ScoreSheet.objects.filter(
        expert=sheet.expert_id, case__panel=sheet.case.panel_id, state__in=("assigned", "scoring")
    ).exclude(pk=sheet.pk)
    after = open_.filter(pk__gt=sheet.pk).order_by("pk").first()
    return after or open_.order_by("pk").first()


def points_of(sheets: Iterable[ScoreSheet]) -> dict[int, dict[str, Decimal]]:
    """The points by sheet key and item; one query."""
    found: dict[int, dict[str, Decimal]] = {sheet.pk: {} for sheet in sheets}
    rows = Score.objects.filter(sheet__in=found, points__isnull=False)
    for pk, item, points in rows.values_list("sheet", "item", "points"):
        if points is not None:
            found[pk][item] = points
    return found


def seal(sheet: ScoreSheet) -> str:
    """The SHA-256 of everything on the sheet: points, notes and opinion. It stands in the record of the lock."""
    rows = Score.objects.filter(sheet=sheet).order_by("item").values_list("item", "points", "note")
    scores = {item: [None if points is None else f"{points:.2f}", note] for item, points, note in rows}
    return chain.digest({"sheet": str(sheet.uuid), "scores": scores, "opinion": sheet.opinion})


def tampered(sheets: Iterable[ScoreSheet]) -> Iterator[str]:
    """One line per locked sheet that is no longer what its expert submitted: compared with the record and its own points."""
    listed = list(sheets)
    points = points_of(listed)
    records = StepRecord.objects.filter(
        subject_type="score_sheet", step="lock", subject_id__in=[s.uuid for s in listed]
    )
    seals = {record.subject_id: record.data.get("seal") for record in records.order_by("sequence")}
    for sheet in listed:
        if sheet.total != sum(points[sheet.pk].values(), Decimal(0)):
            yield f"评分表 {sheet.uuid} 的总分与各项得分之和不符"
        if seal(sheet) != seals.get(sheet.uuid):
            yield f"评分表 {sheet.uuid} 的内容与提交时的记录不符"
