"""Numbers 昆工信通〔YYYY〕N号 come from the bureau's office system: entered, checked for form, each borne by one decision only."""

from datetime import date

from django.core.exceptions import ValidationError

from lifecycle.models import DocumentNumber
from lifecycle.subject import Subject
from regulation.identifiers import check_document_number, document_year


def checked(text: str, issued_on: date, subject: Subject) -> str:
    """The number in its normal form. Raises ValidationError at ``document_number`` for its form, its year or a number in use."""
    try:
        number = check_document_number(text)
    except ValueError as wrong:
        raise ValidationError({"document_number": str(wrong)}) from wrong
    if document_year(number) != issued_on.year:
        raise ValidationError({"document_number": "文号的年份应与印发日期一致，请核对。"})
    refuse_borne(number, subject)
    return number


def refuse_borne(number: str, subject: Subject) -> None:
    """Raises ValidationError at ``document_number`` when something else bears the number."""
    if DocumentNumber.objects.filter(number=number).exclude(subject_id=subject.uuid).exists():
        raise ValidationError({"document_number": f"{number} 已用于另一次决定。"})


def bear(number: str, issued_on: date, subject: Subject) -> None:
    """Give a checked number to the subject for good. Call inside the act; of two at once the second is refused."""
    borne, _ = DocumentNumber.objects.get_or_create(
        number=number,
        defaults={"issued_on": issued_on, "subject_type": subject.SUBJECT, "subject_id": subject.uuid},
    )
    if borne.subject_id != subject.uuid:
        raise ValidationError({"document_number": f"{number} 已用于另一次决定。"})
