"""The files behind an application, for officers: materials of its versions and their signed scans."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications.models import Material, SignedScan
from applications.selectors import visible_to
from files.serving import serve

OFFICERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)


@access.roles(*OFFICERS)
@require_GET
def material(request: HttpRequest, uuid: str, material: str) -> HttpResponseBase:
    """One file of the frozen version, shown in the page; ``?download=1`` hands it out."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    found = get_object_or_404(Material.objects.select_related("file"), application=application, uuid=material)
    versions = application.versions.values_list("content", flat=True)
    if not any(item["uuid"] == str(found.uuid) for content in versions for item in content["materials"]):
        raise Http404
    return serve(found.file, inline="download" not in request.GET)


@access.roles(*OFFICERS)
@require_GET
def signed_scan(request: HttpRequest, uuid: str, scan: str) -> HttpResponseBase:
    """The signed and sealed scan of a submitted version."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    found = get_object_or_404(SignedScan.objects.select_related("file"), application=application, uuid=scan)
    if not application.versions.filter(fingerprint=found.fingerprint).exists():
        raise Http404
    return serve(found.file, inline="download" not in request.GET)
