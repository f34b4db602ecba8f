"""One invitation: the platform reads and asks for leave, the city judges and marks; absences per title (Art. 19)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import roles
from accounts.models import Role
from files.serving import serve
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from regulation import parameters
from supervision.forms.activities import ExcuseForm, LeaveForm, NoteForm, ReasonForm
from supervision.models import Invitation
from supervision.selectors import activities as selectors
from supervision.services import invitations as services
from supervision.views.report_finding import APPLICANT, OFFICERS
from timekeeping import clock

PAGE = 50


@roles(*APPLICANT)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The invitations of the own platforms: those to come, then the past ones and what they add up to."""
    found = selectors.visible_to(request.actor)
    coming = list(selectors.upcoming(request.actor))
    past = found.exclude(pk__in=[invitation.pk for invitation in coming]).order_by("-activity__starts_at", "-pk")
    page = Paginator(past, PAGE).get_page(request.GET.get("page"))
    context = {"coming": coming, "page": page, "absences": selectors.standing(selectors.invited_titles(request.actor))}
    return render(request, "supervision/activities/mine.html", context)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def invitation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One invitation, what became of it, and the steps."""
    found = _found(request, uuid)
    context = {
        "invitation": found,
        "options": engine.options(found, request.actor),
        "urls": {step: reverse(f"supervision:invitation_{page}", args=[uuid]) for step, page in PAGES.items()},
        "primary": "ask_leave" if request.actor.is_applicant else "present" if found.state == "served" else "excuse",
        "absences": selectors.unexcused([found.title]).get(found.title_id),
        "limit": parameters.at(found.activity.held_on).unexcused_absences,
        "crumbs": _crumbs(request, found),
    }
    return render(request, "supervision/activities/invitation.html", context)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def evidence(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The file that goes with the request for leave."""
    found = _found(request, uuid)
    if found.leave_evidence is None:
        raise Http404
    return serve(found.leave_evidence, inline=True)


@roles(*OFFICERS)
@require_safe
def absences(request: HttpRequest) -> HttpResponse:
    """Unexcused absences per title, the most first, each with its evidence."""
    listed = selectors.standing(selectors.invited_titles(request.actor))
    context = {"absences": listed, "limit": parameters.at(clock.today()).unexcused_absences, "crumbs": _to_list()}
    return render(request, "supervision/activities/absences.html", context)


PAGES = {
    "ask_leave": "leave", "excuse": "excuse", "refuse_leave": "refuse_leave", "present": "present", "absent": "absent",
    "correct": "correct",
}  # fmt: skip
Perform = Callable[..., Invitation]


@roles(*APPLICANT)
def ask_leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """请假."""
    effect = "请假由市局审核；准假的不计缺席（默认规则）。活动开始后提出的，会注明并由市局判断。"
    return _step(request, uuid, "ask_leave", LeaveForm, services.ask_leave, effect, "请假已提交，请等待市局审核。")


@roles(Role.CITY_OFFICER)
def excuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """准假."""
    effect = "准假不计入无故缺席次数（默认规则），理由记录在案并告知示范平台。"
    return _step(request, uuid, "excuse", ExcuseForm, services.excuse, effect, "已准假，不计缺席。")


@roles(Role.CITY_OFFICER)
def refuse_leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """不予准假."""
    effect = "不予准假的，示范平台仍应参加；理由将告知平台。"
    return _step(request, uuid, "refuse_leave", ReasonForm, services.refuse_leave, effect, "已不予准假，并告知平台。")


@roles(Role.CITY_OFFICER)
def present(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """登记出席."""
    return _step(request, uuid, "present", NoteForm, services.present, "登记该平台参加了活动。", "已登记出席。")


@roles(Role.CITY_OFFICER)
def absent(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """登记无故缺席."""
    effect = "计入本有效期内无故缺席次数（第十九条“多次”的次数为默认规则），并告知示范平台；平台可以说明理由。"
    return _step(request, uuid, "absent", NoteForm, services.absent, effect, "已登记无故缺席，并告知平台。")


@roles(Role.CITY_OFFICER)
def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """更正出席登记."""
    effect = "撤回原来的登记，办理记录仍然保留；更正后请重新登记出席情况。"
    return _step(request, uuid, "correct", ReasonForm, services.correct, effect, "已撤回原登记，请重新登记。")


def _step(
    request: HttpRequest, uuid: UUID, step: str, form_class: type[forms.Form], service: Perform, effect: str, done: str
) -> HttpResponse:
    found = _found(request, uuid)
    form = form_class(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.actor, "invitation": found, **submitted(request).kwargs()}
        if attempt(form, service, **given, **form.cleaned_data):
            messages.success(request, done)
            return redirect(found)
    label = {"ask_leave": "提交请假", "excuse": "准假", "refuse_leave": "不予准假", "correct": "撤回原登记"}
    words = {"present": "登记出席", "absent": "登记无故缺席", **label}[step]
    context: dict[str, Any] = {
        "subject": found,
        "form": form,
        "heading": f"{words}：{found.title.platform_name}",
        "facts": f"{found.activity.name}　{found.title.operator_name}",
        "asked": found.leave_reason if not request.actor.is_applicant else "",
        "effect": effect,
        "label": words,
        "tone": "return" if step in ("refuse_leave", "absent", "correct") else "primary",
        "blockers": engine.blockers(found, step, request.actor),
        "crumbs": [*_crumbs(request, found), (found.title.platform_name, found.get_absolute_url())],
    }
    return render(request, "supervision/activities/step.html", context, status=status_of(form))


def _found(request: HttpRequest, uuid: UUID) -> Invitation:
    return get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)


def _crumbs(request: HttpRequest, found: Invitation) -> list[tuple[str, str]]:
    if request.actor.is_applicant:
        return [("公共服务活动", reverse("supervision:invitations"))]
    return [*_to_list(), (found.activity.name, found.activity.get_absolute_url())]


def _to_list() -> list[tuple[str, str]]:
    return [("公共服务活动", reverse("supervision:activities"))]
