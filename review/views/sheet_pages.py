"""What the pages of score sheets show."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accounts.actors import Actor
from accounts.formats import deadline
from applications import answering
from applications.models import Application
from lifecycle import deadlines, engine, story
from review.forms.scoring import SheetForm
from review.models import Score, ScoreSheet
from review.selectors import assessment, panels, ranking, scoring
from timekeeping import clock

COLUMNS = (
    {"label": "受理编号"},
    {"label": "平台"},
    {"label": "状态"},
    {"label": "期限"},
    {"label": "得分", "num": True},
)


def desk(sheets: Iterable[ScoreSheet]) -> dict[str, Any]:
    """The expert's list: what is open first, then what is done."""
    listed = list(sheets)
    todo = [sheet for sheet in listed if sheet.state in panels.OPEN and _running(sheet)]
    done = [sheet for sheet in listed if sheet not in todo]
    return {"columns": COLUMNS, "todo": [_row(s) for s in todo], "done": [_row(s) for s in done], "open": len(todo)}


def _running(sheet: ScoreSheet) -> bool:
    return sheet.case.panel.state != "concluded"


def _row(sheet: ScoreSheet) -> list[Any]:
    application = sheet.case.application
    due = sheet.declare_due_at if sheet.state == "assigned" else sheet.score_due_at
    waits = sheet.state in panels.OPEN
    note = f"应于{deadline(due)}前{'声明' if sheet.state == 'assigned' else '提交'}"
    late = waits and clock.now() >= due
    return [
        application.receipt_number or "--",
        {"text": application.platform_name, "url": None if sheet.state == "recused" else sheet.get_absolute_url()},
        {"text": sheet.status.label, "tone": sheet.status.tone},
        {"text": "已逾期", "tone": "bad", "note": note} if late else (note if waits else "--"),
        sheet.total if sheet.state == "locked" else None,
    ]


def form_of(sheet: ScoreSheet) -> SheetForm:
    """The sheet as it was last saved."""
    rubric = ranking.rubric_of(sheet.case.panel)
    initial: dict[str, Any] = {"opinion": sheet.opinion, "revision": sheet.revision}
    for item, points, note in Score.objects.filter(sheet=sheet).values_list("item", "points", "note"):
        initial[f"points-{item}"] = plain(points)
        initial[f"note-{item}"] = note
    return SheetForm(rubric=rubric, initial=initial)


def plain(points: Decimal | None) -> str:
    """Points as typed: 8.5, 12."""
    return "" if points is None else f"{points.normalize():f}"


def expert(sheet: ScoreSheet, form: SheetForm, actor: Actor) -> dict[str, Any]:
    """The page of one's own sheet."""
    application = sheet.case.application
    scores = scoring.points_of([sheet])[sheet.pk]
    return {
        "sheet": sheet,
        "application": application,
        "form": form,
        "total": sum(scores.values(), Decimal(0)),
        "scored": len(scores),
        "editable": sheet.state == "scoring",
        "due": deadlines.due(sheet),
        "conditions": conditions(application),
        "blockers": engine.blockers(sheet, "lock", actor) if sheet.state == "scoring" else [],
        "dossier_url": reverse("review:dossier", args=[sheet.uuid]) if _readable(sheet) else "",
        "outcome": _outcome(sheet),
        "following": scoring.next_of(sheet),
    }


def _readable(sheet: ScoreSheet) -> bool:
    return sheet.state in scoring.DOSSIER_OPEN and sheet.case.panel.state != "concluded"


def _outcome(sheet: ScoreSheet) -> dict[str, Any] | None:
    """What an expert learns when the panel has concluded: the mean and how many sheets it comes from, never whose."""
    if sheet.case.panel.state != "concluded" or sheet.case.mean is None:
        return None
    row = next(r for r in sheet.case.panel.ranking["cases"] if r["application"] == str(sheet.case.application.uuid))
    return {"mean": sheet.case.mean, "sheets": len(row["sheets"]), "shortlisted": sheet.case.shortlisted}


def conditions(application: Application) -> list[dict[str, Any]]:
    """Art. 7 and 8 beside the sheet: pass or fail, never made up for by points."""
    return answering.items(assessment.judge(application))


def officer(sheet: ScoreSheet, actor: Actor) -> dict[str, Any]:
    """The city's page of a sheet: how far it is, and its points only when every sheet of the panel is in."""
    panel = sheet.case.panel
    shown = panels.all_in(panel, panels.cases_of(panel)) and sheet.state in ("locked", "voided")
    rubric = ranking.rubric_of(panel)
    scores = {row.item: row for row in Score.objects.filter(sheet=sheet)} if shown else {}
    options = {option.row.name: option for option in engine.options(sheet, actor)}
    return {
        "sheet": sheet,
        "shown": shown,
        "rows": [(item, scores[item.key]) for item in rubric.items if item.key in scores],
        "due": deadlines.due(sheet),
        "options": options,
        "replaceable": sheet.state in ("recused", "voided") and panel.state != "concluded",
        "lines": story.of(sheet),
    }
