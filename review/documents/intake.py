"""The city's letter to a district about a case it sends back (Art. 11). Between the authorities; not for the applicant."""

from django.conf import settings

from accounts.formats import chinese_date
from files import pdf
from files.models import IssuedDocument
from review.models import SendBack, SummarySheet
from timekeeping.dates import chinese_deadline

KIND, TITLE = "send_back_letter", "推荐申报核实通知书"


def send_back_letter(made: SendBack) -> IssuedDocument:
    """核实通知书: what to look at again, item by item, and by when. Filed with the sheet the case came on."""
    application, sheet = made.application, made.recommendation.sheet
    assert sheet  # what the city sends back was forwarded
    return pdf.issue(
        kind=KIND,
        subject_type=SummarySheet.SUBJECT,
        subject_id=sheet.uuid,
        template="documents/review/send_back_letter.html",
        context={
            "bureau": application.district.bureau,
            "year": application.call.year,
            "letter_number": sheet.letter_number,
            "platform": application.platform_name,
            "operator": application.organisation.name,
            "receipt_number": application.receipt_number,
            "items": [(item.label, item.text) for item in made.items.all()],
            "note": made.note,
            "deadline": chinese_deadline(made.due_at),
            "signed_by": settings.SITE["bureau"],
            "signed_on": chinese_date(made.made_at),
        },
        title=TITLE,
        number=application.receipt_number or "",
    )
