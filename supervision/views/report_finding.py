"""Fetching reports, excuses and titles for a page: through ``visible_to``, so that what one may not see does not exist."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import Role
from registry import selectors as registry
from registry.models import Title
from supervision.models import AnnualReport
from supervision.selectors.reports import visible_to

APPLICANT = (Role.FILER, Role.SIGNATORY)
OFFICERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)


def report_or_404(request: HttpRequest, uuid: UUID) -> AnnualReport:
    """The report, or 404."""
    return get_object_or_404(visible_to(request.actor).select_related("current_version"), uuid=uuid)


def title_or_404(request: HttpRequest, uuid: UUID) -> Title:
    """The title, or 404."""
    return get_object_or_404(registry.visible_to(request.actor), uuid=uuid)


def crumbs(request: HttpRequest, report: AnnualReport | None = None) -> list[tuple[str, str]]:
    """The way to the page: the list of the person, then the report."""
    if request.actor.is_applicant:
        way = [("年度报告", reverse("supervision:my_reports"))]
    else:
        way = [("年度报告", reverse("supervision:report_queue"))]
    return [*way, (str(report), report.get_absolute_url())] if report else way


def common(request: HttpRequest, report: AnnualReport) -> dict[str, Any]:
    """What every page about one report shows."""
    return {"report": report, "crumbs": crumbs(request, report)}
