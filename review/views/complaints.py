"""投诉举报 at the city's desk: queue, register, handle, answer. Who complained is opened apart, and each opening is recorded."""

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
from lifecycle.acting import attempt, place, status_of
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from review.forms.complaints import AnswerForm, HandleForm, RegisterForm
from review.forms.objections import EvidenceForm, OpeningForm
from review.models import Complaint
from review.selectors import complaints as selectors
from review.selectors import identities as opening
from review.services import complaints as services
from review.services import identities
from timekeeping import clock

PER_PAGE = 20
LABELS = {"received": "待受理", "handling": "办理中", "closed": "已答复", "all": "全部"}


class StepPage(NamedTuple):
    """What a step asks, who performs it, what it does and what is said afterwards."""

    form: type[forms.Form]
    perform: Callable[..., Complaint]
    effect: str
    done: str


STEPS = {
    "handle": StepPage(
        HandleForm, services.handle, "您成为经办人，核实后答复。投诉不暂停任何平台的称号或程序。", "已受理。"
    ),
    "answer": StepPage(AnswerForm, services.answer, "答复后办结。反映人凭回执可以看到答复内容。", "已答复。"),
}


@access.roles(*selectors.READERS)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Complaints by what must be done, the most urgent first."""
    chosen = request.GET.get("tab", "received")
    chosen = chosen if chosen in selectors.TABS else "received"
    counts = selectors.counts(request.actor)
    found = list(selectors.visible_to(request.actor).filter(state__in=selectors.TABS[chosen]))
    due = {key: next(iter(terms), None) for (_, key), terms in deadlines.dues(found).items()}
    found.sort(key=lambda one: (due[one.pk] is None, due[one.pk].instant if due[one.pk] else one.received_at))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": [{"label": LABELS[k], "url": f"?tab={k}", "count": counts[k], "active": k == chosen} for k in LABELS],
        "page": page,
        "rows": [(complaint, due[complaint.pk]) for complaint in page],
        "chosen": LABELS[chosen],
        "may_act": request.actor.role == Role.CITY_OFFICER,
    }
    return render(request, "review/complaints/queue.html", context)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Enter a complaint that did not come through the site."""
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RegisterForm(*bound, initial={"received_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        user, typed = request.actor.user, form.cleaned_data
        evidence = [intake.receive(one, purpose=Purpose.EVIDENCE, uploaded_by=user) for one in form.uploads]
        made = attempt(
            form, services.register, actor=request.actor, says=form.report(evidence, typed["title"]),
            complainant=form.complainant(), channel=typed["channel"], received_at=typed["received_at"],
            key=submitted(request).key,
        )  # fmt: skip
        if made:
            messages.success(request, f"已登记，回执编号 {made.receipt_number}。")
            return redirect(made)
    context = {"form": form, "crumbs": [("投诉举报", reverse("review:complaints"))]}
    return render(request, "review/complaints/register.html", context, status=status_of(form))


@access.roles(*selectors.READERS)
@require_GET
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One complaint."""
    return render(request, "review/complaints/detail.html", _detail(request, _visible(request, uuid)))


@access.roles(*selectors.READERS, auditor_posts=True)
@never_cache
@require_POST
def identity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who complained, shown once to the handler (or an auditor with a reason); the opening is recorded before it is shown."""
    complaint, form = _visible(request, uuid), OpeningForm(request.POST)
    context = _detail(request, complaint)
    try:
        # A handler needs no reason; whatever is typed must still be fit to be kept.
        if not (form.is_valid() or form.has_error("reason", "required")):
            raise ValidationError({"reason": []})
        reason = form.cleaned_data.get("reason", "")
        found = identities.open_identity(actor=request.actor, case=complaint, reason=reason)
        context |= {"identity": found, "opened": True}
    except ValidationError as error:
        if not form.errors:
            place(form, error)
        context |= {"opening": form, "forms": [form]}
        return render(request, "review/complaints/detail.html", context, status=422)
    response = render(request, "review/complaints/detail.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@access.roles(Role.CITY_OFFICER)
@require_POST
def evidence(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep a file collected while handling."""
    complaint, form = _visible(request, uuid), EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        stored = intake.receive(form.cleaned_data["file"], purpose=Purpose.EVIDENCE, uploaded_by=request.actor.user)
        given = {"complaint": complaint, "file": stored, "note": form.cleaned_data["note"]}
        if attempt(form, services.add_evidence, actor=request.actor, **given):
            messages.success(request, "已添加材料。")
            return redirect(complaint)
    context = {**_detail(request, complaint), "adding": form, "forms": [form]}
    return render(request, "review/complaints/detail.html", context, status=refusal_status(form))


@access.roles(*selectors.READERS)
@require_GET
def evidence_file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """One file. What the complainant gave may show who complained, so it opens with the identity only."""
    complaint = _visible(request, uuid)
    kept = get_object_or_404(complaint.evidence.select_related("file"), uuid=file)
    if kept.from_complainant and not opening.has_opened(complaint, request.actor):
        messages.warning(request, "来件材料可能含有反映人信息，请先填写理由查看反映人信息，再打开材料。")
        return redirect(complaint)
    return serve(kept.file)


@access.roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """One step: its effect, what stands in the way, its form."""
    if step not in STEPS:
        raise Http404
    complaint, page = _visible(request, uuid), STEPS[step]
    form = page.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, **submitted(request).kwargs()}
        if attempt(form, page.perform, actor=request.actor, complaint=complaint, **given):
            messages.success(request, page.done)
            return redirect(complaint)
    context = {
        "complaint": complaint,
        "row": step_of(Complaint.SUBJECT, step),
        "page": page,
        "form": form,
        "blockers": engine.blockers(complaint, step, request.actor),
        "crumbs": [
            ("投诉举报", reverse("review:complaints")),
            (complaint.receipt_number, complaint.get_absolute_url()),
        ],
    }
    return render(request, "review/complaints/step.html", context, status=status_of(form))


def _visible(request: HttpRequest, uuid: UUID) -> Complaint:
    found: Complaint = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    return found


def _detail(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    offers = engine.options(complaint, request.actor)
    is_handler = complaint.handler_id == request.actor.user_id
    return {
        "complaint": complaint,
        "due": deadlines.due(complaint),
        "evidence": list(complaint.evidence.select_related("file")),
        "options": offers,
        "urls": {o.row.name: reverse("review:complaint_step", args=[complaint.uuid, o.row.name]) for o in offers},
        "primary": "handle" if complaint.state == "received" else "answer",
        "may_open": opening.may_open(complaint, request.actor),
        "is_handler": is_handler,
        "openings": list(complaint.openings.select_related("opened_by")),
        "opening": OpeningForm(),
        "adding": EvidenceForm() if complaint.state == "handling" and is_handler else None,
        "crumbs": [("投诉举报", reverse("review:complaints"))],
    }
