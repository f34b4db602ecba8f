"""初审测评表 (Art. 11): every finding with its figure and the officer's word, three conclusions, a place for seal and signature.

Not open to the applicant: issued about the measurement, never about the application.
"""

from accounts import formats
from files import pdf
from files.models import IssuedDocument
from review.models import Measurement
from review.selectors import assessment
from review.selectors import measurement as measurements
from timekeeping.dates import chinese_date

SHEET, SUBJECT = "measurement_sheet", "measurement"
WORDS = {True: "符合", False: "不符合", None: "未认定"}


def sheet(measured: Measurement) -> IssuedDocument:
    """The sheet as measured; the same measurement gives the same document."""
    application = measured.application
    sample = assessment.closed_sample(application)
    heads = [
        {
            "label": head.label,
            "lines": [{**line, "word": WORDS[line["met"]]} for line in lines],
            "conclusion": "合格" if getattr(measured, f"{head.key}_met") else "不合格",
            "note": getattr(measured, f"{head.key}_note"),
        }
        for head, lines in measurements.grouped(measured)
    ]
    context = {
        "platform": application.platform_name,
        "organisation": application.organisation.name,
        "credit_code": application.organisation.credit_code,
        "receipt_number": application.receipt_number or formats.NOTHING,
        "version": measured.version.number,
        "fingerprint_line": f"申报材料第{measured.version.number}版　内容指纹 {measured.version.fingerprint}",
        "bureau": application.district.bureau,
        "heads": heads,
        "sample": f"应抽{sample.required}家，有效答复{sample.reached}份，满意{sample.satisfied}份"
        if sample
        else formats.NOTHING,
        "measured_by": measured.measured_by.name,
        "measured_on": chinese_date(formats.day_of(measured.measured_at)),
    }
    return pdf.issue(
        kind=SHEET,
        subject_type=SUBJECT,
        subject_id=application.uuid,
        template="documents/review/measurement_sheet.html",
        context=context,
        title="初审测评表",
    )
