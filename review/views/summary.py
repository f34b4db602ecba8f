"""附件2 推荐汇总表 of one district and call: on the page, as PDF and as workbook."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import District, Role
from applications.models import Call
from files import intake
from files.forms import refusal_status
from files.purposes import Purpose
from files.serving import serve
from review.documents import attachment2
from review.forms.district import SignedSummaryForm
from review.selectors import summary as rows
from review.services import district as desk

READERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)


@access.roles(*READERS)
@require_GET
def summaries(request: HttpRequest) -> HttpResponse:
    """Every 附件2 the actor may see, newest call first."""
    return render(request, "review/summaries.html", {"sheets": rows.sheets(request.actor)})


@access.roles(*READERS)
@require_GET
def summary(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The rows of one sheet, and where the signed scans go."""
    district, call, listed = _sheet(request, year, slug)
    context = {
        "district": district,
        "call": call,
        "listed": listed,
        "columns": [
            {"label": "序号"},
            *({"label": c.label, "num": c.num} for c in rows.COLUMNS),
            {"label": "推荐顺序"},
        ],
        "rows": rows.rows(listed),
        "may_upload": request.actor.role == Role.DISTRICT_OFFICER,
    }
    return render(request, "review/summary.html", context)


@access.roles(*READERS)
@require_GET
def summary_pdf(request: HttpRequest, year: int, slug: str) -> HttpResponseBase:
    """附件2 as PDF."""
    district, call, listed = _sheet(request, year, slug)
    return serve(attachment2.as_pdf(district, call, listed).file, inline=True)


@access.roles(*READERS)
@require_GET
def summary_xlsx(request: HttpRequest, year: int, slug: str) -> HttpResponseBase:
    """附件2 as workbook."""
    district, call, listed = _sheet(request, year, slug)
    return serve(attachment2.as_workbook(district, call, listed).file)


def _sheet(request: HttpRequest, year: int, slug: str) -> tuple[District, Call, list[Any]]:
    district, call = District.objects.filter(slug=slug).first(), Call.objects.filter(year=year).first()
    if district is None or call is None:
        raise Http404
    if request.actor.role == Role.DISTRICT_OFFICER and request.actor.district_id != district.pk:
        raise Http404
    return district, call, list(rows.in_force(district, call).select_related("application", "signed_scan"))


@access.roles(*READERS)
def signed_summary(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """Upload the signed scan of 附件2 for one recommendation, or read it."""
    made = get_object_or_404(rows.visible_to(request.actor).select_related("signed_scan"), uuid=uuid)
    if request.method != "POST" and "upload" not in request.GET:
        if made.signed_scan is None:
            raise Http404
        return serve(made.signed_scan, inline=True)
    form = SignedSummaryForm(
        request.POST if request.method == "POST" else None, request.FILES if request.method == "POST" else None
    )
    sheet = reverse("review:summary", args=[made.call.year, made.district.slug])
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["scan"]
        file = intake.receive(upload, purpose=Purpose.SIGNED, uploaded_by=request.actor.user)
        desk.keep_signed_summary(actor=request.actor, recommendation=made, file=file)
        messages.success(request, "附件2签章扫描件已上传。")
        return redirect(sheet)
    context = {"form": form, "made": made, "back_url": sheet}
    return render(request, "review/signed_summary.html", context, status=refusal_status(form) if form.errors else 200)
