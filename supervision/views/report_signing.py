"""The signatory's page of a report, the way back from it, and the papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.access import roles
from files.forms import refusal_status
from files.serving import serve
from lifecycle import engine
from lifecycle.forms import submitted
from supervision.documents import reports as documents
from supervision.forms.reports import ReopenForm, ReportScanForm, SignReportForm
from supervision.models import AnnualReport, ReportVersion
from supervision.reporting import content, reading
from supervision.selectors import reports
from supervision.services import report_content
from supervision.services import reports as services
from supervision.views.report_finding import APPLICANT, OFFICERS, common, report_or_404

STEP_OF = {"awaiting_signature": "submit", "returned": "resubmit"}
SERVICES = {"submit": services.submit, "resubmit": services.resubmit}


@roles(*APPLICANT)
@sensitive_post_parameters("password")
def signature(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read and file; the filer reads the same page without the last form."""
    report = report_or_404(request, uuid)
    step = STEP_OF.get(report.state)
    if step is None:
        return redirect(report)
    if request.method != "POST":
        return render(request, "supervision/reports/signature.html", _page(request, report, step))
    form = SignReportForm(request, request.POST)
    if not form.is_valid():
        return render(request, "supervision/reports/signature.html", _page(request, report, step, form), status=422)
    version = SERVICES[step](
        actor=request.actor, report=report, fingerprint=form.cleaned_data["fingerprint"], received_at=request.received_at,
        **submitted(request).kwargs(),
    )  # fmt: skip
    messages.success(request, f"已报送，编号 {version.report.receipt_number}。请保存回执。")
    return redirect(version.report)


@roles(*APPLICANT)
@require_POST
def scan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take in the signed and sealed scan."""
    report = report_or_404(request, uuid)
    step = STEP_OF.get(report.state)
    if step is None:
        return redirect(report)
    form = ReportScanForm(request.POST, request.FILES)
    if form.is_valid():
        report_content.attach_scan(
            actor=request.actor, report=report, upload=form.cleaned_data["scan"],
            fingerprint=form.cleaned_data["fingerprint"],
        )  # fmt: skip
        messages.success(request, "签章扫描件已上传，与当前内容指纹对应。")
        return redirect("supervision:report_signature", uuid)
    page = _page(request, report, step, scan_form=form)
    return render(request, "supervision/reports/signature.html", page, status=refusal_status(form))


def _page(
    request: HttpRequest, report: AnnualReport, step: str, form: SignReportForm | None = None,
    scan_form: ReportScanForm | None = None,
) -> dict[str, Any]:  # fmt: skip
    whole = content.content_of(report)
    fingerprint = content.fingerprint(whole)
    option = engine.option(report, step, request.actor)
    bound = content.scan_of(report, fingerprint)
    return {
        **common(request, report),
        "step": step,
        "option": option,
        "blockers": option.blockers if option else (),
        "form": form or SignReportForm(request, initial={"fingerprint": fingerprint}),
        "scan_form": scan_form or ReportScanForm(initial={"fingerprint": fingerprint}),
        "forms": [scan_form] if scan_form else [],
        "fingerprint": fingerprint,
        "number": report.versions.count() + 1,
        "sections": reading.sections(whole),
        "figures": reading.compared(whole),
        "tables": reading.tables(whole),
        "files": reading.attachments(whole),
        "scan": bound,
        "scan_outdated": bound is None and report.signed_scans.exists(),
        "standing": reports.standing_of([report.title], report.year).get(report.title_id),
    }


@roles(*APPLICANT)
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the draft back for editing."""
    report = report_or_404(request, uuid)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.reopen(
            actor=request.actor, report=report, reason=form.cleaned_data["reason"], **submitted(request).kwargs()
        )
        messages.success(request, "已退回修改。修改后请重新送签字人确认。")
        return redirect(report)
    context = {
        **common(request, report),
        "form": form,
        "heading": "退回修改",
        "effect": "退回后可以继续修改；已上传的签章扫描件对应修改前的内容，不再使用。",
        "label": "退回修改",
        "tone": "return",
        "blockers": engine.blockers(report, "reopen", request.actor),
    }
    return render(request, "supervision/reports/step.html", context, status=422 if form.errors else 200)


@roles(*APPLICANT)
@require_safe
def draft_pdf(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The report of the content as it stands."""
    return serve(documents.report_to_sign(report_or_404(request, uuid)).file, inline=True)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def version_pdf(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """The report of a filed version."""
    return serve(documents.annual_report(_version(request, uuid, number)).file, inline=True)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def receipt_pdf(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """The receipt of one filing."""
    return serve(documents.receipt(_version(request, uuid, number)).file, inline=True)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def signed_scan(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The signed scan of the filed version."""
    report = report_or_404(request, uuid)
    version = report.current_version
    found = content.scan_of(report, version.fingerprint) if version else None
    if found is None:
        raise Http404
    return serve(found.file, inline=True)


def _version(request: HttpRequest, uuid: UUID, number: int) -> ReportVersion:
    found: ReportVersion = get_object_or_404(report_or_404(request, uuid).versions, number=number)
    return found
