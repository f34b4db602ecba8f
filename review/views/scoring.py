"""The expert's pages: the desk, interests first, the sheet, the dossier; and what the city does to a sheet (Art. 12)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import roles
from accounts.models import Role
from applications.models import Application
from applications.selectors import visible_to as applications_visible_to
from files import serving
from lifecycle import deadlines, engine
from lifecycle.acting import attempt, status_of
from lifecycle.errors import Refusal
from lifecycle.forms import submitted
from review.conflicts import DECLARATION
from review.forms.panels import ReplaceForm
from review.forms.reasons import WhyForm
from review.forms.scoring import SheetForm
from review.models import ScoreSheet
from review.selectors import dossier as dossiers
from review.selectors import experts, ranking, scoring
from review.services import panels as panel_services
from review.services import scoring as services
from review.views import sheet_pages

EXPERT, CITY, READERS = Role.EXPERT, Role.CITY_OFFICER, (Role.CITY_OFFICER, Role.AUDITOR)


@roles(EXPERT)
def my_sheets(request: HttpRequest) -> HttpResponse:
    """The expert's cases, work to do first."""
    found = list(scoring.desk(request.actor))
    return render(request, "review/scoring/desk.html", sheet_pages.desk(found))


@roles(EXPERT, *READERS)
def sheet(request: HttpRequest, uuid: str) -> HttpResponse:
    """The expert's sheet in its present stage; for the city its progress, and its points once all sheets are in."""
    found = get_object_or_404(scoring.visible_to(request.actor), uuid=uuid)
    if request.actor.role != EXPERT:
        return render(request, "review/scoring/officer.html", sheet_pages.officer(found, request.actor))
    if found.state == "recused":
        raise PermissionDenied("您已申请回避，不能评分。如系误操作，请联系市局经办人另行分派。")
    if found.state == "assigned":
        return _declaration(request, found)
    if request.method == "POST":
        return _work(request, found)
    form = sheet_pages.form_of(found)
    return _shown(request, found, form)


def _declaration(request: HttpRequest, found: ScoreSheet) -> HttpResponse:
    page = {
        "sheet": found,
        "declaration": DECLARATION,
        "due": deadlines.due(found),
        "blockers": engine.blockers(found, "declare_clear", request.actor),
        "organisation": found.case.application.organisation.name,
    }
    return render(request, "review/scoring/declare.html", page)


def _work(request: HttpRequest, found: ScoreSheet) -> HttpResponse:
    """Save, submit, or leave for the next case; ``do`` says which."""
    do = request.POST.get("do", "save")
    following = scoring.next_of(found)
    if do == "skip":
        return redirect(following or reverse("review:my_sheets"))
    form = SheetForm(request.POST, rubric=ranking.rubric_of(found.case.panel))
    if form.is_valid() and _keep(request, found, form, do):
        if do == "lock":
            messages.success(request, f"{found.case.application.platform_name}的评分已提交，不能再改。")
        return redirect((following or reverse("review:my_sheets")) if do != "save" else found)
    return _shown(request, found, form)


def _keep(request: HttpRequest, found: ScoreSheet, form: SheetForm, do: str) -> ScoreSheet | None:
    given: dict[str, Any] = {
        "actor": request.actor, "sheet": found, "entries": form.entries(), "revision": form.cleaned_data["revision"],
    }  # fmt: skip
    if do == "lock":
        locked: ScoreSheet | None = attempt(form, services.lock, **given, **submitted(request).kwargs())
        return locked
    saved: ScoreSheet | None = attempt(form, services.save_draft, **given)
    if saved:
        messages.success(request, "草稿已保存，提交前不计入评分。")
    return saved


def _shown(request: HttpRequest, found: ScoreSheet, form: SheetForm) -> HttpResponse:
    page = sheet_pages.expert(found, form, request.actor)
    return render(request, "review/scoring/sheet.html", page, status=status_of(form))


@roles(EXPERT)
@require_POST
def save(request: HttpRequest, uuid: str) -> JsonResponse:
    """The draft as it is typed, saved in passing; the answer says how it went."""
    found = get_object_or_404(scoring.visible_to(request.actor), uuid=uuid)
    form = SheetForm(request.POST, rubric=ranking.rubric_of(found.case.panel))
    if not form.is_valid():
        return JsonResponse({"message": "有分数填写不规范，尚未保存，请更正。"}, status=422)
    try:
        saved = attempt(
            form, services.save_draft, actor=request.actor, sheet=found, entries=form.entries(),
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
    except Refusal as refusal:
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    if saved is None:
        return JsonResponse({"message": "有分数超出范围，尚未保存，请更正。"}, status=422)
    return JsonResponse({"revision": saved.revision})


@roles(EXPERT)
@require_POST
def declare(request: HttpRequest, uuid: str) -> HttpResponse:
    """Declare no interest; the dossier opens."""
    found = get_object_or_404(scoring.visible_to(request.actor), uuid=uuid)
    if request.POST.get("clear") != "yes":
        messages.error(request, "请阅读各项情形，勾选声明后再继续。")
        return redirect(found)
    services.declare_clear(actor=request.actor, sheet=found, **submitted(request).kwargs())
    messages.success(request, "已声明无利益关系，申报材料已打开。")
    return redirect(found)


@roles(EXPERT)
def recuse(request: HttpRequest, uuid: str) -> HttpResponse:
    """Step aside with a reason."""
    found = get_object_or_404(scoring.visible_to(request.actor), uuid=uuid)
    form = WhyForm(request.POST or None, label="回避原因", hint="市局据此另派专家，不告知申报单位。")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(
            form, services.recuse, actor=request.actor, sheet=found, reason=reason, **submitted(request).kwargs()
        ):
            messages.success(request, "已回避，市局将另派专家。")
            return redirect("review:my_sheets")
    page = {"sheet": found, "form": form, "blockers": engine.blockers(found, "recuse", request.actor)}
    return render(request, "review/scoring/recuse.html", page, status=status_of(form))


@roles(EXPERT)
def dossier(request: HttpRequest, uuid: str) -> HttpResponse:
    """The case, once its expert has declared no interest."""
    found, application = _opened(request, uuid)
    page = {
        "application": application,
        "dossier": dossiers.of(application),
        "back_url": found.get_absolute_url(),
        "back": "返回评分表",
        "file_url": reverse("review:dossier", args=[found.uuid]) + "materials/",
    }
    return render(request, "review/dossier.html", page)


@roles(EXPERT)
def dossier_file(request: HttpRequest, uuid: str, material: str) -> Any:
    """One file of the case."""
    _, application = _opened(request, uuid)
    kept = dossiers.material(application, material)
    if kept is None:
        raise Http404
    return serving.serve(kept.file, inline="download" not in request.GET)


def _opened(request: HttpRequest, uuid: str) -> tuple[ScoreSheet, Application]:
    """The sheet and its application, found only through the grant that the declaration gave."""
    found = get_object_or_404(scoring.visible_to(request.actor), uuid=uuid)
    visible = applications_visible_to(request.actor).select_related("current_version")
    return found, get_object_or_404(visible, pk=found.case.application_id)


@roles(CITY)
def reopen(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let the expert work on a locked sheet again."""
    return _with_reason(request, uuid, "reopen", "退回重评", "专家可以修改并须重新提交，原评分留在记录中。")


@roles(CITY)
def void(request: HttpRequest, uuid: str) -> HttpResponse:
    """Void a sheet; it stays on record."""
    return _with_reason(request, uuid, "void", "评分作废", "该评分不再计入，保留在记录中；专家不足时须另派。")


def _with_reason(request: HttpRequest, uuid: str, step: str, label: str, effect: str) -> HttpResponse:
    found = get_object_or_404(scoring.visible_to(request.actor), uuid=uuid)
    form = WhyForm(request.POST or None, label="理由", hint="理由会告知该专家。")
    if request.method == "POST" and form.is_valid():
        service = {"reopen": services.reopen, "void": services.void}[step]
        reason = form.cleaned_data["reason"]
        if attempt(form, service, actor=request.actor, sheet=found, reason=reason, **submitted(request).kwargs()):
            messages.success(request, f"已办理“{label}”。")
            return redirect(found.case.panel)
    page = {
        "sheet": found, "form": form, "label": label, "effect": effect,
        "blockers": engine.blockers(found, step, request.actor),
    }  # fmt: skip
    return render(request, "review/scoring/reason.html", page, status=status_of(form))


@roles(CITY)
def replace(request: HttpRequest, uuid: str) -> HttpResponse:
    """Give the case of a recused or voided sheet to another expert."""
    found = get_object_or_404(scoring.visible_to(request.actor), uuid=uuid)
    profiles = [profile.user for profile in experts.pool()]
    barred = {user for user, _ in experts.conflicts(profiles, [found.case.application])}
    busy = set(found.case.sheets.values_list("expert", flat=True))
    people = [user for user in profiles if user.pk not in barred | busy]
    form = ReplaceForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, panel_services.replace, actor=request.actor, sheet=found, expert=form.chosen,
            reason=form.cleaned_data["reason"], key=submitted(request).key,
        )  # fmt: skip
        if made:
            messages.success(request, f"已分派给{made.expert.name}，系统已通知本人。")
            return redirect(found.case.panel)
    return render(request, "review/scoring/replace.html", {"sheet": found, "form": form}, status=status_of(form))
