"""核对: one section, or everything, as it would be filed, with every problem leading to its field."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import access
from accounts.models import Role
from applications import editing, facts, tasklist
from applications.checking import check
from applications.drafts import draft_of
from applications.listforms import LISTS
from applications.reviewing import reviewed
from applications.schema import BY_KEY, SECTIONS
from applications.services import filing
from applications.views.finding import application_or_404, crumbs_to
from applications.views.sections import following
from lifecycle import engine
from lifecycle.forms import submitted
from regulation.materials import CLASSES

APPLICANT = (Role.FILER, Role.SIGNATORY)


@access.roles(*APPLICANT)
def check_section(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """核对本部分: every field of a section with what is missing or contradictory."""
    found = application_or_404(request, uuid)
    if key not in BY_KEY:
        raise Http404
    section = BY_KEY[key]
    [entry] = reviewed((section,), draft_of(found))
    context = {
        "application": found,
        "entry": entry,
        "editable": editing.may_edit(found, "section", key),
        "next_url": following(found, section),
        "crumbs": [*crumbs_to(found), (section.title, reverse("applications:section", args=[found.uuid, key]))],
    }
    return render(request, "applications/check_section.html", context)


@access.roles(*APPLICANT)
def review_all(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """核对全部内容: everything as it would be filed, each problem with a link, and the way to the signatory."""
    found = application_or_404(request, uuid)
    if request.method == "POST":
        filing.request_signature(actor=request.actor, application=found, **submitted(request).kwargs())
        messages.success(request, "已送签字人确认。签字人会收到通知，确认提交前内容不能修改。")
        return redirect(found)
    draft = found.read_draft = draft_of(found)
    report = check(draft)
    context = {
        "application": found,
        "eligibility": tasklist.eligibility(facts.assess_draft(draft), draft),
        "open_problems": len(report.problems),
        "problems": [
            (part.title, [(problem.words, problem.url(found.uuid)) for problem in part.problems])
            for part in report.parts
            if part.problems
        ],
        "entries": reviewed(SECTIONS, draft),
        "lists": [(form, len(draft.rows[kind])) for kind, form in LISTS.items()],
        "classes": [(group, [m for m in draft.materials if m.category == group.number]) for group in CLASSES],
        "editable": found.state in (editing.DRAFT, editing.RETURNED),
        "blockers": engine.blockers(found, "request_signature", request.actor) if found.state == editing.DRAFT else [],
    }
    return render(request, "applications/check.html", context)
