"""取消、撤销: list, candidates of Art. 19, the case, its steps, its papers, and the announced decision for everybody."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public, roles
from accounts.models import APPLICANT_ROLES, Role
from files.serving import serve
from lifecycle import deadlines, engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from registry import selectors as registry
from registry.models import Title
from supervision.documents import endings as documents
from supervision.forms.endings import OpenForm
from supervision.guards.endings import why_not_open
from supervision.models import Ending, EndingFile
from supervision.selectors import candidates
from supervision.selectors import endings as selectors
from supervision.services import endings as services
from supervision.views.ending_steps import CITY_STEPS, PRIMARY, REPLY, SHOWN_AS, StepPage
from timekeeping import clock

CONCERNED = (Role.CITY_OFFICER, Role.AUDITOR, Role.DISTRICT_OFFICER, *APPLICANT_ROLES)
READERS = (Role.CITY_OFFICER, Role.AUDITOR)
LABELS = {"open": "办理中", "referred": "待集体决策", "decided": "已决定", "closed": "已终结", "all": "全部"}
PAGE = 20


@roles(*CONCERNED)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The endings the person may see, by what must be done."""
    chosen = request.GET.get("tab", "all" if request.actor.is_applicant else "open")
    chosen = chosen if chosen in selectors.TABS else "open"
    counts = selectors.counts(request.actor)
    found = selectors.visible_to(request.actor).filter(state__in=selectors.TABS[chosen])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    due = deadlines.dues(page.object_list)
    context = {
        "tabs": [
            {"label": label, "url": f"?tab={key}", "count": counts[key], "active": key == chosen}
            for key, label in LABELS.items()
        ],
        "page": page,
        "rows": [(ending, next(iter(due[ending.SUBJECT, ending.pk]), None)) for ending in page],
    }
    return render(request, "supervision/endings/index.html", context)


@roles(*READERS, Role.DISTRICT_OFFICER)
@require_safe
def proposed(request: HttpRequest) -> HttpResponse:
    """Who meets which ground of Art. 19, with the evidence; opening a procedure is a decision of people."""
    found = candidates.listed(request.actor)
    grounds = [(ground, label, [c for c in found if c.ground == ground]) for ground, label in Ending.Ground.choices]
    context = {
        "grounds": [row for row in grounds if row[0] != Ending.Ground.UNLAWFUL],
        "total": len(found),
        "today": clock.today(),
    }
    return render(request, "supervision/endings/candidates.html", context)


@roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a procedure on a title: the findings, filled in where the system lists the evidence."""
    title = get_object_or_404(registry.visible_to(request.actor), uuid=uuid)
    met = candidates.of_title(title)
    form = OpenForm(*_posted(request), initial=_proposal(request, met))
    if request.method == "POST" and form.is_valid():
        opened = attempt(
            form, services.open, actor=request.actor, title=title, findings=_findings(request, form, met),
            key=submitted(request).key,
        )  # fmt: skip
        if opened:
            messages.success(request, "程序已启动。请核对事先告知书后送达。")
            return redirect(opened)
    context = {
        "title": title,
        "form": form,
        "met": met.values(),
        "blockers": list(dict.fromkeys(_why_not(title, met))),
        "back": title.get_absolute_url(),
    }
    return render(request, "supervision/endings/open.html", context, status=status_of(form))


@roles(*CONCERNED)
@require_safe
def ending(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One case: facts, notice, reply, decision, what comes next."""
    found = _visible(request, uuid)
    offers = engine.options(found, request.actor)
    context = {
        "ending": found,
        "due": deadlines.due(found),
        "options": offers,
        "urls": {o.row.name: _address(found, o.row.name) for o in offers if _address(found, o.row.name)},
        "primary": PRIMARY.get(found.state, ""),
        "files": _files(request, found),
        "ruling": found.rulings.filter(resolution__state="confirmed").select_related("resolution").last(),
        "entered": found.rulings.filter(resolution__state="entered").select_related("resolution").last(),
        "interventions": found.interventions.order_by("pk"),
        "ban": found.title.bans.order_by("-pk").first() if found.kind == Ending.Kind.CANCEL else None,
        "plaques": found.title.plaques.all() if found.state in Ending.DECIDED else (),
        "officer": request.actor.has(*READERS),
    }
    return render(request, "supervision/endings/ending.html", context)


@roles(Role.CITY_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, uuid: UUID, step: str) -> HttpResponse:
    """One step of the city: its effect, what stands in the way, its form."""
    if step not in CITY_STEPS:
        raise Http404
    return _step(request, _visible(request, uuid), step, CITY_STEPS[step])


@roles(*APPLICANT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The platform's statement."""
    return _step(request, _visible(request, uuid), "reply", REPLY)


@roles(*CONCERNED)
@require_safe
def notice(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """事先告知书."""
    return serve(documents.notice(_visible(request, uuid)).file, inline=True)


@roles(*READERS)
@require_safe
def draft(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The draft of the decision as PDF."""
    return serve(documents.decision_draft(_decided(request, uuid)).file, inline=True)


@roles(*READERS)
@require_safe
def draft_text(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The draft as plain text for the office system."""
    text = documents.decision_text(_decided(request, uuid))
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="decision-draft.txt"'
    return response


@roles(*CONCERNED)
@require_safe
def file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """One file of the case, as far as the person may read it."""
    found = _visible(request, uuid)
    kept = get_object_or_404(_files(request, found), uuid=file)
    return serve(kept.file, inline=True)


@roles(*CONCERNED)
@require_safe
def signed(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The signed decision, for those concerned."""
    found = _visible(request, uuid)
    if found.signed_document is None:
        raise Http404
    return serve(found.signed_document, inline=True)


@roles(*READERS)
@require_safe
def order(request: HttpRequest, uuid: UUID, order: UUID) -> HttpResponseBase:
    """The document of a court or superior authority."""
    found = get_object_or_404(_visible(request, uuid).interventions.select_related("file"), uuid=order)
    return serve(found.file, inline=True)


@public
@require_safe
def decision(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An announced decision for everybody, with what became of it."""
    found = get_object_or_404(selectors.announced(), uuid=uuid)
    return render(request, "supervision/endings/decision.html", {"ending": found})


@public
@require_safe
def decision_document(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The public copy of the signed decision."""
    found = get_object_or_404(selectors.announced(), uuid=uuid)
    if found.public_document is None:
        raise Http404
    return serve(found.public_document)


def _step(request: HttpRequest, found: Ending, name: str, page: StepPage) -> HttpResponse:
    row = _row(found, name)
    form = page.form(*_posted(request), **_initial(name))
    if request.method == "POST" and form.is_valid():
        given = form.given(request.actor.person)  # type: ignore[attr-defined]
        if attempt(form, page.perform, actor=request.actor, ending=found, **given, **submitted(request).kwargs()):
            messages.success(request, page.done)
            return redirect(found)
    context = {
        "ending": found, "row": row, "page": page, "form": form, "back": found.get_absolute_url(),
        "blockers": engine.blockers(found, row.name, request.actor),
    }  # fmt: skip
    return render(request, "supervision/endings/step.html", context, status=status_of(form))


def _row(found: Ending, name: str) -> Any:
    unannounced = name == "resume" and not found.document_number
    return step_of(Ending.SUBJECT, "resume_unannounced" if unannounced else name)


def _initial(name: str) -> dict[str, Any]:
    return {"initial": {"method": "system", "delivered_on": clock.today()}} if name == "notify" else {}


def _visible(request: HttpRequest, uuid: UUID) -> Ending:
    found: Ending = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    return found


def _decided(request: HttpRequest, uuid: UUID) -> Ending:
    found = _visible(request, uuid)
    if found.state not in Ending.DECIDED:
        raise Http404
    return found


def _files(request: HttpRequest, found: Ending) -> Any:
    """All files for officers; the platform reads what it put in, and the evidence at the bureau."""
    files = found.files.select_related("file", "added_by")
    if request.actor.is_applicant:
        return files.filter(part=EndingFile.Part.REPLY)
    return files


def _address(found: Ending, name: str) -> str:
    shown = SHOWN_AS.get(name, name)
    if shown == "reply":
        return reverse("supervision:ending_reply", args=[found.uuid])
    if shown == "resume" and (name == "resume") != bool(found.document_number):
        return ""
    return reverse("supervision:ending_step", args=[found.uuid, shown]) if shown in CITY_STEPS else ""


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _proposal(request: HttpRequest, met: dict[str, candidates.Candidate]) -> dict[str, Any]:
    chosen = met.get(request.GET.get("ground", "")) or next(iter(met.values()), None)
    if chosen is None or request.GET.get("ground") == Ending.Ground.UNLAWFUL:
        return {"ground": Ending.Ground.UNLAWFUL}
    return {"ground": chosen.ground, "facts_on": chosen.facts_on, "findings": chosen.words}


def _findings(request: HttpRequest, form: OpenForm, met: dict[str, candidates.Candidate]) -> services.Findings:
    typed = form.cleaned_data
    listed = met.get(typed["ground"])
    return services.Findings(
        ground=typed["ground"], facts_on=typed["facts_on"], words=typed["findings"],
        evidence=listed.lines if listed else (), files=form.uploads(request.actor.person),
    )  # fmt: skip


def _why_not(title: Title, met: dict[str, candidates.Candidate]) -> list[str]:
    """What forbids every procedure; what forbids only cancellation is said when it is tried."""
    return list(why_not_open(title, Ending.Kind.REVOKE))
