"""What the pages of inspections show."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from accounts.actors import Actor
from accounts.formats import iso
from lifecycle import deadlines, engine, story
from review.inspection_items import BY_ITEM, ITEMS, KEYS
from review.models import Inspection, InspectionItem
from review.selectors import inspections

COLUMNS = (
    {"label": "核查日期"}, {"label": "平台"}, {"label": "状态"}, {"label": "核查组"}, {"label": "已核", "num": True}, {"label": "结论"},
)  # fmt: skip


def index_url() -> str:
    return reverse("review:inspections")


def rows(found: Iterable[Any]) -> list[list[Any]]:
    """The table of visits."""
    return [
        [
            iso(visit.visit_on),
            {"text": visit.application.platform_name, "url": visit.get_absolute_url(), "note": visit.place},
            {"text": visit.status.label, "tone": visit.status.tone},
            "、".join(i.user.name for i in sorted(visit.inspectors.all(), key=lambda i: not i.is_lead)),
            f"{visit.answered} / {len(ITEMS)}",
            visit.get_conclusion_display() or None,
        ]
        for visit in found
    ]


def group(inspection: Inspection, actor: Actor) -> dict[str, Any]:
    """The group's and the offices' page: the checklist as a task list, the buttons of the present state."""
    lines = inspections.lines(inspection)
    return {
        "inspection": inspection,
        "people": list(inspection.inspectors.select_related("user").order_by("-is_lead", "pk")),
        "lines": lines,
        "done": sum(line.done for line in lines),
        "tasks": [_task(inspection, line) for line in lines],
        "due": deadlines.due(inspection),
        "options": {option.row.name: option for option in engine.options(inspection, actor)},
        "decisions": {option.row.name: option for option in engine.options(inspection.application, actor)},
        "events": story.of(inspection),
        "next_open": first_open(inspection),
    }


def _task(inspection: Inspection, line: inspections.Line) -> dict[str, Any]:
    tones = {"consistent": "done", "inconsistent": "bad", "clarify": "warn"}
    answer = line.answer
    begun = inspection.state != "planned"
    return {
        "label": f"{line.wanted.number}. {line.wanted.label}",
        "url": reverse("review:inspection_item", args=[inspection.uuid, line.wanted.key]) if begun else "",
        "hint": answer.note if answer and answer.note else line.wanted.look_at,
        "tone": tones[answer.result] if answer else "todo",
        "status": answer.get_result_display() if answer else "未核查",
    }


def applicant(inspection: Inspection, actor: Actor) -> dict[str, Any]:
    """The applicant's page: when, where, what to have ready; and what must be explained."""
    return {
        "inspection": inspection,
        "people": [i.user.name for i in inspection.inspectors.select_related("user").order_by("-is_lead", "pk")],
        "items": ITEMS,
        "due": deadlines.due(inspection) if inspection.state == "clarifying" else None,
        "option": engine.option(inspection, "clarify", actor),
    }


def initial_of(answer: InspectionItem | None) -> dict[str, Any]:
    """The fields of a saved item."""
    if answer is None:
        return {"revision": 0}
    names = ("result", "note", "condition_unmet", "existed_at_closing", "revision")
    return {name: getattr(answer, name) for name in names}


def first_open(inspection: Inspection) -> str:
    """The first item without an answer, or the first of all."""
    answered = set(inspection.items.values_list("key", flat=True))
    return next((key for key in KEYS if key not in answered), KEYS[0])


def before(key: str) -> str:
    place = KEYS.index(key)
    return KEYS[place - 1] if place else ""


def after(key: str) -> str:
    place = KEYS.index(key) + 1
    return KEYS[place] if place < len(KEYS) else ""


def proposed_question(inspection: Inspection) -> str:
    """The unclear items with their notes, one a line."""
    unclear = inspection.items.filter(result=InspectionItem.Result.CLARIFY).order_by("pk")
    return "\n".join(f"{n}. {BY_ITEM[i.key].label}：{i.note}" for n, i in enumerate(unclear, 1))


def proposed_opinion(inspection: Inspection) -> dict[str, str]:
    """A draft of the opinion from the items; the group words it itself."""
    found = inspection.items.filter(result=InspectionItem.Result.INCONSISTENT).order_by("pk")
    lines = [f"{BY_ITEM[i.key].label}不一致：{i.note}" for i in found]
    people = inspection.inspectors.select_related("user").order_by("-is_lead", "pk")
    return {
        "opinion": "\n".join(lines) or "经现场核查，各项情况与申报材料一致。",
        "inspector_signature": "、".join(i.user.name for i in people),
    }


def pdf_answer(data: bytes, name: str) -> HttpResponse:
    """A PDF made for this request."""
    headers = {
        "Content-Disposition": content_disposition_header(False, name) or "inline",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(data, content_type="application/pdf", headers=headers)
