"""Plaques (Art. 15): the city issues, the platform signs for its own or reports it lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import roles
from accounts.models import APPLICANT_ROLES, Role
from lifecycle import engine
from lifecycle.acting import place
from lifecycle.forms import submitted
from lifecycle.states import STATES
from registry.selectors import plaques_visible_to
from review.forms.plaques import IssueForm, LossForm, ReceiveForm
from review.services import plaques as services
from timekeeping import clock

PAGE = 50


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Plaques by state; those not issued yet can be issued together."""
    return _list(request, IssueForm(initial={"issued_on": clock.today()}))


@roles(Role.CITY_OFFICER)
@require_POST
def issue_many(request: HttpRequest) -> HttpResponse:
    """Issue the chosen plaques; the page says of each what became of it."""
    form = IssueForm(request.POST)
    visible = plaques_visible_to(request.actor)
    chosen = list(visible.filter(uuid__in=_uuids(request.POST.getlist("plaque"))).order_by("year", "sequence"))
    if form.is_valid() and not chosen:
        form.add_error(None, "请至少选择一块牌匾。")
    if not form.is_valid():
        return _list(request, form, status=422)
    results = services.issue_many(actor=request.actor, plaques=chosen, issued_on=form.cleaned_data["issued_on"])
    done = [result for result in results if not result.problem]
    return render(request, "review/plaques_issued.html", {"results": results, "done": len(done)})


@roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _step(request, uuid, "issue", IssueForm, services.issue, "牌匾已登记为颁发，请示范平台签收。")


@roles(*APPLICANT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _step(request, uuid, "receive", ReceiveForm, services.receive, "已签收。请妥善保管牌匾。")


@roles(*APPLICANT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def report_lost(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _step(request, uuid, "report_lost", LossForm, services.report_lost, "已报告遗失，市局将与您联系。")


def _step(
    request: HttpRequest, uuid: UUID, name: str, form_class: type[forms.Form], service: Callable[..., Any], done: str
) -> HttpResponse:
    """The page of one step on one plaque: what it does, its form, and why it cannot be taken when it cannot."""
    plaque = get_object_or_404(plaques_visible_to(request.actor), uuid=uuid)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service(actor=request.actor, plaque=plaque, **form.cleaned_data, **submitted(request).kwargs())
        except ValidationError as wrong:
            place(form, wrong)
        else:
            messages.success(request, done)
            return redirect(plaque)
    blockers = engine.blockers(plaque, name, request.actor)
    context = {"plaque": plaque, "form": form, "step": name, "blockers": blockers}
    return render(request, "review/plaque_step.html", context, status=422 if form.errors else 200)


def _list(request: HttpRequest, form: IssueForm, status: int = 200) -> HttpResponse:
    visible = plaques_visible_to(request.actor)
    counts = dict(visible.order_by().values_list("state").annotate(number=Count("pk")))
    state = request.GET.get("state", "allotted")
    state = state if state in STATES["plaque"] else "allotted"
    tabs = [
        {"label": s.label, "url": f"?state={key}", "count": counts.get(key, 0), "active": key == state}
        for key, s in STATES["plaque"].items()
    ]
    page = Paginator(visible.filter(state=state), PAGE).get_page(request.GET.get("page"))
    context = {"tabs": tabs, "state": state, "page": page, "form": form, "chosen": request.POST.getlist("plaque")}
    return render(request, "review/plaques.html", context, status=status)


def _uuids(values: list[str]) -> list[UUID]:
    """The values that are UUIDs; anything else chose nothing."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
