"""What the pages of panels show: rows, lines per case, the concluded ranking."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from accounts.formats import deadline
from regulation.ranking import DecidedBy
from review import drawing, pictures
from review.models import Panel, PanelCase, ScoreSheet
from review.selectors import assessment, panels, ranking
from review.selectors.ranking import Ranked

INDEX_COLUMNS = (
    {"label": "专家组"},
    {"label": "状态"},
    {"label": "申报", "num": True},
    {"label": "已提交评分", "num": True},
    {"label": "声明截止"},
    {"label": "评分截止"},
)


@dataclass(frozen=True)
class CaseLine:
    """One case on the panel's page."""

    case: PanelCase
    present: bool
    lacking: int
    sheets: tuple[ScoreSheet, ...]
    replaceable: tuple[ScoreSheet, ...]
    assign_url: str


def index_rows(found: Iterable[Any]) -> list[list[Any]]:
    """The table of panels."""
    return [
        [
            {"text": panel.name, "url": panel.get_absolute_url(), "note": panel.call.title},
            {"text": panel.status.label, "tone": panel.status.tone},
            panel.case_count,
            f"{panel.locked_count} / {panel.sheet_count}",
            deadline(panel.declare_due_at),
            deadline(panel.score_due_at),
        ]
        for panel in found
    ]


def case_lines(panel: Panel, cases: Iterable[PanelCase]) -> list[CaseLine]:
    """Every case with its experts and what is missing."""
    listed = list(cases)
    before = panels.present(listed)
    enough = panel.call.parameters.experts_per_case
    lines = []
    for case in listed:
        sheets, live = tuple(case.sheets.all()), panels.live(case)
        lacking = max(0, enough - len(live)) if case in before and panel.state != "concluded" else 0
        gone = [sheet for sheet in sheets if sheet.state in ("recused", "voided")] if lacking else []
        url = reverse("review:panel_assign", args=[panel.uuid, case.application.uuid])
        lines.append(CaseLine(case, case in before, lacking, sheets, tuple(gone), url))
    return lines


def conditions(ranked: Iterable[Ranked]) -> dict[UUID, list[str]]:
    """What stands against each case under Art. 7 and 8, by application."""
    return {entry.case.application.uuid: list(assessment.unmet(entry.case.application)) for entry in ranked}


def concluded(panel: Panel, cases: list[PanelCase]) -> dict[str, Any]:
    """The kept ranking, and beside it what it would be without the sheets voided since."""
    by_uuid = {str(case.application.uuid): case for case in cases}
    voided = [str(s.uuid) for case in cases for s in case.sheets.all() if s.state == "voided"]
    kept = {sheet["sheet"] for row in panel.ranking["cases"] for sheet in row["sheets"]}
    late = [uuid for uuid in voided if uuid in kept]
    again = ranking.recomputed(panel, without=late) if late else {}
    rows = [
        {
            "case": by_uuid[row["application"]],
            "row": row,
            "totals": [sheet["total"] for sheet in row["sheets"]],
            "decided_by": DecidedBy(row["decided_by"]).label,
            "again": again.get(row["application"]),
        }
        for row in panel.ranking["cases"]
        if row["application"] in by_uuid
    ]
    floor = panel.call.parameters.recommendation_floor
    return {"ranking": rows, "late": late, "strip": pictures.kept_strip(rows, floor), "replays": _replays(panel)}


def _replays(panel: Panel) -> bool | None:
    return drawing.replay(panel.draw) if panel.draw else None


def uuids(texts: Iterable[str]) -> list[UUID]:
    """The texts that are UUIDs; others are not looked for."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
