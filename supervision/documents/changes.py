"""The receipts of a change filing as PDF: district's and city's on one paper (Art. 20)."""

from django.conf import settings

from files import pdf
from files.models import IssuedDocument
from regulation import parameters
from supervision.models import Change
from supervision.selectors import changes as selectors
from timekeeping import clock
from timekeeping.dates import chinese_date, chinese_moment

TITLE = "变更备案回执"


def receipt_pdf(change: Change) -> IssuedDocument:
    """Both receipts with the moment of the first filing; the same for every opening."""
    first = change.versions.first()
    content = first.content if first else {}
    timely = selectors.timeliness(change.completed_on, change.filed_at)
    context = {
        "district_receipt": change.district_receipt,
        "city_receipt": change.city_receipt,
        "district": change.district.bureau,
        "bureau": settings.SITE["bureau"],
        "received": chinese_moment(change.filed_at),
        "platform": change.title.platform_name,
        "title": change.title.number,
        "operator": change.organisation.name,
        "matter": change.get_kind_display(),
        "completed": chinese_date(change.completed_on),
        "verdict": timely.words,
        "rows": selectors.rows(change.kind, content.get("before", {}), content.get("values", {})),
        "fingerprint_line": f"报备内容指纹 {first.fingerprint if first else ''}",
        "days": _days(change),
    }
    return pdf.issue(
        kind="change_receipt", subject_type=change.SUBJECT, subject_id=change.uuid,
        template="documents/supervision/change_receipt.html", context=context, title=TITLE, number=change.city_receipt,
    )  # fmt: skip


def _days(change: Change) -> int:
    return parameters.at(change.filed_at.astimezone(clock.SHANGHAI).date()).change_check_workdays
