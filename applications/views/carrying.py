"""沿用: what an earlier application of the same organisation offers, part by part, and confirming what was taken over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import access
from accounts.models import Role
from applications import editing
from applications.carrying import Part, Plan, sources
from applications.checking import LIST, MATERIAL, SECTION
from applications.drafts import draft_of
from applications.forms.carrying import CarryForm
from applications.listforms import LISTS
from applications.models import Application, ApplicationVersion
from applications.schema import BY_KEY
from applications.services import carrying as services
from applications.views.finding import application_or_404, crumbs_to
from lifecycle.acting import attempt, status_of

own = access.roles(Role.FILER, Role.SIGNATORY)
GROUPS = ((SECTION, "填报内容"), (LIST, "清单"), (MATERIAL, "证明材料"))


@own
def carry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every part of one earlier application with keep or clear; nothing is copied before it is confirmed."""
    application = application_or_404(request, uuid)
    offered = list(sources(application))
    if not offered or application.state != editing.DRAFT:
        return redirect(application)
    version = _chosen(offered, request.POST.get("from") or request.GET.get("from"))
    plan = Plan(draft_of(application), version)
    form = CarryForm(plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"application": application, "version": version, "keep": form.kept}
        carried = attempt(form, services.carry, actor=request.actor, **given)
        if carried is not None:
            messages.success(request, _said(carried))
            return redirect(application)
    return render(
        request, "applications/carry.html", _context(application, offered, plan, form), status=status_of(form)
    )


def _chosen(offered: list[ApplicationVersion], wanted: str | None) -> ApplicationVersion:
    """The version asked for among the organisation's own, the newest when none was. Raises Http404 for any other."""
    if not wanted:
        return offered[0]
    for version in offered:
        if str(version.uuid) == wanted:
            return version
    raise Http404


def _said(carried: list[Part]) -> str:
    if not carried:
        return "没有沿用任何内容，请逐项填写。"
    return f"已沿用 {len(carried)} 项，均标为“请核对”。请逐项打开核对，保存或者确认后才能送签。"


def _context(
    application: Application, offered: list[ApplicationVersion], plan: Plan, form: CarryForm
) -> dict[str, Any]:
    groups = [
        (title, [(part, form[part.name] if part.offered else None) for part in plan.parts if part.part == kind])
        for kind, title in GROUPS
    ]
    return {
        "application": application,
        "source": plan.version,
        "offered": offered,
        "years": plan.years,
        "groups": [group for group in groups if group[1]],
        "form": form,
        "crumbs": crumbs_to(application),
    }  # fmt: skip


@own
@require_POST
def keep_section(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """The carried section was looked at and is meant as it stands."""
    return _keep(request, uuid, SECTION, key, {section.key: section.title for section in BY_KEY.values()})


@own
@require_POST
def keep_list(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The carried list was looked at and is meant as it stands."""
    return _keep(request, uuid, LIST, kind, {form.kind.value: form.title for form in LISTS.values()})


def _keep(request: HttpRequest, uuid: UUID, part: str, key: str, titles: dict[str, str]) -> HttpResponse:
    application = application_or_404(request, uuid)
    if key not in titles:
        raise Http404
    services.keep(actor=request.actor, application=application, part=part, key=key)
    messages.success(request, f"已确认沿用“{titles[key]}”。")
    return redirect(application)
