"""The pages of the on-site inspection for the city, the group and the applicant (Art. 13)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import roles
from accounts.models import Role
from applications.models import Application
from applications.selectors import visible_to as applications_visible_to
from files import serving
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from review.documents import inspections as papers
from review.forms.inspections import ClarifyForm, DecideForm, OpinionForm, PlanForm, QuestionForm
from review.models import Inspection
from review.selectors import dossier as dossiers
from review.selectors import experts, inspections
from review.services import inspections as services
from review.views import inspection_pages as pages
from review.views.panel_pages import uuids

CITY, INSPECTOR = Role.CITY_OFFICER, Role.INSPECTOR
OFFICES = (CITY, Role.AUDITOR, Role.DISTRICT_OFFICER)
APPLICANT = (Role.FILER, Role.SIGNATORY)


def _found(request: HttpRequest, uuid: str) -> Inspection:
    return get_object_or_404(inspections.visible_to(request.actor), uuid=uuid)


@roles(INSPECTOR, *OFFICES)
def index(request: HttpRequest) -> HttpResponse:
    """The visits the person may see; for the city also who still waits for one and which opinions wait for its step."""
    found = list(inspections.listed(request.actor))
    city = request.actor.role == CITY
    page = {
        "columns": pages.COLUMNS,
        "rows": pages.rows(found),
        "waiting": list(inspections.waiting()) if city else [],
        "decidable": [i for i in found if i.state == "concluded" and i.application.state == "shortlisted"]
        if city
        else [],
    }
    return render(request, "review/inspections/index.html", page)


@roles(CITY)
def plan(request: HttpRequest, uuid: str) -> HttpResponse:
    """Plan the visit of a shortlisted applicant."""
    application = get_object_or_404(applications_visible_to(request.actor), uuid=uuid)
    people = list(experts.inspectors())
    form = PlanForm(
        request.POST or None,
        people=people,
        conflicts=experts.conflicts(people, [application]),
        scored=inspections.scorers(people, application),
        application_id=application.pk,
        initial={"place": application.organisation.service_address},
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, services.plan, actor=request.actor, application=application, visit=form.visit(),
            reason=form.cleaned_data["reason"], **submitted(request).kwargs(),
        )  # fmt: skip
        if made:
            messages.success(request, "已安排现场核查，系统已通知核查组和申报单位。")
            return redirect(made)
    blockers = engine.blockers(Inspection(application=application), "plan", request.actor)
    page = {
        "application": application,
        "form": form,
        "blockers": [] if application.state == "shortlisted" else blockers,
    }
    return render(request, "review/inspections/plan.html", page, status=status_of(form))


@roles(INSPECTOR, *OFFICES, *APPLICANT)
def inspection(request: HttpRequest, uuid: str) -> HttpResponse:
    """The visit: the checklist for the group and the offices, the appointment and the clarification for the applicant."""
    found = _found(request, uuid)
    if request.actor.is_applicant:
        return render(request, "review/inspections/applicant.html", pages.applicant(found, request.actor))
    return render(request, "review/inspections/inspection.html", pages.group(found, request.actor))


@roles(INSPECTOR)
@require_POST
def begin(request: HttpRequest, uuid: str) -> HttpResponse:
    """Begin the visit."""
    found = services.begin(actor=request.actor, inspection=_found(request, uuid), **submitted(request).kwargs())
    messages.success(request, "核查已开始，请逐项核对。")
    return redirect("review:inspection_item", found.uuid, pages.first_open(found))


@roles(INSPECTOR)
def ask(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask the applicant to explain."""
    found = _found(request, uuid)
    form = QuestionForm(request.POST or None, initial={"question": pages.proposed_question(found)})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, **submitted(request).kwargs()}
        if attempt(form, services.ask_clarification, actor=request.actor, inspection=found, **given):
            messages.success(request, "已要求申报单位说明，期限届满前不能填写核查记录。")
            return redirect(found)
    page = {
        "inspection": found, "form": form, "blockers": engine.blockers(found, "ask_clarification", request.actor),
        "workdays": found.application.call.parameters.clarification_workdays,
    }  # fmt: skip
    return render(request, "review/inspections/ask.html", page, status=status_of(form))


@roles(*APPLICANT)
def clarify(request: HttpRequest, uuid: str) -> HttpResponse:
    """The applicant explains."""
    found = _found(request, uuid)
    form = ClarifyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, **submitted(request).kwargs()}
        if attempt(form, services.clarify, actor=request.actor, inspection=found, **given):
            messages.success(request, "说明已提交核查组。")
            return redirect(found)
    page = {
        "inspection": found, "form": form, "blockers": engine.blockers(found, "clarify", request.actor),
    }  # fmt: skip
    return render(request, "review/inspections/clarify.html", page, status=status_of(form))


@roles(INSPECTOR)
@require_POST
def close(request: HttpRequest, uuid: str) -> HttpResponse:
    """Go on without an answer after the deadline."""
    found = _found(request, uuid)
    services.close_clarification(actor=request.actor, inspection=found, **submitted(request).kwargs())
    messages.success(request, "已按未说明继续核查。")
    return redirect(found)


@roles(INSPECTOR)
def conclude(request: HttpRequest, uuid: str) -> HttpResponse:
    """The written opinion with both signatures."""
    found = _found(request, uuid)
    form = OpinionForm(request.POST or None, request.FILES or None, initial=pages.proposed_opinion(found))
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, **submitted(request).kwargs()}
        if attempt(form, services.conclude, actor=request.actor, inspection=found, **given):
            messages.success(request, "现场核查意见已提交市局，可以下载打印。")
            return redirect(found)
    page = {
        "inspection": found, "form": form, "lines": inspections.lines(found),
        "blockers": engine.blockers(found, "conclude", request.actor),
    }  # fmt: skip
    return render(request, "review/inspections/conclude.html", page, status=status_of(form))


@roles(CITY)
def pass_inspection(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let the application pass."""
    return _decide(request, uuid, "pass_inspection")


@roles(CITY)
def fail_inspection(request: HttpRequest, uuid: str) -> HttpResponse:
    """End the application after the inspection."""
    return _decide(request, uuid, "fail_inspection")


def _decide(request: HttpRequest, uuid: str, step: str) -> HttpResponse:
    application = get_object_or_404(applications_visible_to(request.actor), uuid=uuid)
    found = Inspection.objects.filter(application=application).first()
    service = {"pass_inspection": services.pass_inspection, "fail_inspection": services.fail_inspection}[step]
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, **submitted(request).kwargs()}
        if attempt(form, service, actor=request.actor, application=application, **given):
            messages.success(request, "已办理，结果已通知申报单位和县区。")
            return redirect("review:inspections")
    page = {
        "application": application, "inspection": found, "form": form, "step": step,
        "blockers": engine.blockers(application, step, request.actor),
    }  # fmt: skip
    return render(request, "review/inspections/decide.html", page, status=status_of(form))


@roles(CITY)
@require_POST
def decide_many(request: HttpRequest) -> HttpResponse:
    """Follow the opinions of the ticked cases, one result per case."""
    chosen = Application.objects.filter(
        pk__in=applications_visible_to(request.actor).values("pk"), uuid__in=uuids(request.POST.getlist("application"))
    )
    listed = list(chosen.select_related("call", "organisation", "district").order_by("receipt_number", "pk"))
    outcomes = services.decide_many(actor=request.actor, applications=listed)
    page = {"title": "办理结果", "outcomes": outcomes, "back_url": pages.index_url(), "back": "现场核查"}
    return render(request, "review/outcomes.html", page)


@roles(INSPECTOR, *OFFICES)
def checklist_pdf(request: HttpRequest, uuid: str) -> HttpResponse:
    """The checklist to print."""
    return pages.pdf_answer(papers.checklist(_found(request, uuid)), "现场核查表.pdf")


@roles(INSPECTOR, *OFFICES)
def opinion_pdf(request: HttpRequest, uuid: str) -> Any:
    """The written opinion."""
    found = _found(request, uuid)
    if found.state != "concluded":
        raise Http404
    return serving.serve(papers.opinion(found).file, inline="download" not in request.GET)


@roles(INSPECTOR, *OFFICES, *APPLICANT)
def attachment(request: HttpRequest, uuid: str, kind: str) -> Any:
    """The applicant's clarification file, or the signed record (not for the applicant)."""
    found = _found(request, uuid)
    kept = {"clarification": found.clarification_file, "record": found.signed_record}.get(kind)
    if kept is None or (kind == "record" and request.actor.is_applicant):
        raise Http404
    return serving.serve(kept, inline="download" not in request.GET)


@roles(INSPECTOR)
def dossier(request: HttpRequest, uuid: str) -> HttpResponse:
    """The case, while the visit is open."""
    found = _found(request, uuid)
    application = _granted(request, found)
    page = {
        "application": application,
        "dossier": dossiers.of(application),
        "back_url": found.get_absolute_url(),
        "back": "返回核查",
        "file_url": request.path + "materials/",
    }
    return render(request, "review/dossier.html", page)


@roles(INSPECTOR)
def dossier_file(request: HttpRequest, uuid: str, material: str) -> Any:
    """One file of the case."""
    application = _granted(request, _found(request, uuid))
    kept = dossiers.material(application, material)
    if kept is None:
        raise Http404
    return serving.serve(kept.file, inline="download" not in request.GET)


def _granted(request: HttpRequest, found: Inspection) -> Application:
    visible = applications_visible_to(request.actor).select_related("current_version")
    return get_object_or_404(visible, pk=found.application_id)
