"""Reading evaluations: the lists, one evaluation for everybody concerned, its files; choosing the platform to evaluate (Art. 18)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import roles
from accounts.models import Role
from files.models import StoredFile
from files.serving import serve
from lifecycle import deadlines, engine
from registry import selectors as registry
from registry.standing import in_force
from regulation.evaluation import LABELS
from review.conflicts import DECLARATION
from supervision.forms.evaluations import SearchForm
from supervision.models import Evaluation
from supervision.models.evaluations import OPEN
from supervision.selectors import evaluations as selectors
from supervision.selectors import rectifications
from timekeeping import clock

PAGE = 50
APPLICANT = (Role.FILER, Role.SIGNATORY)
OFFICERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
EVALUATING = selectors.EVALUATING
# Who reads findings and conclusion when.
HANDED_IN = ("submitted", "passed", "failed")
STEP_URLS = {
    "reassign": "evaluation_reassign", "send_back": "evaluation_send_back", "conclude_pass": "evaluation_pass",
    "conclude_fail": "evaluation_fail", "abandon": "evaluation_abandon",
}  # fmt: skip
PRIMARY = {"submitted": "conclude_pass", "recused": "reassign"}
OVER = {
    "recused": "您已申请回避，不能查阅该平台资料。如系误操作，请联系市局经办人。",
    "abandoned": "市局已终止这次测评，资料查阅权限已收回。",
    "passed": "市局已作出测评结论，资料查阅权限已收回。",
    "failed": "市局已作出测评结论，资料查阅权限已收回。",
}


def tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """Evaluations and rectifications beside each other."""
    counted = {
        "evaluations": selectors.visible_to(request.actor).filter(state__in=OPEN).count(),
        "rectifications": rectifications.visible_to(request.actor).filter(state__in=("ordered", "reported")).count(),
    }
    labels = {"evaluations": "运行测评", "rectifications": "限期整改"}
    if request.actor.is_applicant:
        counted["evaluations"] = selectors.visible_to(request.actor).count()
    return [
        {"label": label, "url": reverse(f"supervision:{name}"), "count": counted[name], "active": name == here}
        for name, label in labels.items()
    ]


@roles(*APPLICANT, *OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The evaluations the person may see, newest first."""
    page = Paginator(selectors.listed(request.actor), PAGE).get_page(request.GET.get("page"))
    due = deadlines.dues(page.object_list)
    rows = [(one, next(iter(due[one.SUBJECT, one.pk]), None)) for one in page.object_list]
    context = {"page": page, "rows": rows, "tabs": tabs(request, "evaluations")}
    return render(request, "supervision/evaluations/list.html", context)


@roles(Role.CITY_OFFICER)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which platform to evaluate: titles in force, those evaluated longest ago first."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    titles = registry.visible_to(request.actor).filter(in_force(clock.today()))
    titles = registry.narrowed(titles, registry.Wanted(words=words), clock.today())
    titles = titles.annotate(evaluated_at=Max("evaluations__concluded_at")).order_by("evaluated_at", "number")
    page = Paginator(titles, PAGE).get_page(request.GET.get("page"))
    open_ = Evaluation.objects.filter(title__in=[t.pk for t in page.object_list], state__in=OPEN)
    under_way = {one.title_id: one for one in open_}
    rows = [(title, under_way.get(title.pk)) for title in page.object_list]
    return render(request, "supervision/evaluations/choose.html", {"form": form, "page": page, "rows": rows})


@roles(*APPLICANT, *OFFICERS, *EVALUATING)
@require_safe
def evaluation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One evaluation: for its evaluator the work to do, for everybody else what was asked, found and concluded."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    if request.actor.role not in EVALUATING:
        return render(request, "supervision/evaluations/evaluation.html", _page(request, found))
    at_work_or_403(found)
    if found.state == "commissioned":
        page = {
            "evaluation": found,
            "declaration": [words.replace("申报单位", "该平台运营单位") for words in DECLARATION],
            "due": deadlines.due(found),
            "blockers": engine.blockers(found, "begin", request.actor),
        }
        return render(request, "supervision/evaluations/declare.html", page)
    return redirect("supervision:evaluation_findings", found.uuid)


def at_work_or_403(found: Evaluation) -> None:
    """An evaluator reads nothing of an evaluation that is over, not even the own findings."""
    if found.state in OVER:
        raise PermissionDenied(OVER[found.state])


def _page(request: HttpRequest, found: Evaluation) -> dict[str, Any]:
    shown = found.state in HANDED_IN and not (
        request.actor.role == Role.DISTRICT_OFFICER and found.state == "submitted"
    )
    findings = {f.criterion: f for f in found.findings.select_related("evidence")} if shown else {}
    options = engine.options(found, request.actor)
    return {
        "evaluation": found,
        "officer": request.actor.role in OFFICERS,
        "shown": shown,
        "rows": [(item, findings.get(item.key)) for item in found.criteria_set.items],
        "verdicts": LABELS,
        "due": deadlines.due(found),
        "options": options,
        "urls": {step: reverse(f"supervision:{name}", args=[found.uuid]) for step, name in STEP_URLS.items()},
        "primary": "conclude_fail" if found.proposal == "fail" else PRIMARY.get(found.state, ""),
        "rectification": rectifications.visible_to(request.actor).filter(evaluation=found).first(),
        "orders": request.actor.role == Role.CITY_OFFICER and found.state == "failed",
        "crumbs": [("测评整改", reverse("supervision:evaluations"))],
    }


@roles(*APPLICANT, *OFFICERS, *EVALUATING)
@require_safe
def file(request: HttpRequest, uuid: UUID, key: str) -> HttpResponseBase:
    """委托书 (``commission``), 测评报告 (``report``), or the evidence of a criterion; evidence is for officers and the evaluator."""
    found = get_object_or_404(
        selectors.visible_to(request.actor).select_related("commission_paper", "report"), uuid=uuid
    )
    if request.actor.role in EVALUATING:
        at_work_or_403(found)
    stored = _file(request, found, key)
    if stored is None:
        raise Http404
    return serve(stored, inline=True)


def _file(request: HttpRequest, found: Evaluation, key: str) -> StoredFile | None:
    if key == "commission":
        return None if request.actor.is_applicant else found.commission_paper
    own = request.actor.role in EVALUATING
    handed_in = found.state in HANDED_IN and (found.state != "submitted" or request.actor.role != Role.DISTRICT_OFFICER)
    if not own and not handed_in:
        return None
    if key == "report":
        return found.report
    finding = found.findings.select_related("evidence").filter(criterion=key).first()
    return finding.evidence if finding and not request.actor.is_applicant else None
