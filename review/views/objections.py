"""异议 at the city's desk: queue, register, investigate, answer. Who objected is opened apart, and each opening is recorded."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import access
from accounts.models import Role
from files import intake
from files.forms import refusal_status
from files.purposes import Purpose
from files.serving import serve
from lifecycle import deadlines, engine
from lifecycle.acting import place
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from review.forms.objections import (
    AnswerForm,
    EvidenceForm,
    FindingsForm,
    InvestigateForm,
    LeadForm,
    OpeningForm,
    RegisterForm,
)
from review.models import Objection
from review.selectors import identities as opening
from review.selectors import notices
from review.selectors import objections as selectors
from review.services import identities
from review.services import objections as services
from review.views.notice_desk import desk_tabs
from timekeeping import clock

PER_PAGE = 20
READERS = (Role.CITY_OFFICER, Role.AUDITOR)
LABELS = {"received": "待受理", "investigating": "调查中", "closed": "已办结", "all": "全部"}


class StepPage(NamedTuple):
    """What a step asks, who performs it, what it does and what is said afterwards."""

    form: type[forms.Form]
    perform: Callable[..., Objection]
    effect: str
    done: str
    tone: str = "primary"


STEPS = {
    "investigate": StepPage(
        InvestigateForm, services.investigate,
        "您成为经办人。所指平台暂停认定程序，申报单位会收到通知（不含异议人信息），其他平台不受影响；您此后不能录入或复核该平台的集体决策。",
        "已受理，所指平台暂停认定程序。",
    ),
    "treat_as_lead": StepPage(
        LeadForm, services.treat_as_lead, "匿名反映作为线索留存，不暂停任何平台，也不答复。", "已作为线索留存。"
    ),
    "answer": StepPage(
        AnswerForm, services.answer, "答复后办结，不暂停任何平台。异议人可以凭回执查询答复。", "已答复。"
    ),
    "find_unfounded": StepPage(
        FindingsForm, services.find_unfounded,
        "异议不成立。该平台没有其他调查中的异议时恢复公示后的程序，并通知申报单位和异议人。",
        "已办结，异议不成立。",
    ),
    "find_founded": StepPage(
        FindingsForm, services.find_founded,
        "异议成立。该平台不予认定并移出公示名单，核查结论告知申报单位和县区。对评分有异议的，可先在专家评审中将有关评分表退回重评。",
        "已办结，异议成立，所指平台不予认定。", "return",
    ),
}  # fmt: skip


@access.roles(*READERS)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Objections by what must be done, the most urgent first."""
    chosen = request.GET.get("tab", "received")
    chosen = chosen if chosen in selectors.TABS else "received"
    counts = selectors.counts(request.actor)
    found = list(selectors.visible_to(request.actor).filter(state__in=selectors.TABS[chosen]))
    due = {key: next(iter(terms), None) for (_, key), terms in deadlines.dues(found).items()}
    found.sort(key=lambda o: (due[o.pk] is None, due[o.pk].instant if due[o.pk] else o.received_at))
    address = reverse("review:objections")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": desk_tabs(request, "objections"),
        "states": [
            {"label": label, "url": f"{address}?tab={key}", "count": counts[key], "active": key == chosen}
            for key, label in LABELS.items()
        ],
        "page": page,
        "rows": [(objection, due[objection.pk]) for objection in page],
        "chosen": LABELS[chosen],
        "running": notices.visible_to(request.actor).filter(state="published")[:3],
        "may_act": request.actor.role == Role.CITY_OFFICER,
    }
    return render(request, "review/objections/queue.html", context)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, notice: UUID) -> HttpResponse:
    """Enter an objection that did not come through the site."""
    found = get_object_or_404(notices.visible_to(request.actor).filter(state="published"), uuid=notice)
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    items = list(found.items.select_related("application"))
    form = RegisterForm(*bound, notice=found, items=items, initial={"received_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        try:
            user, typed = request.actor.user, form.cleaned_data
            evidence = [intake.receive(upload, purpose=purpose, uploaded_by=user) for upload, purpose in form.uploads]
            objection = services.register(
                actor=request.actor, says=form.statement(typed["signed"], evidence), objector=form.objector,
                channel=typed["channel"], received_at=typed["received_at"], key=submitted(request).key,
            )  # fmt: skip
            messages.success(request, f"已登记，回执编号 {objection.receipt_number}。")
            return redirect(objection)
        except ValidationError as error:
            place(form, error)
    context = {
        "form": form,
        "notice": found,
        "crumbs": [("公示异议", reverse("review:notice_desk")), ("异议", reverse("review:objections"))],
    }
    return render(
        request, "review/objections/register.html", context, status=refusal_status(form) if form.errors else 200
    )


@access.roles(Role.CITY_OFFICER, Role.AUDITOR, Role.DISTRICT_OFFICER)
@require_GET
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One objection. A district reads only that and how it was concluded."""
    objection = _visible(request, uuid)
    if not request.actor.has(*READERS):
        return render(request, "review/objections/concluded.html", {"objection": objection})
    return render(request, "review/objections/detail.html", _detail(request, objection))


@access.roles(*READERS, auditor_posts=True)
@never_cache
@require_POST
def identity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who objected, shown once to the handler (or an auditor with a reason); the opening is recorded before it is shown."""
    objection = _visible(request, uuid)
    form = OpeningForm(request.POST)
    context = _detail(request, objection)
    # A handler needs no reason; whatever is typed must still be fit to be kept.
    typed_well = form.is_valid() or form.has_error("reason", "required")
    try:
        if not typed_well:
            raise ValidationError({"reason": []})
        found = identities.open_identity(
            actor=request.actor, case=objection, reason=form.cleaned_data.get("reason", "")
        )
        context |= {"identity": found, "opened": True}
    except ValidationError as error:
        if not form.errors:
            place(form, error)
        context |= {"opening": form, "forms": [form]}
        return render(request, "review/objections/detail.html", context, status=422)
    response = render(request, "review/objections/detail.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@access.roles(Role.CITY_OFFICER)
@require_POST
def evidence(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep a file collected in the investigation."""
    objection = _visible(request, uuid)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {**_detail(request, objection), "adding": form, "forms": [form]}
        return render(request, "review/objections/detail.html", context, status=refusal_status(form))
    stored = intake.receive(form.cleaned_data["file"], purpose=Purpose.EVIDENCE, uploaded_by=request.actor.user)
    services.add_evidence(actor=request.actor, objection=objection, file=stored, note=form.cleaned_data["note"])
    messages.success(request, "已添加证据。")
    return redirect(objection)


@access.roles(*READERS)
@require_GET
def evidence_file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """One evidence file. What the objector gave may show who objected, so it opens with the identity only."""
    objection = _visible(request, uuid)
    kept = get_object_or_404(objection.evidence.select_related("file"), uuid=file)
    if kept.from_objector and not opening.has_opened(objection, request.actor):
        messages.warning(request, "异议人提交的材料可能含有异议人信息，请先填写理由查看异议人信息，再打开材料。")
        return redirect(objection)
    return serve(kept.file)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """One step: its effect, what stands in the way, its form."""
    if step not in STEPS:
        raise Http404
    objection, page = _visible(request, uuid), STEPS[step]
    form = page.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            page.perform(actor=request.actor, objection=objection, **form.cleaned_data, **submitted(request).kwargs())
            messages.success(request, page.done)
            return redirect(objection)
        except ValidationError as error:
            place(form, error)
    context = {
        "objection": objection,
        "row": step_of(Objection.SUBJECT, step),
        "page": page,
        "form": form,
        "blockers": engine.blockers(objection, step, request.actor),
        "back": objection.get_absolute_url(),
        "crumbs": [("异议", reverse("review:objections")), (objection.receipt_number, objection.get_absolute_url())],
    }
    return render(request, "review/objections/step.html", context, status=422 if form.errors else 200)


def _visible(request: HttpRequest, uuid: UUID) -> Objection:
    found: Objection = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    return found


def _detail(request: HttpRequest, objection: Objection) -> dict[str, Any]:
    item = selectors.item_of(objection)
    offers = engine.options(objection, request.actor)
    may_add = objection.state == "investigating" and objection.handler_id == request.actor.user_id
    urls = {o.row.name: reverse("review:objection_step", args=[objection.uuid, o.row.name]) for o in offers}
    return {
        "objection": objection,
        "item": item,
        "in_time": selectors.in_time(objection, item),
        "due": deadlines.due(objection),
        "evidence": list(objection.evidence.select_related("file")),
        "siblings": selectors.siblings(objection),
        "options": offers,
        "urls": urls,
        "may_open": opening.may_open(objection, request.actor),
        "is_handler": objection.handler_id == request.actor.user_id,
        "openings": list(objection.openings.select_related("opened_by")),
        "opening": OpeningForm(),
        "adding": EvidenceForm() if may_add else None,
        "crumbs": [("公示异议", reverse("review:notice_desk")), ("异议", reverse("review:objections"))],
    }
