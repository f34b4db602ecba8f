"""附件2 edited as a workbook: brought in, compared cell by cell, taken over after confirmation."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import access
from accounts.models import Role
from files.errors import Refused
from files.forms import refusal_status
from lifecycle.errors import WrongStage
from lifecycle.forms import submitted
from review.forms.summary import WorkbookForm
from review.models import SummaryImport, SummarySheet
from review.selectors import summaries as sheets
from review.selectors.summary_differences import compare
from review.services import district as services
from review.services.district.forwarding import LOCKED
from review.views.summary import found, may_edit


@access.roles(Role.DISTRICT_OFFICER)
def upload(request: HttpRequest, uuid: str) -> HttpResponse:
    """Bring the edited workbook in; nothing is written by this."""
    sheet = found(request, uuid)
    _open(request, sheet)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WorkbookForm(*given)
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.upload(actor=request.actor, sheet=sheet, upload=form.cleaned_data["workbook"])
        except Refused as refusal:
            form.add_error("workbook", refusal.message)
        else:
            return redirect("review:summary_differences", uuid, taken.uuid)
    status = refusal_status(form) if form.errors else 200
    return render(request, "review/summary_import.html", {"form": form, "sheet": sheet}, status=status)


@access.roles(Role.DISTRICT_OFFICER)
def differences(request: HttpRequest, uuid: str, taken: str) -> HttpResponse:
    """Every cell that differs, which of them can be taken over and why not the others; then take the chosen ones over."""
    sheet = found(request, uuid)
    brought = get_object_or_404(SummaryImport.objects.select_related("file", "uploaded_by"), sheet=sheet, uuid=taken)
    _open(request, sheet)
    wrong: list[str] = []
    if request.method == "POST":
        brought.sheet = sheet
        chosen = request.POST.getlist("cell")
        try:
            services.revise(
                actor=request.actor, taken=brought, chosen=chosen, seen=request.POST.get("seen", ""),
                **submitted(request).kwargs(),
            )  # fmt: skip
        except ValidationError as error:
            wrong = error.messages
        else:
            messages.success(request, f"已写入{len(set(chosen))}处修改。已盖章的，请重新打印、盖章。")
            return redirect(sheet)
    rows = sheets.rows_of(sheet)
    comparison = compare(sheet, rows, brought.file)
    ticked = set(request.POST.getlist("cell")) if wrong else set()
    if not wrong and not comparison.outdated:
        ticked = {one.key for one in comparison.takeable}
    context = {
        "sheet": sheet,
        "brought": brought,
        "comparison": comparison,
        "ticked": ticked,
        "seen": sheets.fingerprint(sheet, rows),
        "errors": [(words, "cells") for words in wrong],
    }
    return render(request, "review/summary_differences.html", context, status=422 if wrong else 200)


def _open(request: HttpRequest, sheet: SummarySheet) -> None:
    if not may_edit(request.actor, sheet):
        raise WrongStage(LOCKED)
