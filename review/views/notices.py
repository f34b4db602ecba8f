"""One notice at the city's desk: draft, preview, publish, extend, correct (Art. 14)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts import access
from accounts.context import site
from accounts.models import Role
from applications.models import Application, Call
from files import intake
from files.forms import refusal_status
from files.publish import inspect
from files.purposes import Purpose
from files.serving import serve
from lifecycle import engine
from lifecycle.acting import place
from lifecycle.forms import submitted
from review.documents.notices import notice_pdf
from review.forms.notices import CorrectForm, DraftForm, ExtendForm, PublishForm
from review.models import Notice
from review.selectors import notice_text, public_notices
from review.selectors import notices as selectors
from review.services import notices as services
from timekeeping import clock

READERS = (Role.CITY_OFFICER, Role.AUDITOR)


@access.roles(Role.CITY_OFFICER, Role.AUDITOR, Role.DISTRICT_OFFICER)
@require_GET
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The notice with its list, what can be done, its record. Districts read the public page."""
    notice = _visible(request, uuid)
    if not request.actor.has(*READERS):
        return redirect(notice.public_url())
    context = {
        "notice": notice,
        "face": public_notices.face(notice),
        "text": notice_text.printed(notice),
        "workdays": notice_text.workdays_of(notice),
        "items": selectors.items_of(notice),
        "changes": public_notices.changes(notice),
        "options": {option.row.name: option for option in engine.options(notice, request.actor)},
        "objections": notice.objections.count(),
        "crumbs": [("公示异议", reverse("review:notice_desk"))],
    }
    return render(request, "review/notices/detail.html", context)


@access.roles(*READERS)
@require_GET
def preview(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The PDF as it would be published now."""
    return serve(notice_pdf(_visible(request, uuid)).file, inline=True)


@access.roles(*READERS)
@require_GET
def capture(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The capture of the portal's page."""
    notice = _visible(request, uuid)
    if notice.capture is None:
        return redirect(notice)
    return serve(notice.capture, inline=True)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, call: UUID) -> HttpResponse:
    """Draft a notice for chosen proposed platforms."""
    found = get_object_or_404(Call, uuid=call)
    choices = selectors.free_for_notice(found)
    form = DraftForm(_bound(request)[0], call=found, choices=choices, initial=_initial(found, choices))
    if request.POST.get("do") == "dates":
        return _with_dates(request, found, form, None)
    if request.method == "POST" and form.is_valid():
        try:
            key = submitted(request).key
            notice = services.draft(actor=request.actor, call=found, applications=form.chosen, says=form.says, key=key)
            return redirect(notice)
        except ValidationError as error:
            place(form, error)
    return _draft_page(request, found, form, None)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a draft."""
    notice = _visible(request, uuid)
    choices = selectors.free_for_notice(notice.call, notice)
    form = DraftForm(_bound(request)[0], call=notice.call, choices=choices, initial=_present(notice))
    if request.POST.get("do") == "dates":
        return _with_dates(request, notice.call, form, notice)
    if request.method == "POST" and form.is_valid():
        try:
            services.revise(
                actor=request.actor, notice=notice, applications=form.chosen, says=form.says,
                **submitted(request).kwargs(),
            )  # fmt: skip
            return redirect(notice)
        except ValidationError as error:
            place(form, error)
    return _draft_page(request, notice.call, form, notice)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what stands on the portal; the notice begins for every platform on it."""
    notice = _visible(request, uuid)
    document = notice_pdf(notice)
    form = PublishForm(*_bound(request), initial={"published_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        try:
            stored = intake.receive(
                form.cleaned_data["capture"], purpose=Purpose.CAPTURE, uploaded_by=request.actor.user
            )
            services.publish(
                actor=request.actor, notice=notice, portal=form.portal(stored), document=document,
                override_reason=form.cleaned_data["override_reason"], **submitted(request).kwargs(),
            )  # fmt: skip
            messages.success(request, "已登记发布，名单上的平台进入公示，申报单位和县区会收到通知。")
            return redirect(notice)
        except ValidationError as error:
            place(form, error)
    context = {"finding": inspect(document.file), "document": document}
    return _step_page(request, notice, "publish", form, context)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A later end for the whole notice."""
    notice = _visible(request, uuid)
    form = ExtendForm(_bound(request)[0], notice=notice)
    if request.method == "POST" and form.is_valid():
        try:
            services.extend(actor=request.actor, notice=notice, **form.cleaned_data, **submitted(request).kwargs())
            messages.success(request, "已延长公示，请同步更新门户网站。")
            return redirect(notice)
        except ValidationError as error:
            place(form, error)
    return _step_page(request, notice, "extend", form, {})


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, uuid: UUID, position: int) -> HttpResponse:
    """Correct one printed line."""
    notice = _visible(request, uuid)
    item = get_object_or_404(notice.items.select_related("application"), position=position, removed_at__isnull=True)
    form = CorrectForm.of(item, _bound(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(
                actor=request.actor, notice=notice, item=item, **form.cleaned_data, **submitted(request).kwargs()
            )
            messages.success(request, "已更正并公开，请同步更新门户网站。")
            return redirect(notice)
        except ValidationError as error:
            place(form, error)
    return _step_page(request, notice, "correct", form, {"item": item})


def _bound(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: posted data and files, or nothing when the page is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _visible(request: HttpRequest, uuid: UUID) -> Notice:
    found: Notice = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    return found


def _initial(call: Call, choices: list[Application]) -> dict[str, Any]:
    dates = selectors.shortest_dates(call, clock.today())
    known = site()
    return {
        "title": notice_text.default_title(call.year),
        "applications": [application.uuid for application in choices],
        "planned_on": clock.today(),
        "starts_on": dates.period and dates.period.first,
        "ends_on": dates.period and dates.period.last,
        "phone": known["phone"],
        "address": known["address"],
        **selectors.last_contacts(),
    }


def _present(notice: Notice) -> dict[str, Any]:
    names = ("title", "planned_on", "starts_on", "ends_on", *services.CONTACTS)
    chosen = notice.items.values_list("application__uuid", flat=True)
    return {**{name: getattr(notice, name) for name in names}, "applications": list(chosen)}


def _with_dates(request: HttpRequest, call: Call, form: DraftForm, notice: Notice | None) -> HttpResponse:
    """The same page with the shortest dates for the planned day put in; nothing is saved."""
    typed = request.POST.copy()
    planned = DraftForm.base_fields["planned_on"]
    try:
        dates = selectors.shortest_dates(call, planned.clean(request.POST.get("planned_on")))
    except ValidationError:
        return _draft_page(request, call, form, notice)
    if dates.period:
        typed["starts_on"], typed["ends_on"] = str(dates.period.first), str(dates.period.last)
    choices = selectors.free_for_notice(call, notice)
    fresh = DraftForm(typed, call=call, choices=choices)
    fresh.is_valid()
    if dates.refusal:
        fresh.add_error("planned_on", dates.refusal)
    return _draft_page(request, call, fresh, notice)


def _draft_page(request: HttpRequest, call: Call, form: DraftForm, notice: Notice | None) -> HttpResponse:
    context = {
        "call": call,
        "notice": notice,
        "form": form,
        "refusal": selectors.shortest_dates(call, clock.today()).refusal,
        "back": notice.get_absolute_url() if notice else reverse("review:notice_desk"),
        "crumbs": [("公示异议", reverse("review:notice_desk"))],
    }
    return render(request, "review/notices/draft.html", context, status=422 if form.errors else 200)


def _step_page(
    request: HttpRequest, notice: Notice, step: str, form: forms.Form, context: dict[str, Any]
) -> HttpResponse:
    option = engine.option(notice, step, request.actor)
    blockers = option.blockers if option else engine.blockers(notice, step, request.actor)
    context |= {
        "notice": notice,
        "form": form,
        "step": step,
        "blockers": blockers,
        "back": notice.get_absolute_url(),
        "crumbs": [("公示异议", reverse("review:notice_desk")), (notice.title, notice.get_absolute_url())],
    }
    return render(request, f"review/notices/{step}.html", context, status=refusal_status(form) if form.errors else 200)
