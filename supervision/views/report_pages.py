"""The platform's reports: what is owed, beginning one, its task list, the check of everything; and the reading page for all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import roles
from lifecycle import engine, story
from lifecycle.forms import submitted
from lifecycle.workdays import calendar
from registry import selectors as registry
from supervision.models import AnnualReport
from supervision.reporting import checking, content, days, reading
from supervision.reporting.drafts import draft_of
from supervision.selectors import reports
from supervision.services import report_content
from supervision.services import reports as services
from supervision.views.report_finding import APPLICANT, OFFICERS, common, crumbs, report_or_404, title_or_404

EARLIEST = 2000


@roles(*APPLICANT)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What the organisation owes and owed, newest year first."""
    actor = request.actor
    titles = registry.visible_to(actor)
    listed = [standing for year in reports.years(actor)[:4] for standing in reports.owed(year, titles)]
    context = {"standings": listed, "titles": titles.exists(), "days": days.days_of(reports.newest_year(), calendar())}
    return render(request, "supervision/reports/mine.html", context)


@roles(*APPLICANT)
def begin(request: HttpRequest, title: UUID, year: int) -> HttpResponse:
    """The report of a title on a year: begin it, or go on with it."""
    found = title_or_404(request, title)
    if not EARLIEST <= year <= reports.newest_year() + 1:
        raise Http404
    existing = AnnualReport.objects.filter(title=found, year=year).first()
    if existing:
        return redirect(existing)
    if request.method == "POST":
        made = services.create(actor=request.actor, title=found, year=year, key=submitted(request).key)
        messages.success(request, "年度报告已经建立，填写的内容随填随存。")
        return redirect(made)
    context = {
        "title": found,
        "year": year,
        "days": days.days_of(year, calendar()),
        "standing": reports.standing_of([found], year).get(found.pk),
        "blockers": engine.blockers(services.proposed(actor=request.actor, title=found, year=year), "create", request.actor),
        "crumbs": crumbs(request),
    }  # fmt: skip
    return render(request, "supervision/reports/begin.html", context)


@roles(*APPLICANT, *OFFICERS)
@require_safe
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The task list for whoever fills it in, the frozen version for everybody else."""
    found = report_or_404(request, uuid)
    if request.actor.is_applicant and report_content.may_edit(found):
        return _tasklist(request, found)
    return _reading(request, found)


def _tasklist(request: HttpRequest, found: AnnualReport) -> HttpResponse:
    draft = draft_of(found)
    checked = checking.check(draft)
    context = {
        **common(request, found),
        "check": checked,
        "sections": _tasks(checked.of(checking.SECTION), found),
        "lists": _tasks(checked.of(checking.LIST), found),
        "next_url": checked.following.url(found.uuid) if checked.following else "",
        "attachments": len(draft.attachments),
        "figures": [f for f in reading.compared(content.content_of(found)) if f.declared and not f.agrees],
        "saved": max(draft.saved.values(), key=lambda section: section.saved_at, default=None),
        "returned": _returned(found),
    }
    return render(request, "supervision/reports/tasklist.html", context)


def _tasks(parts: list[checking.Part], found: AnnualReport) -> list[dict[str, str]]:
    return [
        {"label": p.title, "url": p.url(found.uuid), "hint": p.hint, "status": p.status, "tone": p.tone} for p in parts
    ]


def _returned(found: AnnualReport) -> str:
    """What the district asked for, while the report is returned."""
    lines = [line for line in story.of(found) if line.reason] if found.state == "returned" else []
    return lines[-1].reason if lines else ""


def _reading(request: HttpRequest, found: AnnualReport) -> HttpResponse:
    version = found.current_version
    whole: dict[str, Any] = version.content if version else content.content_of(found)
    context = {
        **common(request, found),
        "version": version,
        "versions": found.versions.select_related("submitted_by").order_by("-number"),
        "standing": reports.standing_of([found.title], found.year).get(found.title_id),
        "sections": reading.sections(whole),
        "figures": reading.compared(whole),
        "tables": reading.tables(whole),
        "files": reading.attachments(whole),
        "scan": content.scan_of(found, version.fingerprint) if version else None,
        "options": {option.row.name: option for option in engine.options(found, request.actor)},
    }
    return render(request, "supervision/reports/report.html", context)


@roles(*APPLICANT)
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """核对全部内容: everything as it would be filed, each problem with a link, and the way to the signatory."""
    found = report_or_404(request, uuid)
    if request.method == "POST":
        services.request_signature(actor=request.actor, report=found, **submitted(request).kwargs())
        messages.success(request, "已送签字人确认。签字人会收到通知，确认报送前内容不能修改。")
        return redirect(found)
    draft = draft_of(found)
    checked, whole = checking.check(draft), content.content_of(found)
    context = {
        **common(request, found),
        "problems": [(problem.words, problem.url(found.uuid)) for problem in checked.problems],
        "sections": reading.sections(whole),
        "tables": reading.tables(whole),
        "files": reading.attachments(whole),
        "editable": report_content.may_edit(found),
        "blockers": engine.blockers(found, "request_signature", request.actor) if found.state == "draft" else [],
    }
    return render(request, "supervision/reports/check.html", context)
