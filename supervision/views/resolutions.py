"""Collective decisions on matters of supervision: list, entry from the minutes, comparison by a second officer."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import roles
from accounts.models import Role
from files import intake
from files.forms import refusal_status
from files.serving import serve
from lifecycle import engine
from lifecycle.acting import attempt
from lifecycle.forms import submitted
from review.forms.meetings import MinutesForm, RejectForm
from review.services.meetings import Minutes
from supervision.forms.resolutions import ConfirmForm, RulingForm
from supervision.models import Resolution
from supervision.selectors import resolutions
from supervision.services import resolutions as services
from timekeeping import clock

READERS = (Role.CITY_OFFICER, Role.AUDITOR)
PAGE = 20


@roles(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All resolutions, and how many cases wait for one."""
    page = Paginator(resolutions.visible_to(request.actor), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "waiting": len(resolutions.waiting(request.actor))}
    return render(request, "supervision/resolutions/index.html", context)


@roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a meeting: its minutes, and one ruling per case it took up."""
    agenda = resolutions.agenda(request.actor)
    form = MinutesForm(request.POST or None, request.FILES or None)
    form.fields["held_on"].help_text = "不早于提请集体决策之日，不晚于今天。"
    rulings = [RulingForm(request.POST or None, item=item) for item in agenda if not item.blockers]
    complete = request.method == "POST" and all([form.is_valid(), *[ruling.is_valid() for ruling in rulings]])
    if complete and (entered := _entered(request, form, rulings)):
        messages.success(request, "已录入。请另一名市局经办人对照会议纪要复核，复核后生效。")
        return redirect(entered)
    context = {
        "form": form, "forms": [form, *rulings], "rulings": rulings, "today": clock.today(),
        "blocked": [item for item in agenda if item.blockers],
    }  # fmt: skip
    status = refusal_status(form) if form.is_bound else 200
    return render(request, "supervision/resolutions/enter.html", context, status=status)


@roles(*READERS)
@require_safe
def resolution(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One meeting: what another officer must compare, and what it decided."""
    return _page(request, _visible(request, uuid))


@roles(Role.CITY_OFFICER)
@require_POST
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The second officer confirms: all rulings take effect, or none."""
    found, form = _visible(request, uuid), ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, found, confirm_form=form)
    services.confirm(actor=request.actor, resolution=found, **submitted(request).kwargs())
    messages.success(request, "已确认，决定已经生效。请印发决定书并公告。")
    return redirect(found)


@roles(Role.CITY_OFFICER)
@require_POST
def reject(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The second officer sends the entry back."""
    found, form = _visible(request, uuid), RejectForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reject_form=form)
    reason = form.cleaned_data["reason"]
    services.reject(actor=request.actor, resolution=found, reason=reason, **submitted(request).kwargs())
    messages.success(request, "已退回。请录入人按会议纪要重新录入。")
    return redirect("supervision:resolutions")


@roles(*READERS)
@require_safe
def minutes(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    return serve(_visible(request, uuid).minutes, inline=True)


def _visible(request: HttpRequest, uuid: UUID) -> Resolution:
    found: Resolution = get_object_or_404(resolutions.visible_to(request.actor), uuid=uuid)
    return found


def _page(request: HttpRequest, found: Resolution, **bound: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "resolution": found,
        "items": resolutions.items_of(found),
        "options": {option.row.name: option for option in engine.options(found, request.actor)},
        "confirm_form": ConfirmForm(), "reject_form": RejectForm(), "forms": list(bound.values()),
    }  # fmt: skip
    status = 422 if bound else 200
    return render(request, "supervision/resolutions/resolution.html", context | bound, status=status)


def _entered(request: HttpRequest, form: MinutesForm, rulings: list[RulingForm]) -> Resolution | None:
    given = dict(form.cleaned_data)
    upload = intake.receive(given.pop("minutes"), purpose="minutes", uploaded_by=request.actor.user)
    entered = Minutes(file=upload, number=given.pop("minutes_number"), **given)
    taken_up = [_ruling(ruling) for ruling in rulings if ruling.is_taken_up]
    key = submitted(request).key
    found: Resolution | None = attempt(
        form, services.enter, actor=request.actor, minutes=entered, rulings=taken_up, key=key
    )
    return found


def _ruling(form: RulingForm) -> services.Ruling:
    typed = form.cleaned_data
    return services.Ruling(form.item.case, typed["outcome"], typed["reason"], typed.get("recall_plaque", False))
