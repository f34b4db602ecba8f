"""Titles for those concerned: the platform itself, its district, the city, the auditor."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import roles
from accounts.models import District, Role
from files.serving import serve
from registry import continuity, documents, selectors
from registry.forms import RegisterFilter
from registry.standing import standing
from registry.views.public import PAGE, chips_of, rows_of
from registry.wording import former_names, function_names
from timekeeping import clock

CONCERNED = (Role.FILER, Role.SIGNATORY, Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)


@roles(*CONCERNED)
@require_safe
def platforms(request: HttpRequest) -> HttpResponse:
    """The titles the person may see, announced or not."""
    visible = selectors.visible_to(request.actor)
    form = RegisterFilter(request.GET, districts=District.objects.order_by("order"), years=selectors.years(visible))
    titles = selectors.narrowed(visible, form.wanted(), clock.today()).prefetch_related("plaques", "amendments")
    page = Paginator(titles, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": rows_of(page, visible)}
    return render(request, "registry/platforms.html", {**context, **chips_of(request, form)})


@roles(*CONCERNED)
@require_safe
def title(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One title: term, document, plaque, proof, record."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    context = {
        "title": found,
        "functions": function_names(found),
        "history": list(found.amendments.all()),
        "former_names": former_names(found),
        "standing": standing(found, clock.today()),
        "place": continuity.place(found, selectors.visible_to(request.actor)),
        "urls": {step: reverse(f"registry:{step}", args=[found.uuid]) for step in ("dissolve", "renounce")},
        "bans": [(ban, *ban.standing(clock.today())) for ban in found.bans.all()],
        "plaques": found.plaques.select_related("title__platform__organisation", "title__platform__district"),
        "no_proof": documents.why_no_proof(found),
        "check_address": documents.check_address(found) if found.document_number else "",
    }
    return render(request, "registry/title.html", context)


@roles(*CONCERNED)
@require_safe
def proof(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The printable proof."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    return serve(documents.proof(found).file)
