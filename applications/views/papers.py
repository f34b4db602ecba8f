"""Downloads: each paper is found through the application it is about, rendered when it is missing, and served."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.access import roles, signed_in
from accounts.models import Role
from applications import documents, outcomes
from applications.models import Application, ApplicationVersion
from applications.papers import ASSIGNED, visible_documents
from applications.selectors import visible_to
from files.models import IssuedDocument
from files.serving import serve

APPLICANT = (Role.FILER, Role.SIGNATORY)
READERS = (*APPLICANT, Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)


@roles(*APPLICANT)
def report(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """附件1 of the content as it stands, to read, print, sign and seal."""
    return _shown(documents.report_to_sign(_application(request, uuid)))


@roles(*READERS, *ASSIGNED)
def version_report(request: HttpRequest, uuid: str, number: int) -> HttpResponseBase:
    """附件1 of a frozen version; experts and inspectors get it without the contact's numbers."""
    masked = request.actor.role in ASSIGNED
    return _shown(documents.application_report(_version(request, uuid, number), masked=masked))


@roles(*READERS)
def version_receipt(request: HttpRequest, uuid: str, number: int) -> HttpResponseBase:
    """The receipt of one submission."""
    return _shown(documents.receipt(_version(request, uuid, number)))


@roles(*READERS)
def return_letter(request: HttpRequest, uuid: str, correction: str) -> HttpResponseBase:
    """The letter of one return for correction."""
    application = _application(request, uuid)
    return _shown(documents.return_letter(get_object_or_404(application.corrections, uuid=correction)))


@roles(*READERS)
def exit_letter(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The letter about how the application ended."""
    application = _application(request, uuid)
    if application.state not in outcomes.EXITS:
        raise Http404
    return _shown(documents.exit_letter(application))


@signed_in
def document(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """Any document issued about an application that the person may see."""
    found = get_object_or_404(IssuedDocument.objects.select_related("file"), uuid=uuid)
    if found.subject_type != Application.SUBJECT:
        raise Http404
    application = _application(request, str(found.subject_id))
    return _shown(get_object_or_404(visible_documents(request.actor, application), pk=found.pk))


def _application(request: HttpRequest, uuid: str) -> Application:
    found: Application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    return found


def _version(request: HttpRequest, uuid: str, number: int) -> ApplicationVersion:
    application = _application(request, uuid)
    found: ApplicationVersion = get_object_or_404(application.versions, number=number)
    return found


def _shown(issued: IssuedDocument) -> HttpResponseBase:
    return serve(issued.file, inline=True)
