"""The receipt of an objection as PDF. It names the objection, never the objector (Art. 14)."""

from django.conf import settings
from django.urls import reverse

from files import pdf
from files.models import IssuedDocument
from review.models import Objection
from review.selectors.notice_text import contacts
from timekeeping.dates import chinese_moment

TITLE = "异议提交回执"


def receipt_pdf(objection: Objection) -> IssuedDocument:
    """The receipt given to the objector; the same for every opening."""
    context = {
        "number": objection.receipt_number,
        "received": chinese_moment(objection.received_at),
        "notice": objection.notice.title,
        "platform": objection.platform,
        "files": objection.evidence.filter(from_objector=True).count(),
        "follow": f"{settings.BASE_URL}{reverse('review:objection_follow')}",
        "contacts": contacts(objection.notice),
        "days": objection.pinned_parameters.objection_intake_workdays,
        "signed_by": settings.SITE["bureau"],
    }
    return pdf.issue(
        kind="objection_receipt", subject_type=objection.SUBJECT, subject_id=objection.uuid,
        template="documents/review/objection_receipt.html", context=context, title=TITLE, number=objection.receipt_number,
    )  # fmt: skip
