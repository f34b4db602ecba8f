"""The filing year as pictures, each with its table: the own district's for its officers, all for city and auditor."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.formats import bars
from accounts.models import Role
from desk import charts, statistics
from desk.forms import StatisticsFilter
from desk.statistics import Figures, Wait
from timekeeping import clock


@access.roles(Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
@require_GET
def filing(request: HttpRequest) -> HttpResponse:
    """申报统计 of one call; ``?year=`` and, for the city and the auditor, ``?district=`` narrow it."""
    actor, calls = request.actor, statistics.calls(request.actor)
    form = StatisticsFilter(request.GET, years=[call.year for call in calls], whole=actor.role != Role.DISTRICT_OFFICER)
    year, district = form.wanted()
    call = next((one for one in calls if one.year == year), calls[0] if calls else None)
    if call is None:
        return render(request, "desk/statistics.html", {"form": form})
    found = statistics.figures(actor, call, district)
    where = district or actor.district
    context = {
        "form": form,
        "call": call,
        "scope": where.name if where else "全市",
        "figures": found,
        "today": clock.today(),
        "minimum": call.parameters.min_satisfaction,
        **pictures(found),
    }
    return render(request, "desk/statistics.html", context, status=422 if form.errors else 200)


def pictures(found: Figures) -> dict[str, Any]:
    """The drawings of the figures."""
    points = [(one.sample.application.platform_name, one.share) for one in found.satisfaction]
    return {
        "stage_bars": bars((one.label, one.count) for one in found.stages),
        "reason_bars": bars(found.reasons),
        "tiles": [_tile(found.call.year, place) for place in found.places],
        "dots": charts.dots(points, found.call.parameters.min_satisfaction),
        "ranges": charts.ranges([_range(wait) for wait in found.waits if wait.used]),
        "gantt": charts.gantt(found.spans, clock.today()),
    }


def _tile(year: int, place: statistics.Place) -> dict[str, Any]:
    district = place.district
    url = f"{reverse('desk:statistics')}?year={year}&district={district.slug}"
    return {
        "slug": district.slug, "name": district.name, "url": url, "value": place.filed, "unit": "件",
        "shade": place.shade, "zone": district.is_zone,
    }  # fmt: skip


def _range(wait: Wait) -> charts.Range:
    term = f"，期限{wait.term}个工作日" if wait.term is not None else ""
    words = f"{wait.label}：{len(wait.used)}次，最短{min(wait.used)}个、中位{wait.middle_words}个、最长{wait.longest}个工作日{term}"
    return charts.Range(wait.label, min(wait.used), wait.middle or 0, wait.longest or 0, wait.term, words)
