"""Sections and attachments of a report: saved as typed, by hand or while typing; a stale page is answered with both texts."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import roles
from applications.forms.sections import SectionForm
from applications.schema import Section
from applications.views import autosave
from files.errors import Refused
from files.forms import refusal_status
from files.serving import serve
from lifecycle.errors import Refusal
from supervision.forms.reports import AttachmentForm
from supervision.models import AnnualReport, ReportAttachment, ReportSection
from supervision.reporting.checking import field_problems
from supervision.reporting.schema import BY_KEY, SECTIONS
from supervision.services import report_content as services
from supervision.services.report_content import StaleSection
from supervision.views.report_finding import APPLICANT, OFFICERS, common, report_or_404


@roles(*APPLICANT)
def section(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """One section to fill in, or to read when it is closed."""
    report = report_or_404(request, uuid)
    if key not in BY_KEY:
        raise Http404
    if request.method == "POST":
        return _save(request, report, BY_KEY[key])
    saved = report.sections.filter(key=key).select_related("saved_by").first()
    return _page(request, report, BY_KEY[key], saved)


def _save(request: HttpRequest, report: AnnualReport, spec: Section) -> HttpResponse:
    background = autosave.wanted(request)
    try:
        saved = services.save_section(
            actor=request.actor, report=report, key=spec.key, data=request.POST.dict(), revision=_revision(request)
        )
    except StaleSection as stale:
        return autosave.refused(stale) if background else _both(request, report, spec, stale)
    except Refusal as refusal:
        if background:
            return autosave.refused(refusal)
        raise
    except ValidationError as error:
        return JsonResponse({"message": "；".join(error.messages)}, status=422)
    if background:
        return JsonResponse({"revision": saved.revision, "message": autosave.said(saved.saved_at)})
    if request.POST.get("do") != "later" and field_problems(spec, saved.data):
        return _page(request, report, spec, saved, status=422)
    messages.success(request, f"“{spec.title}”已保存。")
    return redirect(report.get_absolute_url() if request.POST.get("do") == "later" else _following(report, spec))


def _page(
    request: HttpRequest, report: AnnualReport, spec: Section, saved: ReportSection | None, status: int = 200
) -> HttpResponse:
    data = saved.data if saved else {}
    context = {
        **common(request, report),
        "section": spec,
        "saved": saved,
        "form": SectionForm(spec, data, field_problems(spec, data)),
        "revision": saved.revision if saved else 0,
        "editable": services.may_edit(report),
        "closed": services.reason_closed(report),
        "facts": [(field.label, field.shown(data.get(field.key, ""))) for field in spec.fields if field.asked(data)],
        "number": SECTIONS.index(spec) + 1,
        "total": len(SECTIONS),
    }
    return render(request, "supervision/reports/section.html", context, status=status)


def _both(request: HttpRequest, report: AnnualReport, spec: Section, stale: StaleSection) -> HttpResponse:
    """409 with what the person typed beside what stands there now; nothing typed is lost."""
    theirs = stale.theirs.data
    rows = [(field, stale.yours[field.key], theirs.get(field.key, "")) for field in spec.fields]
    context = {
        **common(request, report),
        "section": spec,
        "stale": stale,
        "rows": [(field.key, yours) for field, yours, _ in rows],
        "changed": [(f.label, f.shown(yours), f.shown(other)) for f, yours, other in rows if yours != other],
    }
    return render(request, "supervision/reports/section_stale.html", context, status=409)


def _revision(request: HttpRequest) -> int:
    raw = request.POST.get("revision", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def _following(report: AnnualReport, spec: Section) -> str:
    """The next section, or the task list after the last one."""
    place = SECTIONS.index(spec) + 1
    if place == len(SECTIONS):
        return report.get_absolute_url()
    return reverse("supervision:report_section", args=[report.uuid, SECTIONS[place].key])


@roles(*APPLICANT)
def attachments(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The attached files, and the upload."""
    report = report_or_404(request, uuid)
    form = AttachmentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.attach(
                actor=request.actor, report=report, document=form.cleaned_data["document"], uploads=form.cleaned_data["files"],
                note=form.cleaned_data["note"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("files", refusal.message)
        else:
            messages.success(request, f"已上传 {len(added)} 个文件。")
            return redirect("supervision:report_attachments", uuid)
    context = {
        **common(request, report),
        "form": form,
        "files": [_line(one, services.may_edit(report)) for one in _present(report)],
        "editable": services.may_edit(report),
        "closed": services.reason_closed(report),
    }
    status = refusal_status(form) if form.errors else 200
    return render(request, "supervision/reports/attachments.html", context, status=status)


def _present(report: AnnualReport) -> list[ReportAttachment]:
    return list(report.attachments.filter(removed_at=None).select_related("file"))


def _line(one: ReportAttachment, editable: bool) -> dict[str, object]:
    """A file in the shape of ``ui/file.html``."""
    at, stored = reverse("supervision:report_file", args=[one.report.uuid, one.uuid]), one.file
    return {
        "name": stored.name,
        "size": stored.size,
        "note": f"{one.get_document_display()}　{one.note}".strip(),
        "url": at,
        "preview_url": f"{at}?inline=1" if stored.is_available else "",
        "status": "" if stored.is_available else stored.get_scan_status_display(),
        "tone": "wait",
        "remove_url": reverse("supervision:report_file_remove", args=[one.report.uuid, one.uuid]) if editable else "",
    }


@roles(*APPLICANT, *OFFICERS)
@require_safe
def file(request: HttpRequest, uuid: UUID, attachment: UUID) -> HttpResponseBase:
    """An attached file; officers get only those of the filed version."""
    report = report_or_404(request, uuid)
    found = get_object_or_404(report.attachments.select_related("file"), uuid=attachment)
    filed = report.current_version.content["attachments"] if report.current_version else []
    if not request.actor.is_applicant and str(found.uuid) not in {one["uuid"] for one in filed}:
        raise Http404
    return serve(found.file, inline="inline" in request.GET)


@roles(*APPLICANT)
def remove(request: HttpRequest, uuid: UUID, attachment: UUID) -> HttpResponse:
    """Ask, then take a file out."""
    report = report_or_404(request, uuid)
    found = get_object_or_404(report.attachments.select_related("file", "report"), uuid=attachment, removed_at=None)
    back = reverse("supervision:report_attachments", args=[uuid])
    if request.method == "POST":
        services.detach(actor=request.actor, attachment=found)
        messages.success(request, f"已移除“{found.file.name}”。")
        return redirect(back)
    context = {**common(request, report), "attachment": found, "back": back}
    return render(request, "supervision/reports/attachment_remove.html", context)
