"""Which papers of an application a person may download, and where each is found.

The papers of this room are rendered when they are asked for. Rooms above issue further ones (``files.pdf.issue`` with the
application as subject) and open their kinds to the applicant with ``open_to_applicant``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications import outcomes
from applications.documents import EXIT_LETTER, MASKED_REPORT, RECEIPT, REPORT, RETURN_LETTER
from applications.models import Application, ApplicationVersion
from files.models import IssuedDocument

OWN = (REPORT, RECEIPT, RETURN_LETTER, EXIT_LETTER)
_for_applicant: set[str] = set(OWN)
_offered: list[Callable[[Application], Iterable["Paper"]]] = []
ASSIGNED = (Role.EXPERT, Role.INSPECTOR)


@dataclass(frozen=True)
class Paper:
    """One line of the list of papers."""

    label: str
    url: str
    at: datetime | None


def offer(source: Callable[[Application], Iterable[Paper]]) -> Callable[[Application], Iterable[Paper]]:
    """Let a room above add lines of its own to the applicant's list; it answers only with what the applicant may read."""
    _offered.append(source)
    return source


def open_to_applicant(*kinds: str) -> None:
    """Let applicants see issued documents of these kinds about their own application."""
    _for_applicant.update(kinds)


def visible_documents(actor: Actor, application: Application) -> QuerySet[IssuedDocument]:
    """The issued documents about the application that the actor may read, once the application itself is visible."""
    found = IssuedDocument.objects.filter(subject_type=application.SUBJECT, subject_id=application.uuid)
    if actor.is_applicant:
        return found.filter(kind__in=_for_applicant)
    return found.filter(kind=MASKED_REPORT) if actor.role in ASSIGNED else found


def of(application: Application, versions: Iterable[ApplicationVersion]) -> list[Paper]:
    """What the applicant may download, newest first."""
    return sorted(
        [
            *_of_versions(application, versions),
            *_letters(application),
            *_issued_above(application),
            *(paper for source in _offered for paper in source(application)),
        ],
        key=lambda paper: paper.at.timestamp() if paper.at else 0,
        reverse=True,
    )


def _of_versions(application: Application, versions: Iterable[ApplicationVersion]) -> Iterator[Paper]:
    for version in versions:
        address = [application.uuid, version.number]
        yield Paper(
            f"回执（第{version.number}版）", reverse("applications:version_receipt", args=address), version.submitted_at
        )
        yield Paper(
            f"申请报告（附件1）第{version.number}版",
            reverse("applications:version_report", args=address),
            version.submitted_at,
        )


def _letters(application: Application) -> Iterator[Paper]:
    for correction in application.corrections.order_by("pk"):
        url = reverse("applications:return_letter", args=[application.uuid, correction.uuid])
        yield Paper("补正通知书", url, correction.returned_at)
    if application.state in outcomes.EXITS and application.current_version_id:
        url = reverse("applications:exit_letter", args=[application.uuid])
        yield Paper("结果告知书", url, outcomes.of(application).at)


def _issued_above(application: Application) -> Iterator[Paper]:
    kinds = _for_applicant - set(OWN)
    found = IssuedDocument.objects.filter(subject_type=application.SUBJECT, subject_id=application.uuid, kind__in=kinds)
    for document in found:
        yield Paper(document.title, reverse("applications:document", args=[document.uuid]), document.created_at)
