"""Some of the official papers printed, as they were when they were asked for; the others are printed when somebody opens them."""

from applications import documents
from applications.models import Correction
from desk.demo.city import Case
from registry.documents import proof
from registry.models import Title
from review.documents.meetings import decision_draft
from review.models import Meeting


def receipt(case: Case) -> None:
    """The receipt of the submission."""
    documents.receipt(case.application.current_version)


def return_letter(case: Case) -> None:
    """The letter that asks for correction."""
    documents.return_letter(Correction.objects.get(application__uuid=case.uuid))


def exit_letter(case: Case) -> None:
    """The letter that tells why the road ended."""
    documents.exit_letter(case.application)


def title_proof(case: Case) -> None:
    """The proof of the title with its code."""
    proof(Title.objects.get(decision__application__uuid=case.uuid))


def result(meeting: Meeting) -> None:
    """The announcement of the result."""
    decision_draft(Meeting.objects.get(pk=meeting.pk))
