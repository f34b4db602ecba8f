"""Collective decisions (Art. 15): list, entry from the minutes, comparison by a second officer, announcement."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import public, roles
from accounts.models import Role
from applications.models import Call
from applications.outcomes import EXITS
from files import intake
from files.forms import refusal_status
from files.serving import serve
from lifecycle import engine
from lifecycle.acting import place
from lifecycle.forms import submitted
from review.documents import meetings as documents
from review.forms.meetings import AnnounceForm, ConfirmForm, MinutesForm, RejectForm, RulingForm
from review.models import Meeting
from review.selectors import decisions
from review.services import meetings as services
from timekeeping import clock

CONCERNED = (Role.CITY_OFFICER, Role.AUDITOR, Role.DISTRICT_OFFICER, Role.FILER, Role.SIGNATORY)
PAGE = 20


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All meetings, and the calls whose applications wait for one."""
    page = Paginator(decisions.visible_to(request.actor), PAGE).get_page(request.GET.get("page"))
    calls = [(call, call.waiting) for call in decisions.calls_with_waiting()]
    return render(request, "review/meetings.html", {"page": page, "calls": calls})


@roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, call_uuid: UUID) -> HttpResponse:
    """Enter a meeting: its minutes, and one ruling per application it took up."""
    call = get_object_or_404(Call, uuid=call_uuid)
    agenda = decisions.agenda(call, request.actor)
    form = MinutesForm(request.POST or None, request.FILES or None)
    rulings = [RulingForm(request.POST or None, item=item) for item in agenda if not item.blockers]
    complete = request.method == "POST" and all([form.is_valid(), *[ruling.is_valid() for ruling in rulings]])
    if complete and (entered := _entered(request, call, form, rulings)):
        messages.success(request, "已录入。请另一名市局经办人对照会议纪要复核，复核后生效。")
        return redirect(entered)
    context = {
        "call": call, "form": form, "forms": rulings, "rulings": rulings, "blocked": [item for item in agenda if item.blockers],
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "review/meeting_enter.html", context, status=_status(form))


@roles(*CONCERNED)
@require_safe
def meeting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One meeting: what another officer must compare, what it decided, what comes next."""
    return _page(request, _visible(request, uuid))


@roles(Role.CITY_OFFICER)
@require_POST
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The second officer confirms: all rulings take effect, or none."""
    found, form = _visible(request, uuid), ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, found, confirm_form=form)
    confirmed = services.confirm(actor=request.actor, meeting=found, **submitted(request).kwargs())
    messages.success(request, "已确认，决定已经生效。证号和牌匾编号已经编制，请印发认定文件并公告。")
    return redirect(confirmed)


@roles(Role.CITY_OFFICER)
@require_POST
def reject(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The second officer sends the entry back."""
    found, form = _visible(request, uuid), RejectForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reject_form=form)
    services.reject(
        actor=request.actor, meeting=found, reason=form.cleaned_data["reason"], **submitted(request).kwargs()
    )
    messages.success(request, "已退回。请录入人按会议纪要重新录入。")
    return redirect("review:meetings")


@roles(Role.CITY_OFFICER)
@require_POST
def announce(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Number, date, portal address and signed copy of the decision."""
    found, form = _visible(request, uuid), AnnounceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.announce(
                actor=request.actor, meeting=found, announcement=_announcement(request, form),
                **submitted(request).kwargs(),
            )  # fmt: skip
        except ValidationError as wrong:
            place(form, wrong)
        else:
            messages.success(request, "已公告。示范平台已列入公开名录，凭证可以下载。")
            return redirect(found)
    return _page(request, found, announce_form=form)


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def minutes(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    return serve(_visible(request, uuid).minutes, inline=True)


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def signed_document(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The signed copy as uploaded; the public gets its cleaned copy."""
    found = _visible(request, uuid)
    if found.signed_document is None:
        raise Http404
    return serve(found.signed_document, inline=True)


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def draft(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The draft of the official document as PDF."""
    return serve(documents.decision_draft(_confirmed(request, uuid)).file, inline=True)


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def draft_text(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The draft as plain text for the office system."""
    text = documents.decision_text(_confirmed(request, uuid))
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="decision-draft.txt"'
    return response


@public
@require_safe
def decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An announced decision for everybody."""
    return render(request, "review/decision.html", {"meeting": get_object_or_404(decisions.announced(), uuid=uuid)})


@public
@require_safe
def decision_document(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The public copy of the signed document."""
    found = get_object_or_404(decisions.announced(), uuid=uuid)
    if found.public_document is None:
        raise Http404
    return serve(found.public_document)


def _visible(request: HttpRequest, uuid: UUID) -> Meeting:
    found: Meeting = get_object_or_404(decisions.visible_to(request.actor), uuid=uuid)
    return found


def _confirmed(request: HttpRequest, uuid: UUID) -> Meeting:
    found = _visible(request, uuid)
    if found.state not in decisions.PUBLIC_STATES:
        raise Http404
    return found


def _page(request: HttpRequest, found: Meeting, **bound: forms.Form) -> HttpResponse:
    """The page of a meeting with the forms of the steps the person may take; bound ones with their errors."""
    items = decisions.items_visible_to(request.actor, found)
    context: dict[str, Any] = {
        "meeting": found,
        "items": items,
        "counts": [(o.label, sum(i.outcome == o for i in items)) for o in services.Outcome],
        "exits": EXITS,
        "options": {option.row.name: option for option in engine.options(found, request.actor)},
        "confirm_form": ConfirmForm(), "reject_form": RejectForm(), "announce_form": AnnounceForm(),
        "forms": list(bound.values()),
    }  # fmt: skip
    status = refusal_status(next(iter(bound.values()))) if bound else 200
    return render(request, "review/meeting.html", context | bound, status=status)


def _entered(request: HttpRequest, call: Call, form: MinutesForm, rulings: list[RulingForm]) -> Meeting | None:
    given = dict(form.cleaned_data)
    upload = intake.receive(given.pop("minutes"), purpose="minutes", uploaded_by=request.actor.user)
    entered = services.Minutes(file=upload, number=given.pop("minutes_number"), **given)
    taken_up = [
        services.Ruling(ruling.item.application, ruling.cleaned_data["outcome"], ruling.cleaned_data["reason"])
        for ruling in rulings
        if ruling.is_taken_up
    ]
    try:
        return services.enter(
            actor=request.actor, call=call, minutes=entered, rulings=taken_up, key=submitted(request).key
        )
    except ValidationError as wrong:
        place(form, wrong)
        return None


def _announcement(request: HttpRequest, form: AnnounceForm) -> services.Announcement:
    given = {name: value for name, value in form.cleaned_data.items() if name != "looked_through"}
    if upload := given.pop("signed_document"):
        given["signed_document"] = intake.receive(upload, purpose="signed", uploaded_by=request.actor.user)
    return services.Announcement(**given)


def _status(form: MinutesForm) -> int:
    return refusal_status(form) if form.is_bound else 200
