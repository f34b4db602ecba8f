"""The pages of an uploaded list of an application."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications.services.list_imports import UPLOADS
from applications.views import uploaded_lists
from applications.views.finding import application_or_404
from applications.views.lists import below, spec_or_404
from applications.views.uploaded_lists import UploadPage, upload_or_404

own = access.roles(Role.FILER, Role.SIGNATORY)


@own
def preview(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> HttpResponse:
    """What the uploaded workbook would bring; nothing is written before it is confirmed."""
    return uploaded_lists.respond(request, _page(request, uuid, kind, upload))


@own
@require_GET
def marked(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> HttpResponse:
    """The uploaded workbook with its problems marked."""
    return uploaded_lists.marked(_page(request, uuid, kind, upload))


def _page(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> UploadPage:
    application, spec = application_or_404(request, uuid), spec_or_404(kind)
    return UploadPage(
        uploads=UPLOADS,
        taken=upload_or_404(UPLOADS, application, kind, upload),
        upload_url=reverse("applications:list_preview", args=[uuid, kind, upload]),
        marked_url=reverse("applications:list_marked", args=[uuid, kind, upload]),
        list_url=reverse("applications:list", args=[uuid, kind]),
        around=partial(below, application, spec),
    )
