"""The applicant's page of one application: where it stands, what was done, what comes, what to download."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import roles, signed_in
from accounts.actors import Actor
from accounts.models import Role
from applications import corrections, deadlines, documents, editing, outcomes, papers, reading, road, versions
from applications.editing import DRAFT
from applications.models import Application, ApplicationVersion, Correction
from applications.selectors import visible_to
from applications.views import returned, tasklist
from lifecycle import announcements, engine
from lifecycle.steps import SIGNATORY

READERS = (Role.FILER, Role.SIGNATORY, Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
NEXT_PAGE = {
    "awaiting_signature": ("applications:signature", "核对并提交"),
    "returned": ("applications:correction", "去补正"),
}


@signed_in
def application(request: HttpRequest, uuid: str) -> HttpResponse:
    """The applicant's own page: the task list of a draft, else the progress; officers and reviewers are led to their workbench."""
    found = get_object_or_404(visible_to(request.actor), uuid=uuid)
    if not request.actor.is_applicant:
        return redirect("review:workbench", found.uuid)
    if found.state == DRAFT:
        return tasklist.page(request, found)
    return render(request, "applications/status.html", _page(request, found))


def _page(request: HttpRequest, found: Application) -> dict[str, Any]:
    records = road.records_of(found)
    correction = corrections.current(found)
    listed = list(found.versions.select_related("submitted_by").order_by("-number"))
    return {
        "application": found,
        "missed": editing.missed(found),
        "next_page": _next_page(found, request.actor),
        "signatories": announcements.people(SIGNATORY, found) if found.state == "awaiting_signature" else [],
        "stages": road.stages(found, records),
        "events": road.events(found, records),
        "correction": correction,
        "correction_tasks": _correction_tasks(found, correction) if correction else [],
        "late": editing.is_late(found),
        "versions": listed,
        "papers": papers.of(found, listed),
        "outcome": outcomes.of(found) if found.state in outcomes.EXITS else None,
        "withdraw": engine.option(found, "withdraw", request.actor),
    }


def _next_page(found: Application, actor: Actor) -> tuple[str, str] | None:
    """Where the acting person goes on from here, and the words of the button: only a signatory submits."""
    if found.state == "awaiting_signature" and actor.role != Role.SIGNATORY:
        return "applications:signature", "查看送签内容"
    return NEXT_PAGE.get(found.state)


def _correction_tasks(found: Application, correction: Correction) -> list[dict[str, Any]]:
    """The items for ``ui/tasks.html``; those still open lead to where they are put right, before the others."""
    url = reverse("applications:correction", args=[found.uuid])
    tasks = [
        {
            "label": f"{one.number}. {corrections.item_label(one.item)}", "hint": one.item.defect,
            "url": f"{url}#item-{one.number}", "tone": "done" if one.is_answered else "todo",
            "status": "已补正" if one.is_answered else "待补正",
        }
        for one in returned.numbered(correction)
    ]  # fmt: skip
    return sorted(tasks, key=lambda task: str(task["tone"]) == "done")


@roles(Role.FILER, Role.SIGNATORY)
def receipt(request: HttpRequest, uuid: str) -> HttpResponse:
    """The receipt of the newest submission: number, time, fingerprint, what happens next and by when."""
    found = get_object_or_404(visible_to(request.actor), uuid=uuid)
    if found.current_version is None:
        return redirect(found)
    page = {
        "application": found,
        "version": found.current_version,
        "next_steps": deadlines.next_steps(found.current_version),
        "contact": documents.district_contact(found),
    }
    return render(request, "applications/receipt.html", page)


@roles(*READERS)
def version(request: HttpRequest, uuid: str, number: int) -> HttpResponse:
    """One frozen version, and what it changed."""
    found = get_object_or_404(visible_to(request.actor), uuid=uuid)
    kept = {v.number: v for v in found.versions.select_related("submitted_by", "application")}
    if number not in kept:
        raise Http404
    page = _version_page(kept[number], kept.get(number - 1)) | {
        "application": found,
        "file_page": "applications:material_file" if request.actor.is_applicant else "review:material",
    }
    return render(request, "applications/version.html", page)


def _version_page(shown: ApplicationVersion, before: ApplicationVersion | None) -> dict[str, Any]:
    content = shown.content
    changes = versions.difference(before.content, content) if before else []
    return {
        "version": shown,
        "before": before,
        "changes": changes,
        "compared": corrections.answered_by(shown, changes),
        "change_count": f"{len(changes)} 处，与第{before.number}版比较" if before else "",
        "organisation": reading.organisation(content),
        "sections": reading.sections(content),
        "figures": reading.figures(content),
        "tables": reading.tables(content),
        "file_classes": reading.file_classes(content),
    }
