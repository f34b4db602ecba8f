"""How a title ends without a sanction: the city notes that the operator is gone, the signatory gives the title up (default)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import roles
from accounts.models import Role
from files import intake
from files.purposes import Purpose
from files.serving import serve
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from registry import selectors
from registry.forms.endings import DissolveForm, RenounceForm
from registry.models import Title
from registry.services import titles as services


@roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def dissolve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The operator was deregistered: its title ends with it."""
    title, form = _visible(request, uuid), DissolveForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, _dissolve, request=request, title=title, says=form)
    ):
        messages.success(request, "已登记运营单位终止，称号随之终止。")
        return redirect(title)
    return _page(request, title, "dissolve", form)


@roles(Role.SIGNATORY)
@require_http_methods(["GET", "HEAD", "POST"])
def renounce(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The platform gives its title up."""
    title, form = _visible(request, uuid), RenounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"reason": form.cleaned_data["reason"], **submitted(request).kwargs()}
        if attempt(form, services.renounce, actor=request.actor, title=title, **given):
            messages.success(request, "已放弃称号，自今日起生效，市局和县(市)区主管部门已收到通知。")
            return redirect(title)
    return _page(request, title, "renounce", form)


@roles(Role.CITY_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR, Role.FILER, Role.SIGNATORY)
@require_safe
def evidence(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The proof that the operator was deregistered."""
    title = _visible(request, uuid)
    if title.ended_evidence is None:
        raise Http404
    return serve(title.ended_evidence, inline=True)


def _dissolve(*, request: HttpRequest, title: Title, says: DissolveForm) -> Title:
    given = says.cleaned_data
    kept = intake.receive(given["evidence"], purpose=Purpose.EVIDENCE, uploaded_by=request.actor.person)
    return services.dissolve(
        actor=request.actor, title=title, ended_on=given["ended_on"], evidence=kept, reason=given["reason"],
        **submitted(request).kwargs(),
    )  # fmt: skip


def _visible(request: HttpRequest, uuid: UUID) -> Title:
    return get_object_or_404(selectors.visible_to(request.actor).select_related("ended_evidence"), uuid=uuid)


def _page(request: HttpRequest, title: Title, step: str, form: forms.Form) -> HttpResponse:
    context = {
        "title": title,
        "step": step,
        "form": form,
        "blockers": engine.blockers(title, step, request.actor),
        "crumbs": [("称号", reverse("registry:platforms")), (title.number, title.get_absolute_url())],
    }
    return render(request, "registry/ending.html", context, status=status_of(form))
