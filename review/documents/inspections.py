"""Papers of the on-site inspection (Art. 13): the checklist to take along, and the written opinion."""

from typing import Any

from files import pdf
from files.models import IssuedDocument
from review.inspection_items import ITEMS, declared
from review.models import Inspection
from review.selectors import dossier
from review.selectors.inspections import lines
from timekeeping import clock

OPINION = "inspection_opinion"


def checklist(inspection: Inspection) -> bytes:
    """现场核查表 as PDF, with what was declared and blanks to fill in by hand."""
    content = dossier.content_of(inspection.application)
    items = [{"item": item, "declared": declared(item, content)} for item in ITEMS]
    context = {**_head(inspection), "items": items}
    return pdf.render("documents/review/inspection_checklist.html", context, title="现场核查表")


def opinion(inspection: Inspection) -> IssuedDocument:
    """现场核查意见, issued once from the concluded inspection. LookupError before it is concluded."""
    if inspection.state != "concluded":
        raise LookupError("the inspection is not concluded")
    rows = [
        {
            "label": line.wanted.label,
            "result": line.answer.get_result_display() if line.answer else "--",
            "note": line.answer.note if line.answer else "",
            "unmet": bool(line.answer and line.answer.condition_unmet),
            "photos": len(line.photos),
        }
        for line in lines(inspection)
    ]
    context = {
        **_head(inspection),
        "rows": rows,
        "question": inspection.question,
        "clarification": inspection.clarification,
        "conclusion": inspection.get_conclusion_display(),
        "opinion": inspection.opinion,
        "inspector_signature": inspection.inspector_signature,
        "applicant_signature": inspection.applicant_signature,
        "signed_on": _day(inspection.concluded_at),
    }
    return pdf.issue(
        kind=OPINION,
        subject_type=inspection.SUBJECT,
        subject_id=inspection.uuid,
        template="documents/review/inspection_opinion.html",
        context=context,
        title="现场核查意见",
    )


def _head(inspection: Inspection) -> dict[str, Any]:
    application = inspection.application
    people = [(i.user.name, i.is_lead) for i in inspection.inspectors.select_related("user").order_by("-is_lead", "pk")]
    return {
        "platform": application.platform_name,
        "organisation": application.organisation.name,
        "receipt_number": application.receipt_number or "--",
        "visit_on": f"{inspection.visit_on.year}年{inspection.visit_on.month}月{inspection.visit_on.day}日",
        "place": inspection.place,
        "inspectors": "、".join(f"{name}（组长）" if lead else name for name, lead in people),
    }


def _day(moment: Any) -> str:
    local = moment.astimezone(clock.SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日"
