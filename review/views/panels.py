"""The city's pages of expert panels (Art. 12): forming, assigning, progress, concluding."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import roles
from accounts.models import Role
from applications.models import Application, Call
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from review import pictures
from review.forms.panels import AssignForm, ConcludeForm, PanelForm
from review.forms.reasons import PlainForm
from review.models import Panel, PanelCase
from review.selectors import experts, panels, ranking
from review.services import panels as services
from review.views import panel_pages

CITY, READERS = Role.CITY_OFFICER, (Role.CITY_OFFICER, Role.AUDITOR)


@roles(*READERS)
def index(request: HttpRequest) -> HttpResponse:
    """Every panel, and the calls whose admitted applications still wait for one."""
    calls = list(Call.objects.filter(state="open").order_by("-year"))
    waiting = [(call, panels.waiting(call).count()) for call in calls]
    rows = panel_pages.index_rows(panels.listed(request.actor).order_by("-pk"))
    page = {"columns": panel_pages.INDEX_COLUMNS, "rows": rows, "waiting": waiting}
    return render(request, "review/panels/index.html", page)


@roles(CITY)
def form_panel(request: HttpRequest, uuid: str) -> HttpResponse:
    """Form a panel for a call."""
    call = get_object_or_404(Call.objects.filter(state="open"), uuid=uuid)
    pool = list(experts.pool())
    barred = experts.rivals([profile.user for profile in pool], call)
    form = PanelForm(request.POST or None, call=call, pool=pool, rivals=barred)
    if request.method == "POST" and form.is_valid():
        key = submitted(request).key
        panel = attempt(form, services.form, actor=request.actor, call=call, key=key, **form.given())
        if panel:
            messages.success(request, f"专家组已组建，共{panel.members.count()}人。请分派申报。")
            return redirect(panel)
    excluded = [(profile, barred[profile.user_id]) for profile in pool if profile.user_id in barred]
    page = {"form": form, "call": call, "excluded": excluded, "pool_size": len(pool)}
    return render(request, "review/panels/form.html", page, status=status_of(form))


@roles(*READERS, Role.DISTRICT_OFFICER)
def panel(request: HttpRequest, uuid: str) -> HttpResponse:
    """Progress, cases and experts; a district reads the result of its own cases."""
    found = get_object_or_404(panels.visible_to(request.actor), uuid=uuid)
    cases = panels.cases_of(found)
    if request.actor.role == Role.DISTRICT_OFFICER:
        own = [case for case in cases if case.application.district_id == request.actor.district_id]
        return render(request, "review/panels/result.html", {"panel": found, "cases": own})
    page = {
        "panel": found,
        "progress": panels.progress(found, cases),
        "cases": panel_pages.case_lines(found, cases),
        "members": list(found.members.select_related("expert__expert_profile")),
        "waiting": list(panels.waiting(found.call)) if found.state == "forming" else [],
        "options": engine.options(found, request.actor),
        "urls": {step: reverse(f"review:panel_{step}", args=[found.uuid]) for step in ("start", "conclude")},
        **_result(found, cases),
    }
    return render(request, "review/panels/panel.html", page)


def _result(panel: Panel, cases: list[PanelCase]) -> dict[str, Any]:
    if panel.state != "concluded":
        return {}
    return panel_pages.concluded(panel, cases)


@roles(CITY)
@require_POST
def distribute(request: HttpRequest, uuid: str) -> HttpResponse:
    """Give the ticked applications (or all that wait) their experts; one line of result per application."""
    found = get_object_or_404(panels.visible_to(request.actor), uuid=uuid)
    before = [case.application_id for case in panels.present(panels.cases_of(found))]
    able = Application.objects.filter(pk__in=before) | Application.objects.filter(
        pk__in=panels.waiting(found.call).values("pk")
    )
    wanted = able.filter(uuid__in=panel_pages.uuids(request.POST.getlist("application")))
    listed = list(wanted.select_related("call", "organisation", "district").order_by("receipt_number", "pk"))
    outcomes = services.distribute(actor=request.actor, panel=found, applications=listed)
    page = {"title": "分派结果", "outcomes": outcomes, "back_url": found.get_absolute_url(), "back": str(found)}
    return render(request, "review/outcomes.html", page)


@roles(CITY)
def assign(request: HttpRequest, uuid: str, application: str) -> HttpResponse:
    """Choose the experts of one case, conflicts beside the names."""
    found = get_object_or_404(panels.visible_to(request.actor), uuid=uuid)
    case = next((c for c in panels.cases_of(found) if str(c.application.uuid) == str(application)), None)
    subject = case.application if case else get_object_or_404(panels.waiting(found.call), uuid=application)
    members = [member.expert for member in found.members.select_related("expert")]
    conflicts = experts.conflicts(members, [subject])
    form = AssignForm(request.POST or None, case=case, members=members, conflicts=conflicts, application_id=subject.pk)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, services.assign, actor=request.actor, panel=found, application=subject, assignees=form.chosen,
            reason=form.cleaned_data["reason"], **submitted(request).kwargs(),
        )  # fmt: skip
        if made:
            messages.success(request, f"已分派{len(made)}名专家，系统已通知本人。")
            return redirect(found)
    page = {"panel": found, "application": subject, "case": case, "form": form}
    return render(request, "review/panels/assign.html", page, status=status_of(form))


@roles(CITY)
def start(request: HttpRequest, uuid: str) -> HttpResponse:
    """Start the review of all cases of the panel."""
    found = get_object_or_404(panels.visible_to(request.actor), uuid=uuid)
    form = PlainForm(request.POST or None)
    if request.method == "POST":
        services.start(actor=request.actor, panel=found, **submitted(request).kwargs())
        messages.success(request, "评审已启动，专家可以声明利益关系并评分。")
        return redirect(found)
    cases = panels.present(panels.cases_of(found))
    blockers = engine.blockers(found, "start", request.actor)
    return render(
        request, "review/panels/start.html", {"panel": found, "form": form, "cases": cases, "blockers": blockers}
    )


@roles(CITY)
@require_POST
def remind(request: HttpRequest, uuid: str) -> HttpResponse:
    """Remind every expert with open sheets."""
    found = get_object_or_404(panels.visible_to(request.actor), uuid=uuid)
    number = services.remind(actor=request.actor, panel=found)
    messages.success(request, f"已就{number}份未提交的评分表提醒专家，同一天不重复提醒。")
    return redirect(found)


@roles(CITY)
def conclude(request: HttpRequest, uuid: str) -> HttpResponse:
    """The ranking, the choice of the best, the reasons."""
    found = get_object_or_404(panels.visible_to(request.actor), uuid=uuid)
    blockers = engine.blockers(found, "conclude", request.actor)
    if blockers and request.method != "POST":
        return render(request, "review/panels/not_yet.html", {"panel": found, "blockers": blockers})
    cases = panels.cases_of(found)
    ranked = ranking.compute(found, cases) if panels.all_in(found, cases) else []
    form = ConcludeForm(request.POST or None, ranked=ranked)
    if request.method == "POST" and form.is_valid():
        given = {**form.given(), **submitted(request).kwargs()}
        if attempt(form, services.conclude, actor=request.actor, panel=found, **given):
            messages.success(request, "推荐认定名单已确定，结果已通知申报单位和县区。")
            return redirect(found)
    page = {
        "panel": found,
        "form": form,
        "conditions": panel_pages.conditions(ranked),
        "strip": pictures.dot_strip(ranked, found.call.parameters.recommendation_floor),
        "floor": found.call.parameters.recommendation_floor,
    }
    return render(request, "review/panels/conclude.html", page, status=status_of(form))
