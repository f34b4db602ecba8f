"""Checks and guidance: the district records and looks again; platform, city and auditor read (Art. 18)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import formats
from accounts.access import roles
from accounts.models import Role
from files.serving import serve
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from registry import selectors as registry
from registry.standing import in_force
from supervision.forms.checks import FollowUpForm, RecordForm
from supervision.models import Check
from supervision.selectors import checks as selectors
from supervision.services import checks as services
from supervision.views.report_finding import APPLICANT, OFFICERS
from timekeeping import clock

PAGE = 50
COLUMNS = [{"label": label} for label in ("平台和运营单位", "检查日期", "检查方式", "复查期限", "状态")]


@roles(*APPLICANT, *OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every check the person may see; those that wait for a second look first."""
    found = selectors.visible_to(request.actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [_cells(check) for check in selectors.waiting(found)],
        "page": page,
        "rows": [_cells(check) for check in page],
        "columns": COLUMNS,
        "may_record": request.actor.role == Role.DISTRICT_OFFICER,
    }
    return render(request, "supervision/checks/list.html", context)


def _cells(check: Check) -> list[Any]:
    title = check.title
    late = check.state == "recorded" and check.follow_up_by is not None and check.follow_up_by < clock.today()
    return [
        {
            "text": title.platform_name,
            "url": check.get_absolute_url(),
            "note": f"{title.operator_name}　{check.district.name}",
        },
        formats.iso(check.checked_on),
        check.get_kind_display(),
        {"text": formats.iso(check.follow_up_by) if check.follow_up_by else "", "note": "已过期限，尚未复查" if late else ""},
        {"text": check.status.label, "tone": check.status.tone},
    ]  # fmt: skip


@roles(Role.DISTRICT_OFFICER)
def record(request: HttpRequest) -> HttpResponse:
    """Record a check of a platform of the own district."""
    titles = registry.overseen_by(request.actor).filter(in_force(clock.today())).order_by("number")
    initial = {"title": request.GET.get("title", ""), "checked_on": clock.today()}
    form = RecordForm(request.POST or None, request.FILES or None, titles=titles, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"files": form.cleaned_data["files"] or []}
        made = attempt(form, services.record, actor=request.actor, key=submitted(request).key, **given)
        if made:
            messages.success(request, "检查已记录，并告知示范平台。")
            return redirect(made)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "supervision/checks/record.html", context, status=status_of(form))


@roles(*APPLICANT, *OFFICERS)
@require_safe
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One check and its second look."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    files = list(found.files.select_related("file"))
    context = {
        "check": found,
        "files": [one for one in files if not one.of_follow_up],
        "later_files": [one for one in files if one.of_follow_up],
        "follow_up": engine.option(found, "follow_up", request.actor) if found.follow_up_by else None,
        "crumbs": _crumbs(),
    }
    return render(request, "supervision/checks/check.html", context)


@roles(Role.DISTRICT_OFFICER)
def follow_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record the second look."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    form = FollowUpForm(request.POST or None, request.FILES or None, initial={"followed_up_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"files": form.cleaned_data["files"] or []}
        if attempt(form, services.follow_up, actor=request.actor, check=found, **submitted(request).kwargs(), **given):
            messages.success(request, "复查已记录，并告知示范平台。")
            return redirect(found)
    context = {
        "check": found,
        "form": form,
        "blockers": engine.blockers(found, "follow_up", request.actor),
        "crumbs": [*_crumbs(), (str(found), found.get_absolute_url())],
    }
    return render(request, "supervision/checks/follow_up.html", context, status=status_of(form))


@roles(*APPLICANT, *OFFICERS)
@require_safe
def file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """A file that goes with a check."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    return serve(get_object_or_404(found.files.select_related("file"), uuid=file).file, inline=True)


def _crumbs() -> list[tuple[str, str]]:
    return [("指导检查", reverse("supervision:checks"))]
