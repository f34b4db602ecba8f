"""Fetching an application for a page: through ``visible_to``, so that what one may not see does not exist."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from applications.models import Application
from applications.selectors import visible_to


def application_or_404(request: HttpRequest, uuid: UUID) -> Application:
    """The application with its call's extensions, or 404."""
    return get_object_or_404(visible_to(request.actor).prefetch_related("call__extensions"), uuid=uuid)


def crumbs_to(application: Application) -> list[tuple[str, str]]:
    """The way to a page below the applicant's own of an application."""
    return [("我的申报", reverse("applications:mine")), (application.platform_name, application.get_absolute_url())]
