"""我的申报, a new application, the task list of a draft."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import access
from accounts.models import Role
from applications import carrying, editing, facts, presence, tasklist
from applications.checking import check
from applications.drafts import draft_of
from applications.forms.filing import NewApplicationForm
from applications.models import Application, Call
from applications.selectors import open_calls, own_people, visible_to
from applications.services import filing
from lifecycle import engine
from lifecycle.forms import submitted

APPLICANT = (Role.FILER, Role.SIGNATORY)


@access.roles(*APPLICANT)
def mine(request: HttpRequest) -> HttpResponse:
    """我的申报: the organisation's applications and the calls that are open."""
    own = visible_to(request.actor).order_by("-created_at")
    taken = set(own.exclude(state="withdrawn").values_list("call_id", flat=True))
    page = Paginator(own.prefetch_related("call__extensions"), 20).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(application, bool(editing.missed(application))) for application in page],
        "calls": [call for call in open_calls() if call.pk not in taken],
    }
    return render(request, "applications/mine.html", context)


@access.roles(*APPLICANT)
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin the application for a call, or read why not."""
    call = get_object_or_404(Call.objects.exclude(state="draft").prefetch_related("extensions"), uuid=uuid)
    form = NewApplicationForm(request.POST or None, initial={"platform_name": request.actor.organisation.name})
    if request.method == "POST" and form.is_valid():
        try:
            made = filing.create(
                actor=request.actor, call=call, platform_name=form.cleaned_data["platform_name"],
                key=submitted(request).key,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("applications:carry", made.uuid) if carrying.sources(made).exists() else redirect(made)
    proposed = filing.proposed(actor=request.actor, call=call)
    context = {
        "call": call,
        "form": form,
        "organisation": request.actor.organisation,
        "blockers": engine.blockers(proposed, "create", request.actor),
        "crumbs": [("我的申报", reverse("applications:mine"))],
    }
    return render(request, "applications/new.html", context, status=422 if form.errors else 200)


def page(request: HttpRequest, application: Application) -> HttpResponse:
    """The task list of a draft, for the applicant."""
    draft = draft_of(application)
    report = check(draft)
    computed = facts.computed_of(draft)
    summary = tasklist.summary_of(report)
    materials = report.of("material")
    elsewhere = presence.elsewhere(application, request.actor)
    context = {
        "application": application,
        "summary": summary,
        "missed": editing.missed(application),
        "next_url": tasklist.url_of(summary.next, application) if summary.next else "",
        "panels": tasklist.panels(report, application, elsewhere),
        "materials": [(part, tasklist.url_of(part, application)) for part in materials],
        "materials_done": sum(part.complete for part in materials),
        "undertaking": tasklist.tasks([report.part("section", "undertaking")], application, elsewhere),
        "complete": report.complete,
        "open_problems": len(report.problems),
        "eligibility": tasklist.eligibility(facts.assess_draft(draft, computed), draft),
        "mismatches": facts.declared_mismatches(draft.data("functions"), computed.facts),
        "carry": carrying.has_room(draft) and carrying.sources(application).first(),
        "road": tasklist.road(application),
        "saved": tasklist.last_saved(draft),
        "colleagues": own_people(request.actor),
    }
    return render(request, "applications/tasklist.html", context)
