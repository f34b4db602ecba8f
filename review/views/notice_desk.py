"""公示异议: the city's desk of the proposed list and its notices (Art. 14)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts import access
from accounts.models import Role
from applications.models import Application, Call
from lifecycle.acting import place
from lifecycle.errors import Refusal
from lifecycle.workdays import calendar
from review.forms.notices import ReasonForm, SelectionForm
from review.selectors import notices as selectors
from review.selectors import objections, public_notices
from review.services import notices

SERVICES = {"propose": notices.propose, "not_propose": notices.not_propose}


@access.roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Which inspected platforms wait for a choice, which proposed ones for a notice, and every notice."""
    calls = selectors.calls()
    wanted = request.GET.get("year", "")
    call = next((c for c in calls if str(c.year) == wanted), calls[0] if calls else None)
    address = reverse("review:notice_desk")
    context: dict[str, Any] = {
        "tabs": desk_tabs(request, "notices"),
        "years": [{"label": f"{c.year}年度", "url": f"{address}?year={c.year}", "active": c == call} for c in calls],
        "call": call,
        "may_act": request.actor.role == Role.CITY_OFFICER,
    }
    if call:
        known = calendar()
        found = selectors.with_counts(selectors.visible_to(request.actor).filter(call=call)).prefetch_related("items")
        context |= {
            "waiting": selectors.ranked(call, selectors.CHOOSING),
            "proposed": selectors.ranked(call, selectors.PROPOSED),
            "free": len(selectors.free_for_notice(call)),
            "left_out": selectors.ranked(call, selectors.NOT_PROPOSED),
            "notices": [(notice, public_notices.face(notice, known)) for notice in found],
        }
    return render(request, "review/notices/desk.html", context)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, call: UUID) -> HttpResponse:
    """Preview of a choice for several platforms, each with its own reason; then one result for each."""
    found = get_object_or_404(Call, uuid=call)
    data = request.POST if request.method == "POST" else request.GET
    selection = SelectionForm(data, choices=selectors.ranked(found, selectors.CHOOSING))
    if not selection.is_valid():
        messages.warning(request, "请先勾选现场核查通过的平台，再选择列入或不列入。已经办理的平台不再列出。")
        return redirect(_back(found))
    step, chosen = selection.cleaned_data["do"], set(selection.cleaned_data["applications"])
    applications = [a for a in selectors.ranked(found, selectors.CHOOSING) if a in chosen]
    posted = request.POST if request.method == "POST" else None
    rows = [
        (application, ReasonForm(posted, prefix=str(application.uuid), optional=step == "propose"))
        for application in applications
    ]
    invalid = [form for _, form in rows if not form.is_valid()]
    if posted and not invalid:
        return _results(request, found, step, rows)
    context = {
        "call": found,
        "step": step,
        "label": dict(selection.fields["do"].choices)[step],
        "rows": rows,
        "forms": [form for _, form in rows],
        "back": _back(found),
        "crumbs": [("公示异议", reverse("review:notice_desk"))],
    }
    return render(request, "review/notices/proposal.html", context, status=422 if posted else 200)


def _results(request: HttpRequest, call: Call, step: str, rows: list[tuple[Application, ReasonForm]]) -> HttpResponse:
    done, label = 0, "列入" if step == "propose" else "不列入"
    for application, form in rows:
        seen = request.POST.get(f"{application.uuid}-version", "")
        version = int(seen) if seen.isascii() and seen.isdigit() else None
        try:
            SERVICES[step](
                actor=request.actor, application=application, reason=form.cleaned_data["reason"], version=version
            )
            done += 1
        except Refusal as refusal:
            messages.error(request, f"“{application.platform_name}”没有办理：{refusal.message}")
        except ValidationError as error:
            place(form, error)
            messages.error(request, f"“{application.platform_name}”没有办理：{'；'.join(error.messages)}")
    if done:
        messages.success(request, f"{done}家平台已{label}拟认定名单，申报单位会收到通知。")
    return redirect(_back(call))


def _back(call: Call) -> str:
    return f"{reverse('review:notice_desk')}?year={call.year}"


def desk_tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    """The two halves of the desk."""
    waiting = objections.visible_to(request.actor).filter(state__in=objections.OPEN).count()
    return [
        {"label": "拟认定名单和公示", "url": reverse("review:notice_desk"), "active": active == "notices"},
        {"label": "异议", "url": reverse("review:objections"), "count": waiting, "active": active == "objections"},
    ]
