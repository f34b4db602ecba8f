"""The receipt of a complaint as PDF. It names the complaint, never who sent it (Art. 21)."""

from django.conf import settings
from django.urls import reverse

from files import pdf
from files.models import IssuedDocument
from regulation import parameters
from review.models import Complaint
from review.selectors import complaints as selectors
from timekeeping import clock
from timekeeping.dates import chinese_moment

TITLE = "投诉举报回执"


def receipt_pdf(complaint: Complaint) -> IssuedDocument:
    """The receipt given to the complainant; the same for every opening."""
    terms = parameters.at(complaint.received_at.astimezone(clock.SHANGHAI).date())
    context = {
        "number": complaint.receipt_number,
        "code": selectors.code_of(complaint),
        "received": chinese_moment(complaint.received_at),
        "about": complaint.get_about_display(),
        "named": complaint.named,
        "files": complaint.evidence.filter(from_complainant=True).count(),
        "follow": f"{settings.BASE_URL}{reverse('review:complaint_follow')}",
        "intake": terms.complaint_intake_workdays,
        "days": terms.complaint_workdays,
        "signed_by": settings.SITE["bureau"],
    }
    return pdf.issue(
        kind="complaint_receipt", subject_type=complaint.SUBJECT, subject_id=complaint.uuid,
        template="documents/review/complaint_receipt.html", context=context, title=TITLE, number=complaint.receipt_number,
    )  # fmt: skip
