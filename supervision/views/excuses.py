"""Excuses: the platform tells, the city judges, district and auditor read."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.access import roles
from accounts.models import Role
from files.serving import serve
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from supervision.forms.reports import AcceptExcuseForm, ExcuseForm, RefuseExcuseForm
from supervision.selectors import reports
from supervision.services import excuses as services
from supervision.views.report_finding import APPLICANT, OFFICERS, crumbs, title_or_404
from supervision.views.report_pages import EARLIEST

PAGE = 50


@roles(*APPLICANT)
def file(request: HttpRequest, title: UUID, year: int) -> HttpResponse:
    """Tell why the report on a year does not come in time."""
    found = title_or_404(request, title)
    if not EARLIEST <= year <= reports.newest_year() + 1:
        raise Http404
    form = ExcuseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.actor, "title": found, "year": year, "key": submitted(request).key}
        made = attempt(form, services.file, **given, **form.cleaned_data)
        if made:
            messages.success(request, "说明已提交市局审定，并告知县区主管部门。年度报告仍应尽快报送。")
            return redirect(made)
    proposed = services.proposed(actor=request.actor, title=found, year=year)
    context = {
        "title": found,
        "year": year,
        "form": form,
        "standing": reports.standing_of([found], year).get(found.pk),
        "blockers": engine.blockers(proposed, "file", request.actor),
        "crumbs": crumbs(request),
    }
    return render(request, "supervision/excuses/file.html", context, status=status_of(form))


@roles(*APPLICANT, *OFFICERS)
@require_safe
def excuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One excuse and what became of it."""
    found = get_object_or_404(reports.excuses_visible_to(request.actor), uuid=uuid)
    context = {
        "excuse": found,
        "standing": reports.standing_of([found.title], found.year).get(found.title_id),
        "accept": AcceptExcuseForm(prefix="accept"),
        "refuse": RefuseExcuseForm(prefix="refuse"),
        "options": {option.row.name for option in engine.options(found, request.actor)},
        "crumbs": crumbs(request),
    }
    return render(request, "supervision/excuses/excuse.html", context)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def evidence(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The file that goes with an excuse."""
    found = get_object_or_404(reports.excuses_visible_to(request.actor), uuid=uuid)
    if found.evidence is None:
        raise Http404
    return serve(found.evidence, inline=True)


@roles(Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every excuse the person may see, the open ones first."""
    found = reports.excuses_visible_to(request.actor).order_by("-year", "-pk")
    waiting = found.filter(state="filed")
    page = Paginator(found.exclude(state="filed"), PAGE).get_page(request.GET.get("page"))
    return render(request, "supervision/excuses/list.html", {"waiting": waiting, "page": page})


@roles(Role.CITY_OFFICER)
def accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """认可."""
    return _judge(request, uuid, "accept", AcceptExcuseForm, "已认可，并告知示范平台。")


@roles(Role.CITY_OFFICER)
def refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """不予认可."""
    return _judge(request, uuid, "refuse", RefuseExcuseForm, "已作出不予认可的审定，并告知示范平台。")


def _judge(request: HttpRequest, uuid: UUID, step: str, form_class: type[forms.Form], done: str) -> HttpResponse:
    found = get_object_or_404(reports.excuses_visible_to(request.actor), uuid=uuid)
    form = form_class(request.POST or None)
    service = {"accept": services.accept, "refuse": services.refuse}[step]
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.actor, "excuse": found, **submitted(request).kwargs()}
        if attempt(form, service, **given, **form.cleaned_data):
            messages.success(request, done)
            return redirect(found)
    context = {
        "excuse": found,
        "form": form,
        "step": step,
        "standing": reports.standing_of([found.title], found.year).get(found.title_id),
        "blockers": engine.blockers(found, step, request.actor),
        "crumbs": [*crumbs(request), ("未按期报送说明", found.get_absolute_url())],
    }
    return render(request, "supervision/excuses/judge.html", context, status=status_of(form))
