"""Rectification: ordered by the city, reported by the platform, rechecked by the city; district and auditor read (Art. 19)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import roles
from accounts.models import Role
from files.serving import serve
from lifecycle import deadlines, engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from supervision.documents import rectifications as documents
from supervision.forms.rectifications import OrderForm, RecheckForm, ReportForm, SendBackForm
from supervision.models import Rectification, RectificationFile
from supervision.selectors import evaluations, rectifications
from supervision.services import rectifications as services
from supervision.views.evaluations import APPLICANT, OFFICERS, PAGE, tabs
from timekeeping import clock
from timekeeping.dates import chinese_date

CITY = Role.CITY_OFFICER
STEP_URLS = {
    "report": "rectification_report", "send_back": "rectification_send_back", "pass_recheck": "rectification_pass",
    "find_failing": "rectification_fail",
}  # fmt: skip
PRIMARY = {"ordered": "report", "reported": "pass_recheck"}


@roles(*APPLICANT, *OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The rectifications the person may see, newest first."""
    page = Paginator(rectifications.listed(request.actor), PAGE).get_page(request.GET.get("page"))
    due = deadlines.dues(page.object_list)
    rows = [(one, next(iter(due[one.SUBJECT, one.pk]), None)) for one in page.object_list]
    context = {"page": page, "rows": rows, "tabs": tabs(request, "rectifications")}
    return render(request, "supervision/rectifications/list.html", context)


@roles(CITY)
def order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Order rectification from a failed evaluation."""
    found = get_object_or_404(evaluations.visible_to(request.actor), uuid=uuid)
    failing = [(f.criterion, found.criteria_set.label_of(f.criterion), f.text) for f in services.wanting(found)]
    first = services.earliest_due()
    form = OrderForm(
        request.POST or None, failing=failing, earliest=chinese_date(first),
        initial={"due_on": first, "grounds": found.conclusion},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, services.order, actor=request.actor, evaluation=found, **form.given(), **submitted(request).kwargs()
        )
        if made:
            messages.success(request, f"已责令限期整改，编号 {made.number}，并告知示范平台和县(市)区主管部门。")
            return redirect(made)
    proposed = services.proposed(actor=request.actor, evaluation=found)
    context = {
        "evaluation": found,
        "form": form,
        "blockers": engine.blockers(proposed, "order", request.actor),
        "crumbs": [("测评整改", reverse("supervision:evaluations")), (found.heading, found.get_absolute_url())],
    }
    return render(request, "supervision/rectifications/order.html", context, status=status_of(form))


@roles(*APPLICANT, *OFFICERS)
@require_safe
def rectification(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was ordered, reported and found."""
    found = _found(request, uuid)
    context = {
        "rectification": found,
        "items": found.items.all(),
        "reports": found.reports.select_related("filed_by").prefetch_related("files__file"),
        "due": deadlines.due(found),
        "options": engine.options(found, request.actor),
        "urls": {step: reverse(f"supervision:{name}", args=[found.uuid]) for step, name in STEP_URLS.items()},
        "primary": PRIMARY.get(found.state, ""),
        "crumbs": _crumbs(),
    }
    return render(request, "supervision/rectifications/rectification.html", context)


@roles(*APPLICANT)
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The platform reports what it has put right."""
    found = _found(request, uuid)
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, services.report, actor=request.actor, rectification=found, text=form.cleaned_data["text"],
            uploads=form.cleaned_data["files"], received_at=request.received_at, **submitted(request).kwargs(),
        )  # fmt: skip
        if made:
            messages.success(request, "整改报告已提交，市局将复查。")
            return redirect(found)
    return _form_page(request, found, "report", form, "提交后不能修改；市局复查期间，请继续保持整改成果。")


@roles(CITY)
def send_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Back to the platform with words."""
    return _step(request, uuid, "send_back", SendBackForm(request.POST or None), services.send_back, "退回后示范平台须重新提交整改报告。", "return")  # fmt: skip


@roles(CITY)
def pass_recheck(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """整改达标."""
    form = RecheckForm(request.POST or None, request.FILES or None, initial={"rechecked_on": clock.today()})
    return _step(
        request, uuid, "pass_recheck", form, services.pass_recheck, "整改办结，告知示范平台和县(市)区主管部门。"
    )


@roles(CITY)
def find_failing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """整改仍不达标."""
    form = RecheckForm(request.POST or None, request.FILES or None, initial={"rechecked_on": clock.today()})
    effect = "属于第十九条规定的取消称号的情形之一；是否启动取消程序由市局研究决定，此操作本身不影响称号。"
    return _step(request, uuid, "find_failing", form, services.find_failing, effect, "return")


def _step(
    request: HttpRequest, uuid: UUID, step: str, form: forms.Form, service: Callable[..., Any], effect: str, tone: str = "primary"
) -> HttpResponse:  # fmt: skip
    found = _found(request, uuid)
    if request.method == "POST" and form.is_valid():
        typed = {"recheck": form.recheck()} if isinstance(form, RecheckForm) else form.cleaned_data
        if attempt(form, service, actor=request.actor, rectification=found, **typed, **submitted(request).kwargs()):
            messages.success(request, f"已办理“{step_of('rectification', step).label}”。")
            return redirect(found)
    return _form_page(request, found, step, form, effect, tone)


def _form_page(
    request: HttpRequest, found: Rectification, step: str, form: forms.Form, effect: str, tone: str = "primary"
) -> HttpResponse:
    context = {
        "subject": found,
        "rectification": found,
        "items": found.items.all(),
        "row": step_of("rectification", step),
        "form": form,
        "effect": effect,
        "tone": tone,
        "due": deadlines.due(found),
        "blockers": engine.blockers(found, step, request.actor),
        "crumbs": [*_crumbs(), (found.number, found.get_absolute_url())],
    }
    return render(request, "supervision/rectifications/step.html", context, status=status_of(form))


@roles(*APPLICANT, *OFFICERS)
@require_safe
def order_pdf(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """责令限期整改通知书."""
    return serve(documents.order(_found(request, uuid)).file, inline=True)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """One file of a report of the platform."""
    found = _found(request, uuid)
    kept = get_object_or_404(RectificationFile.objects.select_related("file"), uuid=file, report__rectification=found)
    return serve(kept.file, inline=True)


@roles(*OFFICERS)
@require_safe
def evidence(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The record of the recheck, for officers."""
    found = _found(request, uuid)
    if found.evidence is None:
        raise Http404
    return serve(found.evidence, inline=True)


def _found(request: HttpRequest, uuid: UUID) -> Rectification:
    return get_object_or_404(rectifications.visible_to(request.actor), uuid=uuid)


def _crumbs() -> list[tuple[str, str]]:
    return [("测评整改", reverse("supervision:evaluations")), ("限期整改", reverse("supervision:rectifications"))]
