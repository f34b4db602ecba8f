"""The yearly call: public pages, and what the city does with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import District, Role
from applications.forms.calls import CallForm, ExtensionForm
from applications.listforms import LISTS
from applications.models import Call
from applications.selectors import next_call_year, visible_calls
from applications.services import calls as services
from applications.views.lists import workbook
from lifecycle import deadlines, engine
from lifecycle.forms import submitted
from regulation.materials import CLASSES
from timekeeping import clock
from timekeeping.workdays import UnknownYear

city = access.roles(Role.CITY_OFFICER)
STEPS = {
    "publish": "applications:call_publish",
    "extend": "applications:call_extend",
    "conclude": "applications:call_conclude",
}


@access.public
def calls(request: HttpRequest) -> HttpResponse:
    """Every call, newest first."""
    page = Paginator(visible_calls(request.actor), 20).get_page(request.GET.get("page"))
    return render(
        request, "applications/calls.html", {"page": page, "may_prepare": request.actor.has(Role.CITY_OFFICER)}
    )


@access.public
def call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One call: times with a countdown, requirements, templates, extensions."""
    found = get_object_or_404(visible_calls(request.actor), uuid=uuid)
    district = request.actor.organisation.district_id if request.actor.is_applicant else None
    context = {
        "call": found,
        "stage": _stage(found, district),
        "due": _due(found, district),
        "rules": [rule for rule in found.parameters.as_rows() if rule.article.partition("(")[0] in ("7", "8")],
        "materials": CLASSES,
        "lists": list(LISTS.values()),
        "extensions": found.extensions.all(),
        "urls": {name: reverse(view, args=[uuid]) for name, view in STEPS.items()},
        "counts": _counts(found) if request.actor.has(Role.CITY_OFFICER) else None,
        "crumbs": [("申报通知", reverse("applications:calls"))],
    }
    return render(request, "applications/call.html", context)


def _stage(call: Call, district_id: int | None) -> tuple[str, str]:
    """Words and tone of where the call stands at this moment, for an applicant of the district or for everybody."""
    now = clock.now()
    if call.state != "open":
        return call.status.label, call.status.tone
    if now < call.opens_at:
        return "即将开始", "todo"
    if now < call.closes_at_for(district_id):
        return "正在申报", "doing"
    if district_id is None and now < call.open_longest[0]:
        return "部分县(市)区仍在申报", "doing"
    return "申报已截止", "wait"


def _due(call: Call, district_id: int | None) -> dict[str, Any] | None:
    """The due box of filing while somebody may still file: of the applicant's district, for everybody that of ``Call.filing_end``."""
    end, districts = call.filing_end if district_id is None else (call.closes_at_for(district_id), "")
    if call.state != "open" or end <= clock.now():
        return None
    term = deadlines.Due(None, end, None)  # type: ignore[arg-type]
    left = deadlines.workdays_left(term.last_day)
    return {
        "label": f"{districts}申报截止",
        "last_day": term.last_day,
        "workdays_left": left,
        "overdue": False,
        "instant": end,
    }


def _counts(call: Call) -> dict[str, int]:
    drafts = ("draft", "awaiting_signature")
    return {
        "drafts": call.applications.filter(state__in=drafts).count(),
        "submitted": call.applications.filter(current_version__isnull=False).count(),
    }


@access.public
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The Excel template of a list, for everybody."""
    return workbook(kind)


@city
def prepare(request: HttpRequest) -> HttpResponse:
    """Draft the call of a year: proposed is the first one, from this year on, that has none."""
    year = next_call_year(clock.today().year)
    initial = {
        "year": year,
        "title": f"{year}年度昆明市中小企业公共服务示范平台申报通知",
        "territorial_test": "service",
    }
    form = CallForm(request.POST or None, initial=initial)
    made = _tried(form, lambda: services.prepare(actor=request.actor, key=submitted(request).key, **form.cleaned_data))
    if made:
        messages.success(request, "申报通知已拟定，核对后发布。")
        return redirect(made)
    context = {"form": form, "title": "拟定申报通知", "verb": "保存草稿", "back": reverse("applications:calls")}
    return render(request, "applications/call_form.html", context, status=422 if form.errors else 200)


@city
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change a call that is not published."""
    found = _call(request, uuid)
    form = CallForm(request.POST or None, initial=CallForm.initial_of(found))
    if _tried(form, lambda: services.edit(actor=request.actor, call=found, **form.cleaned_data)):
        messages.success(request, "修改已保存。")
        return redirect(found)
    context = {"form": form, "title": "修改申报通知", "verb": "保存修改", "back": found.get_absolute_url()}
    return render(request, "applications/call_form.html", context, status=422 if form.errors else 200)


@city
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make the call public."""
    found = _call(request, uuid)
    text = "发布后通知向社会公开，申报条件、评分标准和适用办法随之固定，不能再修改；时间只能通过延期调整。"
    return _confirmed(request, found, "publish", text, services.publish, "申报通知已发布。")


@city
def conclude(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End the year's certification."""
    found = _call(request, uuid)
    return _confirmed(request, found, "conclude", "办结后本年度不再接收申报。", services.conclude, "本年度认定已办结。")


def _confirmed(
    request: HttpRequest, call: Call, step: str, text: str, service: Callable[..., Any], done: str
) -> HttpResponse:
    if request.method == "POST":
        service(actor=request.actor, call=call, **submitted(request).kwargs())
        messages.success(request, done)
        return redirect(call)
    context = {
        "call": call,
        "text": text,
        "step": engine.step_of("call", step),
        "blockers": engine.blockers(call, step, request.actor),
    }
    return render(request, "applications/call_step.html", context)


@city
def extend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Extend the call, publicly and by document."""
    found = _call(request, uuid)
    form = ExtensionForm(found, request.POST or None, initial=_for_district(found, request.GET.get("district", "")))
    made = _tried(
        form,
        lambda: services.extend(actor=request.actor, call=found, **form.arguments(), **submitted(request).kwargs()),
    )
    if made:
        messages.success(request, "延期已公布，并通知有关单位。")
        return redirect(found)
    blockers = engine.blockers(found, "extend", request.actor)
    context = {"call": found, "form": form, "blockers": blockers}
    return render(request, "applications/call_extend.html", context, status=422 if form.errors else 200)


def _for_district(call: Call, slug: str) -> dict[str, Any]:
    """The form prefilled for a district that let its time pass: a new end after the usual term, and why."""
    district = District.objects.filter(slug=slug).first()
    if district is None:
        return {}
    reason = f"{district.name}尚有申报未在县区推荐截止前办结。申报单位不因县区逾期受影响，延长该县（市）区的推荐时间。"
    try:
        until = deadlines.end_of_workdays(clock.today(), call.parameters.accept_workdays)
    except UnknownYear:
        until = None
    return {"district": district, "reason": reason, "district_due_at": until}


def _tried(form: forms.Form, service: Callable[[], Any]) -> Any:
    """What the service made of a valid form; None with the errors put into the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return service()
    except ValidationError as error:
        form.add_error(None, _for(form, error))
    return None


def _for(form: forms.Form, error: ValidationError) -> ValidationError:
    """The error with names the form knows; others become general."""
    if not hasattr(error, "error_dict"):
        return error
    renamed = {"receipt" if name == "application" else name: words for name, words in error.message_dict.items()}
    return ValidationError({name if name in form.fields else "__all__": words for name, words in renamed.items()})


def _call(request: HttpRequest, uuid: UUID) -> Call:
    return get_object_or_404(visible_calls(request.actor), uuid=uuid)
