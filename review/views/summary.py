"""附件2 推荐汇总表: the sheets, one of them with what comes next, its prints, its scan, forwarding."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.actors import Actor
from accounts.models import Role
from files import intake
from files.forms import refusal_status
from files.purposes import Purpose
from files.serving import serve
from lifecycle import deadlines, engine, story
from lifecycle.acting import place
from lifecycle.forms import submitted
from review.documents import attachment2
from review.forms.summary import ForwardForm, ScanForm
from review.models import SummarySheet
from review.selectors import summaries as sheets
from review.selectors.summary import COLUMNS
from review.services import district as services
from review.views import desk
from timekeeping import clock

# What the page shows of each row; workbook and print hold every column.
SHOWN = (
    "platform", "functions", "satisfaction", "basic", "operation", "performance", "opinion", "order", "contact", "remarks",
)  # fmt: skip
READERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)


@access.roles(*READERS)
@require_GET
def summaries(request: HttpRequest) -> HttpResponse:
    """Every 附件2 the actor may see, newest call first."""
    return render(request, "review/summaries.html", {"sheets": sheets.counted(request.actor)})


@access.roles(*READERS)
@require_GET
def summary(request: HttpRequest, uuid: str) -> HttpResponse:
    """The rows of one sheet; for its district what is to be done with them until it is forwarded."""
    sheet = found(request, uuid)
    lines, mark = sheets.lines(sheet), sheet.fingerprint or sheets.fingerprint(sheet, sheets.rows_of(sheet))
    context = {
        "sheet": sheet,
        "fingerprint": mark,
        "scan_outdated": sheet.scan is not None and sheet.scan_fingerprint != mark,
        "due": deadlines.due(sheet),
        "count": len(lines),
        "taken_back": sum(bool(line.since) for line in lines),
        "columns": [{"label": column.label, "num": column.num} for column in COLUMNS if column.key in SHOWN],
        "caption": f"按推荐顺序排列。本表不公开；全部{len(COLUMNS) + 1}列见 Excel 和 PDF",
        "rows": [_cells(line) for line in lines],
        "may_edit": may_edit(request.actor, sheet),
        **_late(sheet),
        "blockers": engine.blockers(sheet, "forward", request.actor),
        "events": desk.events(story.of(sheet)),
    }
    return render(request, "review/summary.html", context)


def _late(sheet: SummarySheet) -> dict[str, Any]:
    """What is too late to be forwarded, and how many are not."""
    made = sheets.standing(sheet) if sheet.state == "open" else []
    late = sheets.late(made, clock.now())
    return {"late": late, "in_time": len(made) - len(late)}


def _cells(line: sheets.Line) -> list[Any]:
    url = reverse("review:workbench", args=[line.made.application.uuid])
    shown = {column.key: cell for column, cell in zip(COLUMNS, line.cells, strict=True)}
    shown["platform"] = {"text": shown["platform"], "url": url, "note": line.since or shown["operator"]}
    return [shown[column.key] for column in COLUMNS if column.key in SHOWN]


def found(request: HttpRequest, uuid: str) -> SummarySheet:
    """The sheet, if the actor may see it. Raises Http404."""
    sheet: SummarySheet = get_object_or_404(sheets.visible_to(request.actor), uuid=uuid)
    return sheet


def may_edit(actor: Actor, sheet: SummarySheet) -> bool:
    """Whether the actor's district may still change the sheet."""
    return actor.role == Role.DISTRICT_OFFICER and sheet.state == "open"


@access.roles(*READERS)
@require_GET
def summary_pdf(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """附件2 as PDF."""
    return serve(attachment2.as_pdf(found(request, uuid)).file, inline=True)


@access.roles(*READERS)
@require_GET
def summary_xlsx(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """附件2 as workbook."""
    return serve(attachment2.as_workbook(found(request, uuid)).file)


@access.roles(*READERS)
@require_GET
def scan(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The sealed scan."""
    sheet = found(request, uuid)
    if sheet.scan is None:
        raise Http404
    return serve(sheet.scan, inline=True)


@access.roles(Role.DISTRICT_OFFICER)
def keep_scan(request: HttpRequest, uuid: str) -> HttpResponse:
    """Upload the sealed scan of the rows as they were printed."""
    sheet = found(request, uuid)
    mark = sheets.fingerprint(sheet, sheets.rows_of(sheet))
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ScanForm(*given, initial={"fingerprint": mark})
    if request.method == "POST" and form.is_valid():
        file = intake.receive(form.cleaned_data["scan"], purpose=Purpose.SIGNED, uploaded_by=request.actor.user)
        services.keep_scan(
            actor=request.actor, sheet=sheet, file=file, fingerprint=form.cleaned_data["fingerprint"],
            key=submitted(request).key,
        )  # fmt: skip
        messages.success(request, "盖章扫描件已上传。请填写推荐函文号，报送市局。")
        return redirect(sheet)
    context = {"form": form, "sheet": sheet, "fingerprint": mark}
    status = refusal_status(form) if form.errors else 200
    return render(request, "review/signed_summary.html", context, status=status)


@access.roles(Role.DISTRICT_OFFICER)
def forward(request: HttpRequest, uuid: str) -> HttpResponse:
    """Forward the sheet to the city: look again, give the letter's number, confirm."""
    sheet = found(request, uuid)
    form = ForwardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.forward(
                actor=request.actor, sheet=sheet, letter_number=form.cleaned_data["letter_number"],
                received_at=request.received_at, **submitted(request).kwargs(),
            )  # fmt: skip
        except ValidationError as error:
            place(form, error)
        else:
            messages.success(request, f"{sheet}已报送市局，市局会收到通知。")
            return redirect(sheet)
    context = {
        "form": form,
        "sheet": sheet,
        "due": deadlines.due(sheet),
        "made": sheets.standing(sheet),
        "blockers": engine.blockers(sheet, "forward", request.actor),
    }
    return render(request, "review/summary_forward.html", context, status=422 if form.errors else 200)
