"""The evaluator's pages: the desk, interests first, the criteria, the platform's files (Art. 18)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import roles
from applications.models import Application
from files.serving import serve
from lifecycle import deadlines, engine, story
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from registry.models import Title
from review.forms.reasons import WhyForm
from review.models import MeetingItem
from review.selectors import dossier as dossiers
from supervision.documents import reports as documents
from supervision.forms.evaluations import FindingsForm
from supervision.models import AnnualReport, Evaluation
from supervision.selectors import evaluations as selectors
from supervision.services import evaluations as services
from supervision.views.evaluations import EVALUATING, at_work_or_403


@roles(*EVALUATING)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the evaluator has to do; work that is over is not listed any more."""
    found = list(selectors.work_of(request.actor))
    due = deadlines.dues(found)
    rows = [(one, next(iter(due[one.SUBJECT, one.pk]), None)) for one in found]
    waiting = sum(one.state != "submitted" for one in found)
    return render(request, "supervision/evaluations/mine.html", {"rows": rows, "waiting": waiting})


@roles(*EVALUATING)
@require_POST
def declare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Declare no interest; the platform's files open."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    if request.POST.get("clear") != "yes":
        messages.error(request, "请阅读各项情形，勾选声明后再继续。")
        return redirect(found)
    services.begin(actor=request.actor, evaluation=found, **submitted(request).kwargs())
    messages.success(request, "已声明无利益关系，平台资料已开放。")
    return redirect("supervision:evaluation_findings", found.uuid)


@roles(*EVALUATING)
def recuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Step aside with a reason."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    at_work_or_403(found)
    form = WhyForm(request.POST or None, label="回避原因", hint="市局据此另行委托，不告知示范平台。")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(
            form, services.recuse, actor=request.actor, evaluation=found, reason=reason, **submitted(request).kwargs()
        ):
            messages.success(request, "已回避，市局将另行委托。")
            return redirect("supervision:my_evaluations")
    page = {"evaluation": found, "form": form, "blockers": engine.blockers(found, "recuse", request.actor)}
    return render(request, "supervision/evaluations/recuse.html", page, status=status_of(form))


@roles(*EVALUATING)
def findings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The criteria: saved as drafts, then handed in; ``do`` says which."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    at_work_or_403(found)
    if found.state == "commissioned":
        return redirect(found)
    if request.method != "POST":
        return _shown(request, found, _form(found))
    form = FindingsForm(request.POST, request.FILES, criteria=found.criteria_set, kept=_kept(found))
    if form.is_valid():
        if request.POST.get("do") == "submit":
            if _hand_in(request, found, form):
                messages.success(request, "测评报告已提交，市局将作出结论。")
                return redirect("supervision:my_evaluations")
        elif _save(request, found, form):
            messages.success(request, "草稿已保存，提交前市局看不到。")
            return redirect("supervision:evaluation_findings", found.uuid)
    return _shown(request, found, form)


def _save(request: HttpRequest, found: Evaluation, form: FindingsForm) -> Any:
    return attempt(form, services.save_draft, **_given(request, found, form))


def _hand_in(request: HttpRequest, found: Evaluation, form: FindingsForm) -> Any:
    return attempt(form, services.submit, **_given(request, found, form), **submitted(request).kwargs())


def _given(request: HttpRequest, found: Evaluation, form: FindingsForm) -> dict[str, Any]:
    return {
        "actor": request.actor, "evaluation": found, "entries": form.entries(), "revision": form.cleaned_data["revision"],
    }  # fmt: skip


def _kept(found: Evaluation) -> dict[str, Any]:
    rows = found.findings.filter(evidence__isnull=False).select_related("evidence")
    return {row.criterion: row.evidence for row in rows}


def _form(found: Evaluation) -> FindingsForm:
    """The form as it was last saved."""
    initial: dict[str, Any] = {"proposal": found.proposal, "opinion": found.opinion, "revision": found.revision}
    for row in found.findings.all():
        initial |= {f"verdict-{row.criterion}": row.verdict, f"text-{row.criterion}": row.text}
    return FindingsForm(criteria=found.criteria_set, kept=_kept(found), initial=initial)


def _shown(request: HttpRequest, found: Evaluation, form: FindingsForm) -> HttpResponse:
    readable = selectors.open_titles(request.actor).filter(pk=found.title_id).exists()
    page = {
        "evaluation": found,
        "form": form,
        "editable": found.state == "in_progress",
        "due": deadlines.due(found),
        "readable": readable,
        "returned": _returned(found),
        "done": sum(bool(row.verdict and row.text) for row in found.findings.all()),
    }
    return render(request, "supervision/evaluations/findings.html", page, status=status_of(form))


def _returned(found: Evaluation) -> str:
    """What the city asked for, while the evaluation is back with its evaluator."""
    lines = story.of(found) if found.state == "in_progress" else []
    return lines[-1].reason if lines and lines[-1].label == "退回补充测评" else ""


@roles(*EVALUATING)
@require_safe
def dossier(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The platform's files, found only through the grant that the declaration gave."""
    found, title = _opened(request, uuid)
    application = _application(title)
    page = {
        "evaluation": found,
        "title": title,
        "reports": AnnualReport.objects.filter(title=title, current_version__isnull=False).order_by("-year"),
        "application": application,
        "dossier": dossiers.of(application) if application else None,
        "file_url": reverse("supervision:evaluation_dossier", args=[found.uuid]) + "materials/",
        "crumbs": [("测评任务", reverse("supervision:my_evaluations")), (found.heading, found.get_absolute_url())],
    }
    return render(request, "supervision/evaluations/dossier.html", page)


@roles(*EVALUATING)
@require_safe
def material(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponseBase:
    """One file of the application behind the title."""
    _, title = _opened(request, uuid)
    application = _application(title)
    kept = dossiers.material(application, str(material)) if application else None
    if kept is None:
        raise Http404
    return serve(kept.file, inline="download" not in request.GET)


@roles(*EVALUATING)
@require_safe
def report(request: HttpRequest, uuid: UUID, year: int) -> HttpResponseBase:
    """The filed yearly report of the title on a year, as paper."""
    _, title = _opened(request, uuid)
    found = get_object_or_404(AnnualReport.objects.select_related("current_version"), title=title, year=year)
    if found.current_version is None:
        raise Http404
    return serve(documents.annual_report(found.current_version).file, inline=True)


def _opened(request: HttpRequest, uuid: UUID) -> tuple[Evaluation, Title]:
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    at_work_or_403(found)
    return found, get_object_or_404(selectors.open_titles(request.actor), pk=found.title_id)


def _application(title: Title) -> Application | None:
    """The application that led to the title; None for a title from before the system."""
    item = MeetingItem.objects.filter(title=title).select_related("application__current_version").first()
    return item.application if item and item.application.current_version else None
