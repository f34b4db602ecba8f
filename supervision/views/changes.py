"""变更备案 (Art. 20): filed by the platform, checked by its district, registered by the city."""

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import roles
from accounts.models import APPLICANT_ROLES, Role
from files.serving import serve
from lifecycle import deadlines, engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from registry import selectors as registry
from registry.models import Title
from registry.standing import standing
from supervision.change_kinds import BY_KIND
from supervision.documents.changes import receipt_pdf
from supervision.forms.changes import ReferForm, WordsForm
from supervision.models import Change
from supervision.selectors import changes as selectors
from supervision.services import changes as services
from supervision.services import operators
from supervision.views.change_filing import kept
from timekeeping import clock

PAGE = 50
CONCERNED = (*APPLICANT_ROLES, Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
ACTING = (*APPLICANT_ROLES, Role.DISTRICT_OFFICER, Role.CITY_OFFICER)
LABELS = {
    "filed": "待县区核对",
    "checked": "待市局备案",
    "returned": "退回补正",
    "referred": "待集体决策",
    "closed": "已办结",
}


class StepPage(NamedTuple):
    """What a step asks, who performs it, what it does, and what is said afterwards."""

    form: Callable[..., forms.Form]
    perform: Callable[..., Change]
    effect: str
    done: str
    tone: str = "primary"


def words(name: str, label: str, hint: str = "", *, required: bool = True) -> Callable[..., forms.Form]:
    """The maker of a form with one text."""
    return lambda data=None, _files=None: WordsForm(data, name=name, label=label, hint=hint, required=required)


STEPS = {
    "examine": StepPage(
        words("opinion", "核对意见", "变更是否属实、材料是否齐全；示范平台和市局都能看到。"), services.examine,
        "核对后转市局备案。", "已核对，转市局备案。",
    ),
    "return_for_correction": StepPage(
        words("reason", "需补正的全部内容", "请一次写全；首次报备时间不因退回改变。"), services.return_for_correction,
        "示范平台补正后重新报备。", "已退回补正。", "return",
    ),
    "register": StepPage(
        words("conclusion", "备案意见", "迁出本市的必填，写明研究处理意见。", required=False), services.register,
        "备案后名录、称号页面和公开核验页面立即更新，并保留变更记录。", "已备案，名录已更新。",
    ),
    "refuse": StepPage(
        words("reason", "不予备案的理由", "告知示范平台和县区。"), services.refuse, "名录保持不变。", "已作出不予备案。", "return"
    ),
    "refer": StepPage(
        ReferForm, operators.refer, "列入监督事项集体决策；决策同意后，新运营单位承接称号，证号和有效期不变。", "已提请集体决策。"
    ),
    "withdraw": StepPage(
        words("reason", "撤回原因"), services.withdraw, "撤回后可以重新报备，期限按新的报备时间计算。", "已撤回。", "return"
    ),
}  # fmt: skip


@roles(*CONCERNED)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The filings the person may see; officers by what must be done, applicants beside the titles they may file for."""
    found, tabs = selectors.visible_to(request.actor), []
    if not request.actor.is_applicant:
        chosen = request.GET.get("tab") or ("filed" if request.actor.role == Role.DISTRICT_OFFICER else "checked")
        chosen = chosen if chosen in selectors.TABS else "checked"
        counts = selectors.counts(request.actor)
        tabs = [{"label": LABELS[k], "url": f"?tab={k}", "count": counts[k], "active": k == chosen} for k in LABELS]
        found = found.filter(state__in=selectors.TABS[chosen])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    due, timely = deadlines.dues(page), selectors.timeliness_of(page)
    rows = [(one, timely[one.pk], next(iter(due[one.SUBJECT, one.pk]), None)) for one in page]
    context = {"page": page, "rows": rows, "tabs": tabs, "titles": _titles(request)}
    return render(request, "supervision/changes/list.html", context)


@roles(*CONCERNED)
@require_safe
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One filing: what stood and what stands, proofs, receipts, whether in time, what comes next."""
    change = _visible(request, uuid)
    offers = engine.options(change, request.actor)
    urls = {o.row.name: _address(change, o.row.name) for o in offers}
    context = {
        "change": change,
        "matter": BY_KIND[change.kind],
        "rows": selectors.rows(change.kind, change.before, change.values),
        "timely": selectors.timeliness(change.completed_on, change.filed_at),
        "files": selectors.files_of(change),
        "versions": list(change.versions.select_related("filed_by")),
        "due": deadlines.due(change),
        "options": [offer for offer in offers if urls[offer.row.name]],
        "urls": urls,
        "primary": _primary(change),
        "crumbs": [("变更备案", reverse("supervision:changes"))],
    }
    return render(request, "supervision/changes/detail.html", context)


@roles(*CONCERNED)
@require_safe
def receipt(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Both receipts on one paper."""
    return serve(receipt_pdf(_visible(request, uuid)).file)


@roles(*CONCERNED)
@require_safe
def file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """One proof."""
    found = get_object_or_404(_visible(request, uuid).files.select_related("file"), uuid=file)
    return serve(found.file)


@roles(*ACTING)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """One step: its effect, what stands in the way, its form."""
    if step not in STEPS:
        raise Http404
    change, page = _visible(request, uuid), STEPS[step]
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = page.form(*bound)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if not name.startswith("paper_")}
        if isinstance(form, ReferForm):
            given["papers"] = kept(request, form.uploads)
        if attempt(form, page.perform, actor=request.actor, change=change, **given, **submitted(request).kwargs()):
            messages.success(request, page.done)
            return redirect(change)
    context = {
        "change": change, "row": step_of(Change.SUBJECT, step), "page": page, "form": form,
        "blockers": engine.blockers(change, step, request.actor),
        "crumbs": [("变更备案", reverse("supervision:changes")), (str(change), change.get_absolute_url())],
    }  # fmt: skip
    return render(request, "supervision/changes/step.html", context, status=status_of(form))


def _visible(request: HttpRequest, uuid: UUID) -> Change:
    found: Change = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    return found


def _titles(request: HttpRequest) -> list[Title]:
    """The titles an applicant may file a change for."""
    if not request.actor.is_applicant:
        return []
    visible, today = registry.visible_to(request.actor), clock.today()
    return [title for title in visible if standing(title, today).in_force or title.valid_from > today]


def _address(change: Change, step: str) -> str:
    if step == "refile":
        return reverse("supervision:change_refile", args=[change.uuid])
    return reverse("supervision:change_step", args=[change.uuid, step]) if step in STEPS else ""


def _primary(change: Change) -> str:
    if change.kind == Change.Kind.OPERATOR and change.state == "checked":
        return "refer"
    return {"filed": "examine", "checked": "register", "returned": "refile"}.get(change.state, "")
