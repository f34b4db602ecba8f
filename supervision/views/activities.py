"""Activities of province and city: the city announces, calls off and concludes; district and auditor read (Art. 19)."""

from collections.abc import Callable
from dataclasses import fields
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
from supervision.forms.activities import AnnounceForm, EmptyForm, ReasonForm
from supervision.models import Activity, Invitation
from supervision.selectors import activities as selectors
from supervision.services import activities as services
from supervision.views.report_finding import APPLICANT, OFFICERS
from timekeeping import clock
from timekeeping.dates import chinese_moment

PAGE = 50
COLUMNS = [
    {"label": "活动名称"}, {"label": "级别"}, {"label": "开始时间"}, {"label": "状态"}, {"label": "邀请", "num": True},
    {"label": "出席", "num": True}, {"label": "无故缺席", "num": True}, {"label": "准假", "num": True},
]  # fmt: skip
INVITED = [{"label": label} for label in ("平台和运营单位", "县(市)区", "送达", "出席情况", "说明")]


@roles(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every activity the person may see, the newest first, with how its invitations stand."""
    found = selectors.counted(selectors.activities_visible_to(request.actor), request.actor)
    page = Paginator(found.order_by("-starts_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "columns": COLUMNS,
        "rows": [_cells(activity) for activity in page],
        "may_announce": request.actor.role == Role.CITY_OFFICER,
    }
    return render(request, "supervision/activities/list.html", context)


def _cells(activity: Any) -> list[Any]:
    asked = f"{activity.asked}家请假待审核" if activity.asked else ""
    return [
        {"text": activity.name, "url": activity.get_absolute_url(), "note": activity.organiser},
        activity.get_level_display(),
        chinese_moment(activity.starts_at),
        {"text": activity.status.label, "tone": activity.status.tone},
        {"text": str(activity.invited), "note": asked},
        str(activity.present),
        str(activity.absent),
        str(activity.excused),
    ]


@roles(Role.CITY_OFFICER)
def announce(request: HttpRequest) -> HttpResponse:
    """Announce an activity; inviting follows on its page."""
    form = AnnounceForm(request.POST or None, request.FILES or None, initial={"organiser": "昆明市工业和信息化局"})
    if request.method == "POST" and form.is_valid():
        plan = services.Plan(**{field.name: form.cleaned_data[field.name] for field in fields(services.Plan)})
        given = {"actor": request.actor, "plan": plan, "document": form.cleaned_data["document"]}
        made = attempt(form, services.announce, key=submitted(request).key, **given)
        if made:
            messages.success(request, "活动已发布。请选择受邀的示范平台，送达邀请。")
            return redirect("supervision:activity_invite", made.uuid)
    context = {"form": form, "crumbs": _crumbs(request)}
    return render(request, "supervision/activities/announce.html", context, status=status_of(form))


@roles(*APPLICANT, *OFFICERS)
@require_safe
def activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One activity and the invitations to it that the person may see."""
    found = get_object_or_404(selectors.activities_visible_to(request.actor), uuid=uuid)
    invited = list(selectors.visible_to(request.actor).filter(activity=found).order_by("title__number"))
    options = {option.row.name: option for option in engine.options(found, request.actor)}
    context = {
        "activity": found,
        "columns": INVITED,
        "rows": [_invited(invitation) for invitation in invited],
        "tiles": _tiles(invited),
        "begun": found.starts_at <= clock.now(),
        "unmarked": sum(invitation.state not in Invitation.MARKED for invitation in invited),
        "call_off": options.get("call_off"),
        "conclude": options.get("conclude"),
        "may_invite": request.actor.role == Role.CITY_OFFICER and found.state == "announced",
        "may_mark": request.actor.role == Role.CITY_OFFICER and found.state != "called_off",
        "crumbs": _crumbs(request),
    }
    return render(request, "supervision/activities/activity.html", context)


def _invited(invitation: Invitation) -> list[Any]:
    title = invitation.title
    return [
        {"text": title.platform_name, "url": invitation.get_absolute_url(), "note": title.operator_name},
        title.platform.district.name,
        {"text": f"{invitation.served_on:%Y-%m-%d}", "note": invitation.get_way_display()},
        {"text": invitation.status.label, "tone": invitation.status.tone},
        invitation.note or invitation.leave_reason,
    ]


def _tiles(invited: list[Invitation]) -> list[dict[str, Any]]:
    """The activity in figures."""
    count = [invitation.state for invitation in invited].count
    return [
        {"label": "邀请", "value": len(invited), "unit": "家"},
        {"label": "请假待审核", "value": count("leave_asked"), "unit": "家", "tone": "warn" if count("leave_asked") else ""},
        {"label": "出席", "value": count("present"), "unit": "家"},
        {"label": "无故缺席", "value": count("absent"), "unit": "家", "tone": "bad" if count("absent") else ""},
        {"label": "准假", "value": count("excused"), "unit": "家"},
    ]  # fmt: skip


@roles(*APPLICANT, *OFFICERS)
@require_safe
def document(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The notice of the activity."""
    found = get_object_or_404(selectors.activities_visible_to(request.actor), uuid=uuid)
    if found.document is None:
        raise Http404
    return serve(found.document, inline=True)


@roles(Role.CITY_OFFICER)
def call_off(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """取消活动."""
    effect = "取消后不再登记出席情况，已经邀请的示范平台都会收到通知。时间、地点有变的，请取消后重新发布。"
    return _step(request, uuid, "call_off", ReasonForm, services.call_off, effect, "活动已取消，并通知受邀平台。")


@roles(Role.CITY_OFFICER)
def conclude(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """活动办结."""
    effect = "办结后不再邀请和接受请假；出席登记有误的，仍可以更正，无故缺席的平台事后说明正当理由的，仍可以改为准假。"
    return _step(request, uuid, "conclude", EmptyForm, services.conclude, effect, "活动已办结。")


def _step(
    request: HttpRequest, uuid: UUID, step: str, form_class: type[forms.Form], service: Callable[..., Activity], effect: str,
    done: str,
) -> HttpResponse:  # fmt: skip
    found = get_object_or_404(selectors.activities_visible_to(request.actor), uuid=uuid)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.actor, "activity": found, **submitted(request).kwargs()}
        if attempt(form, service, **given, **form.cleaned_data):
            messages.success(request, done)
            return redirect(found)
    label = {"call_off": "取消活动", "conclude": "办结"}[step]
    context = {
        "subject": found,
        "form": form,
        "heading": f"{label}：{found.name}",
        "effect": effect,
        "label": label,
        "tone": "return" if step == "call_off" else "primary",
        "blockers": engine.blockers(found, step, request.actor),
        "crumbs": [*_crumbs(request), (found.name, found.get_absolute_url())],
    }
    return render(request, "supervision/activities/step.html", context, status=status_of(form))


def _crumbs(request: HttpRequest) -> list[tuple[str, str]]:
    view = "supervision:invitations" if request.actor.is_applicant else "supervision:activities"
    return [("公共服务活动", reverse(view))]
