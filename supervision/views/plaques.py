"""Plaques after a decision (Art. 19): handed in at the district or the city, or declared void."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import roles
from accounts.models import Role
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from registry.models import Plaque
from registry.selectors import plaques_visible_to
from supervision.forms.endings import RecoverForm, VoidForm
from supervision.services import plaques as services

RECOVERED = "登记后，牌匾收回的任务办结，示范平台和市局会收到通知。"
VOID = "公告作废后，该牌匾不得再使用。须先在门户网站公告，再登记公告地址。"


@roles(Role.CITY_OFFICER, Role.DISTRICT_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Sign for a plaque that was handed in."""
    return _step(request, uuid, "recover", RecoverForm, services.recover, (RECOVERED, "已登记收回。"))


@roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_void(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Declare void a plaque that was not handed in."""
    return _step(request, uuid, "declare_void", VoidForm, services.declare_void, (VOID, "已登记作废。"))


def _step(
    request: HttpRequest, uuid: UUID, name: str, form_class: type[forms.Form], service: Callable[..., Any],
    words: tuple[str, str],
) -> HttpResponse:  # fmt: skip
    plaque: Plaque = get_object_or_404(plaques_visible_to(request.actor), uuid=uuid)
    form = form_class(*((request.POST, request.FILES) if request.method == "POST" else ()))
    effect, done = words
    if request.method == "POST" and form.is_valid():
        given = form.given(request.actor.person)  # type: ignore[attr-defined]
        if attempt(form, service, actor=request.actor, plaque=plaque, **given, **submitted(request).kwargs()):
            messages.success(request, done)
            return redirect(plaque)
    context = {
        "plaque": plaque, "form": form, "row": step_of(Plaque.SUBJECT, name), "effect": effect,
        "blockers": engine.blockers(plaque, name, request.actor),
    }  # fmt: skip
    return render(request, "supervision/endings/plaque.html", context, status=status_of(form))
