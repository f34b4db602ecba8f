"""Filing a change: choose the matter, fill it in, get both receipts (Art. 20)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import roles
from accounts.models import APPLICANT_ROLES
from files import intake
from files.models import StoredFile
from files.purposes import Purpose
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from registry import selectors as registry
from registry.models import Title
from registry.services.amendments import now_stands
from supervision.change_kinds import BY_KIND, MATTERS
from supervision.forms.changes import FilingForm
from supervision.models import Change
from supervision.selectors import changes as selectors
from supervision.services import changes as services
from supervision.services.changes import Filing
from timekeeping import clock


@roles(*APPLICANT_ROLES)
@require_safe
def choose(request: HttpRequest, title: UUID) -> HttpResponse:
    """Which matter has changed; one that is under way leads to its filing."""
    found = _title(request, title)
    under_way = selectors.open_ones(found)
    context = {
        "title": found,
        "matters": [(matter, under_way.get(matter.kind)) for matter in MATTERS],
        "crumbs": [("变更备案", reverse("supervision:changes"))],
    }
    return render(request, "supervision/changes/choose.html", context)


@roles(*APPLICANT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, title: UUID, kind: str) -> HttpResponse:
    """The form of one matter."""
    if kind not in BY_KIND:
        raise Http404
    found, actor = _title(request, title), request.actor
    form = _form(request, found, kind)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, services.file, actor=actor, title=found, kind=kind, says=_filing(request, form),
            received_at=request.received_at, key=submitted(request).key,
        )  # fmt: skip
        if made:
            messages.success(request, f"已报备。县区回执 {made.district_receipt}，市局回执 {made.city_receipt}。")
            return redirect(made)
    blockers = engine.blockers(services.proposed(actor=actor, title=found, kind=kind), "file", actor)
    return _page(request, found, kind, form, blockers)


@roles(*APPLICANT_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def refile(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same form, filled with what was filed; the papers are given again."""
    change = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    given = {**change.values, "completed_on": change.completed_on, "explanation": change.explanation}
    form = _form(request, change.title, change.kind, given)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, services.refile, actor=request.actor, change=change, says=_filing(request, form),
            received_at=request.received_at, **submitted(request).kwargs(),
        )  # fmt: skip
        if done:
            messages.success(request, "已重新报备，首次报备时间不变。")
            return redirect(change)
    blockers = engine.blockers(change, "refile", request.actor)
    return _page(request, change.title, change.kind, form, blockers, change)


def kept(request: HttpRequest, uploads: Iterable[Any]) -> list[StoredFile]:
    """The uploads as stored files."""
    user = request.actor.user
    return [intake.receive(upload, purpose=Purpose.EVIDENCE, uploaded_by=user) for upload in uploads]


def _title(request: HttpRequest, uuid: UUID) -> Title:
    found: Title = get_object_or_404(registry.visible_to(request.actor), uuid=uuid)
    return found


def _form(request: HttpRequest, title: Title, kind: str, initial: dict[str, Any] | None = None) -> FilingForm:
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return FilingForm(*bound, matter=BY_KIND[kind], here=title.platform.district, initial=initial)


def _filing(request: HttpRequest, form: FilingForm) -> Filing:
    typed = form.cleaned_data
    return Filing(typed["completed_on"], form.values, typed["explanation"], kept(request, form.uploads))


def _page(
    request: HttpRequest, title: Title, kind: str, form: FilingForm, blockers: list[str], change: Change | None = None
) -> HttpResponse:
    stands = selectors.rows(kind, now_stands(title, kind), {a.name: "--" for a in BY_KIND[kind].fields})
    context = {
        "title": title, "matter": BY_KIND[kind], "form": form, "blockers": blockers, "change": change, "today": clock.today(),
        "stands": [(label, before) for label, before, _ in stands if before],
        "crumbs": [("变更备案", reverse("supervision:changes"))],
    }  # fmt: skip
    return render(request, "supervision/changes/file.html", context, status=status_of(form))
