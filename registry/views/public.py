"""What everybody may see of the book: the register, its figures and data, and the check of one title."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from accounts.formats import bars
from accounts.models import District
from files.serving import serve
from lifecycle import lookups
from registry import continuity, documents, exports, selectors
from registry.forms import LookupForm, RegisterFilter
from registry.models import Title
from registry.standing import standing
from registry.wording import former_names, function_names
from timekeeping import clock

PAGE = 20
TYPES = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (exports.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@public
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """示范平台名录 with filters; the same address always shows the same list."""
    form = filter_of(request)
    titles = selectors.narrowed(selectors.public(), form.wanted(), clock.today()).prefetch_related("amendments")
    page = Paginator(titles, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": rows_of(page, selectors.public()), "query": request.GET.urlencode()}
    return render(request, "registry/register.html", {**context, **chips_of(request, form)})


@public
@require_safe
def open_data(request: HttpRequest, extension: str) -> HttpResponse:
    """The list as filtered, whole, as CSV or workbook."""
    write, mime = TYPES[extension]
    today = clock.today()
    titles = selectors.narrowed(selectors.public(), filter_of(request).wanted(), today)
    response = HttpResponse(write(titles, today), content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="register-{today}.{extension}"'
    return response


@public
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Titles by district, function and year."""
    today = clock.today()
    districts = selectors.by_district(today)
    context = {
        "today": today,
        "districts": districts,
        "tiles": [tile_of(row) for row in districts],
        "valid": sum(row.valid for row in districts),
        "total": sum(row.total for row in districts),
        "function_bars": bars(selectors.by_function(today)),
        "years": selectors.by_year(today),
    }
    return render(request, "registry/statistics.html", context)


def tile_of(row: selectors.DistrictCount) -> dict[str, Any]:
    """A district as a tile of ``ui/tiles.html``."""
    district = row.district
    url = f"{reverse('registry:register')}?district={district.slug}&standing=valid"
    return {
        "slug": district.slug, "name": district.name, "url": url, "value": row.valid, "unit": "家",
        "shade": row.shade, "zone": district.is_zone,
    }  # fmt: skip


@public
@require_safe
@never_cache
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Where the printed code leads: the title as it stands now."""
    title = announced(token)
    today = clock.today()
    context = {
        "title": title,
        "functions": function_names(title),
        "history": [entry for entry in title.amendments.all() if entry.is_public],
        "former_names": former_names(title),
        "standing": standing(title, today),
        "place": continuity.place(title, selectors.public()),
        "asked_at": clock.now(),
        "proof": not documents.why_no_proof(title),
    }
    return render(request, "registry/check.html", context)


@public
@require_safe
def public_proof(request: HttpRequest, token: str) -> HttpResponseBase:
    """The proof for whoever holds the address of the check page."""
    return serve(documents.proof(announced(token)).file)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Check a title by number and operator; wrong and absent get the same answer."""
    form = LookupForm(request.POST or None)
    if request.method == "POST":
        lookups.may_ask(request.META["REMOTE_ADDR"])
        if form.is_valid():
            if found := selectors.by_number(**form.cleaned_data):
                return redirect("registry:check", found.token)
            lookups.note_failure(request.META["REMOTE_ADDR"])
            return render(request, "registry/lookup.html", {"form": form, "not_found": True})
    return render(request, "registry/lookup.html", {"form": form}, status=422 if form.is_bound else 200)


def announced(token: str) -> Title:
    title = selectors.by_token(token)
    if title is None:
        raise Http404
    return title


def filter_of(request: HttpRequest) -> RegisterFilter:
    return RegisterFilter(
        request.GET, districts=District.objects.order_by("order"), years=selectors.years(selectors.public())
    )


def chips_of(request: HttpRequest, form: RegisterFilter) -> dict[str, Any]:
    """The filters in force, each with the address without it."""
    chips = []
    for name, words in form.chips():
        rest = request.GET.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        chips.append({"label": words, "remove_url": f"{request.path}?{rest.urlencode()}"})
    return {"chips": chips, "clear_url": request.path if len(chips) > 1 else ""}


def rows_of(titles: Iterable[Title], known: QuerySet[Title]) -> list[dict[str, Any]]:
    """The rows of a list of titles; a gap before one is told from the ``known`` titles of its operator."""
    listed, today = list(titles), clock.today()
    places = continuity.places(listed, known)
    return [
        {
            "title": title, "standing": standing(title, today), "functions": function_names(title),
            "former_names": former_names(title), "gap": places[title.pk].gap,
        }
        for title in listed
    ]  # fmt: skip
