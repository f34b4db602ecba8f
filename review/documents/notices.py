"""The public notice as PDF with its list annexed (Art. 14)."""

from files import pdf
from files.models import IssuedDocument
from review.models import Notice
from review.selectors import notice_text

KIND = "notice"


def notice_pdf(notice: Notice) -> IssuedDocument:
    """The notice as it stands now; rendered once per content, so that every printed state stays on file."""
    return pdf.issue(
        kind=KIND, subject_type=notice.SUBJECT, subject_id=notice.uuid, template="documents/review/notice.html",
        context=notice_text.printed(notice), title=notice.title,
    )  # fmt: skip
