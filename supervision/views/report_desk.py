"""The officers' pages: reports of a district, accepting and returning, forwarding, completeness by district (Art. 18)."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import formats
from accounts.access import roles
from accounts.models import District, Role
from files.serving import serve, xlsx
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from lifecycle.workdays import calendar
from supervision.documents import districts as documents
from supervision.forms.reports import EmptyForm, ForwardForm, QueueFilter, ReturnForm, YearFilter
from supervision.models import DistrictReport
from supervision.reporting import days
from supervision.selectors import completeness, reports
from supervision.selectors.reports import Standing
from supervision.services import districts
from supervision.services import reports as services
from supervision.views.report_finding import OFFICERS, common, report_or_404
from supervision.views.report_pages import EARLIEST
from timekeeping.clock import SHANGHAI

PAGE = 50
CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)
COLUMNS = [{"label": label} for label in ("平台和运营单位", "报送情况", "目前状态", "首次报送", "说明")]


@roles(*OFFICERS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Where the person begins: the own district's reports, or all districts."""
    if request.actor.role == Role.DISTRICT_OFFICER:
        return redirect("supervision:reports_of_district", reports.newest_year(), request.actor.district.slug)
    return redirect("supervision:report_completeness")


@roles(*OFFICERS)
@require_safe
def of_district(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Every report that is owed in a district, what waits for the district first."""
    district = _district(request, slug)
    if not EARLIEST <= year <= reports.newest_year() + 1:
        raise Http404
    form = QueueFilter(request.GET or {"year": year}, years=reports.years(request.actor))
    if form.value("year", year) != year:
        kept = {"standing": form.value("standing", "")}
        address = reverse("supervision:reports_of_district", args=[form.value("year", year), slug])
        return redirect(f"{address}?{urlencode(kept)}" if kept["standing"] else address)
    whole = completeness.of_district(district, year)
    wanted = form.value("standing", "")
    listed = [s for s in whole.standings if not wanted or s.verdict.key == wanted]
    page = Paginator(sorted(listed, key=_urgency), PAGE).get_page(request.GET.get("page"))
    context = {
        "district": district,
        "year": year,
        "whole": whole,
        "tiles": tiles(whole),
        "form": form,
        "page": page,
        "columns": COLUMNS,
        "rows": [cells(standing) for standing in page],
        "days": days.days_of(year, calendar()),
        "ready": len(completeness.accepted(district, year)),
        "may_forward": request.actor.role == Role.DISTRICT_OFFICER,
    }
    return render(request, "supervision/districts/reports.html", context)


def _district(request: HttpRequest, slug: str) -> District:
    district = get_object_or_404(District, slug=slug)
    if request.actor.role == Role.DISTRICT_OFFICER and district.pk != request.actor.district_id:
        raise Http404
    return district


def _urgency(standing: Standing) -> tuple[int, str]:
    """What the district must do first, then what the platforms must do, then the rest."""
    order = {"submitted": 0, None: 1, "draft": 1, "awaiting_signature": 1, "returned": 2, "accepted": 3, "forwarded": 4}
    return order[standing.report.state if standing.report else None], standing.title.number


def cells(standing: Standing) -> list[Any]:
    """One line about one owed report; a draft is not shown to officers, only that it is one."""
    title, report = standing.title, standing.report
    name: dict[str, Any] = {"text": title.platform_name, "note": f"{title.operator_name}　{title.number}"}
    if report and report.first_submitted_at:
        name["url"] = report.get_absolute_url()
    state = {"text": report.status.label, "tone": report.status.tone} if report and standing.submitted_at else "未报送"
    told: Any = ""
    if standing.excuse:
        told = {"text": standing.excuse.status.label, "url": standing.excuse.get_absolute_url()}
    when = formats.iso(standing.submitted_at.astimezone(SHANGHAI).date()) if standing.submitted_at else ""
    return [name, {"text": standing.verdict.label, "tone": standing.verdict.tone}, state, when, told]


def tiles(whole: completeness.Completeness) -> list[dict[str, Any]]:
    """The district's year in figures."""
    verdicts, states = whole.verdicts, whole.states
    return [
        {"label": "应报", "value": whole.owed, "unit": "家"},
        {"label": "已报", "value": whole.filed, "unit": "家"},
        {"label": "待接收", "value": states["submitted"], "unit": "家", "tone": "warn" if states["submitted"] else ""},
        {"label": "逾期未报", "value": verdicts["missing"], "unit": "家", "tone": "bad" if verdicts["missing"] else ""},
        {"label": "已报送市局", "value": states["forwarded"], "unit": "家"},
    ]


@roles(Role.DISTRICT_OFFICER)
def accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """县区接收."""
    words = "接收后列入本区的年度报送。内容有缺漏的，请改为退回补充。"
    return _step(request, uuid, "accept", EmptyForm, ("接收年度报告", words, "接收"), "已接收，列入本区年度报送。")


@roles(Role.DISTRICT_OFFICER)
def return_for_completion(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """退回补充."""
    words = "示范平台补充后重新报送。是否按期以首次报送时间为准，退回不影响。"
    done = "已退回补充，并告知示范平台。"
    return _step(request, uuid, "return_for_completion", ReturnForm, ("退回补充", words, "退回补充"), done)


def _step(
    request: HttpRequest, uuid: UUID, step: str, form_class: type[forms.Form], words: tuple[str, str, str], done: str
) -> HttpResponse:
    report = report_or_404(request, uuid)
    form = form_class(request.POST or None)
    service = {"accept": services.accept, "return_for_completion": services.return_for_completion}[step]
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.actor, "report": report, **submitted(request).kwargs()}
        if attempt(form, service, **given, **form.cleaned_data):
            messages.success(request, done)
            return redirect("supervision:reports_of_district", report.year, report.district.slug)
    heading, effect, label = words
    context = {
        **common(request, report),
        "form": form,
        "heading": heading,
        "effect": effect,
        "label": label,
        "tone": "return" if step == "return_for_completion" else "primary",
        "blockers": engine.blockers(report, step, request.actor),
    }
    return render(request, "supervision/reports/step.html", context, status=status_of(form))


@roles(Role.DISTRICT_OFFICER)
def forward(request: HttpRequest, year: int) -> HttpResponse:
    """Preview of what goes to the city now, and the step."""
    if year not in reports.years(request.actor):
        raise Http404
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, districts.forward, actor=request.actor, year=year, key=submitted(request).key, **form.cleaned_data
        )
        if made:
            messages.success(request, f"{made}已报送市局。")
            return redirect(made)
    proposed = districts.proposed(actor=request.actor, year=year)
    content = districts.content(proposed, completeness.accepted(proposed.district, year))
    context = {
        **_tables(content),
        "proposed": proposed,
        "content": content,
        "year": year,
        "form": form,
        "days": days.days_of(year, calendar()),
        "blockers": engine.blockers(proposed, "forward", request.actor),
        "crumbs": [("年度报告", reverse("supervision:reports_of_district", args=[year, proposed.district.slug]))],
    }
    return render(request, "supervision/districts/forward.html", context, status=status_of(form))


def _tables(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "forwarded_columns": documents.FORWARDED,
        "forwarded": documents.forwarded_rows(content),
        "missing_columns": documents.MISSING,
        "missing": documents.missing_rows(content),
    }


@roles(*OFFICERS)
def district_report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a district forwarded; the city takes note of it here."""
    found = _forwarded(request, uuid)
    if request.method == "POST":
        districts.receive(actor=request.actor, report=found, **submitted(request).kwargs())
        messages.success(request, f"{found}已接收。")
        return redirect(found)
    context = {
        **_tables(found.content),
        "found": found,
        "late": days.days_of(found.year, calendar()).district.late(found.forwarded_at) if found.number == 1 else False,
        "receive": engine.option(found, "receive", request.actor),
        "reports": found.reports.select_related("title__platform__organisation").order_by("title__number"),
        "crumbs": [("年度报告", reverse("supervision:reports_of_district", args=[found.year, found.district.slug]))],
    }
    return render(request, "supervision/districts/report.html", context)


@roles(*OFFICERS)
@require_safe
def district_report_file(request: HttpRequest, uuid: UUID, extension: str) -> HttpResponseBase:
    """The paper or the workbook of a district's report."""
    if extension not in ("pdf", "xlsx"):
        raise Http404
    found = _forwarded(request, uuid)
    issued = documents.as_pdf(found) if extension == "pdf" else documents.as_workbook(found)
    return serve(issued.file, inline=extension == "pdf")


def _forwarded(request: HttpRequest, uuid: UUID) -> DistrictReport:
    found: DistrictReport = get_object_or_404(reports.district_reports_visible_to(request.actor), uuid=uuid)
    return found


@roles(*CITYWIDE)
@require_safe
def by_district(request: HttpRequest) -> HttpResponse:
    """Completeness of a year, district by district."""
    year = _year(request)
    districts_of_year = completeness.by_district(year)
    form = YearFilter(request.GET or {"year": year}, years=reports.years(request.actor))
    context = {
        "year": year,
        "form": form,
        "columns": [
            {"label": "县(市)区"},
            *({"label": label, "num": True} for label in COUNTED),
            {"label": "县区报送"},
        ],
        "rows": [_line(one) for one in districts_of_year if one.owed or one.forwarded],
        "idle": [one.district.name for one in districts_of_year if not one.owed and not one.forwarded],
        "tiles": _sum(districts_of_year),
        "days": days.days_of(year, calendar()),
        "excuses": reports.excuses_visible_to(request.actor).filter(state="filed").count(),
    }
    return render(request, "supervision/districts/completeness.html", context)


COUNTED = ("应报", "按期", "逾期报送", "逾期未报", "其他未报", "已说明", "县区已接收", "已报送市局")


def _line(one: completeness.Completeness) -> list[Any]:
    verdicts, states = one.verdicts, one.states
    other = sum(verdicts[key] for key in ("owed", "grace", "undecided"))
    url = reverse("supervision:reports_of_district", args=[one.year, one.district.slug])
    counts = [one.owed, verdicts["on_time"], verdicts["late"] + verdicts["late_undecided"], verdicts["missing"], other,
              verdicts["excused"], states["accepted"], states["forwarded"]]  # fmt: skip
    first = one.first
    told: dict[str, Any] = {"text": one.words, "tone": one.tone}
    if first:
        told["note"] = formats.iso(first.forwarded_at.astimezone(SHANGHAI).date())
        told |= {"url": first.get_absolute_url(), "text": f"{one.words}（{len(one.forwarded)}次）"}
    return [{"text": one.district.name, "url": url}, *counts, told]


def _sum(listed: list[completeness.Completeness]) -> list[dict[str, Any]]:
    owing = [one for one in listed if one.owed]
    missing = sum(one.verdicts["missing"] for one in listed)
    return [
        {"label": "应报平台", "value": sum(one.owed for one in listed), "unit": "家"},
        {"label": "已报", "value": sum(one.filed for one in listed), "unit": "家"},
        {"label": "逾期未报", "value": missing, "unit": "家", "tone": "bad" if missing else ""},
        {
            "label": "已报送的县区",
            "value": sum(one.first is not None for one in owing),
            "unit": f"个，共 {len(owing)} 个",
        },
    ]


@roles(*CITYWIDE)
@require_safe
def completeness_export(request: HttpRequest) -> HttpResponse:
    """The same as workbook, with one line per owed report."""
    year = _year(request)
    data = documents.completeness_workbook(year, completeness.by_district(year))
    return xlsx(data, f"{year}年度年度报告报送情况.xlsx")


def _year(request: HttpRequest) -> int:
    known = reports.years(request.actor)
    form = YearFilter(request.GET, years=known)
    chosen: int = form.value("year", known[0])
    return chosen
