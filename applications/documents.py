"""The papers of an application: 附件1, the receipt, the letter of return, the letter about the result.

Each is rendered from data once and found again afterwards; call them outside transactions.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from applications import corrections, deadlines, layout, outcomes, sealed_copies, versions
from applications.models import Application, ApplicationVersion, Correction, CorrectionItem
from files import pdf
from files.models import IssuedDocument
from lifecycle import chain
from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_date, chinese_deadline

REPORT, MASKED_REPORT = "application_report", "application_report_masked"
RECEIPT, RETURN_LETTER, EXIT_LETTER = "receipt", "return_letter", "exit_letter"
TITLES = {
    REPORT: "昆明市中小企业公共服务示范平台申请报告",
    RECEIPT: "昆明市中小企业公共服务示范平台申报回执",
    RETURN_LETTER: "申报材料补正通知书",
    EXIT_LETTER: "申报结果告知书",
}


def application_report(version: ApplicationVersion, *, masked: bool = False) -> IssuedDocument:
    """附件1 of a frozen version, with fingerprint and version on every page (Art. 9(1)).

    ``masked`` hides the contact's numbers: the copy for experts and inspectors.
    """
    return _report(version.application, version.content, version.fingerprint, version.number, masked)


def report_to_sign(application: Application) -> IssuedDocument:
    """附件1 of the content as it stands, to be read and signed; the same paper as that of the version it becomes."""
    content = versions.content_of(application)
    return _report(application, content, versions.fingerprint(content), application.versions.count() + 1)


def _report(
    application: Application, content: Mapping[str, Any], fingerprint: str, number: int, masked: bool = False
) -> IssuedDocument:
    return pdf.issue(
        kind=MASKED_REPORT if masked else REPORT,
        subject_type=application.SUBJECT,
        subject_id=application.uuid,
        template="documents/application_report.html",
        context=layout.report(content, fingerprint, number, application.call.parameters, masked=masked),
        title=TITLES[REPORT],
        number=f"第{number}版",
        source={"fingerprint": fingerprint, "number": number},
    )


def receipt(version: ApplicationVersion) -> IssuedDocument:
    """回执: number, time, version, fingerprint, what happens next and by when."""
    application = version.application
    scan = sealed_copies.bound_to(application, version.fingerprint)
    context = {
        "rows": [
            ("受理编号", application.receipt_number),
            ("申报年度", f"{application.call.year}年"),
            ("申报单位", version.content["organisation"]["name"]),
            ("统一社会信用代码", version.content["organisation"]["credit_code"]),
            ("服务平台", version.content["platform_name"]),
            ("受理机关", application.district.bureau),
            ("收到时间", stamp(version.submitted_at)),
            ("申报版本", f"第{version.number}版"),
            (
                "签章扫描件",
                f"已上传（{layout.in_groups(scan.file.sha256[:16])}…）" if scan else "未上传，由签字人登录确认",
            ),
            ("提交人", version.submitted_by.name),
        ],
        "fingerprint": layout.in_groups(version.fingerprint, 16),
        "next_steps": deadlines.next_steps(version),
        "contact": district_contact(application),
    }
    return _letter(RECEIPT, application, context, number=application.receipt_number or "")


def return_letter(correction: Correction) -> IssuedDocument:
    """补正通知书: all defects at once, with the deadline (Art. 11)."""
    context = return_letter_context(
        application=correction.application,
        items=correction.items.all(),
        due_at=correction.due_at,
        note=correction.note,
        returned_at=correction.returned_at,
    )
    return _letter(RETURN_LETTER, correction.application, context, number=correction.application.receipt_number or "")


def return_letter_context(
    *,
    application: Application,
    items: Iterable[CorrectionItem],
    due_at: datetime,
    note: str,
    returned_at: datetime,
) -> dict[str, Any]:
    """What the letter of return says; also for its preview, before there is a correction (items unsaved)."""
    return {
        "addressee": application.organisation.name,
        "platform": application.platform_name,
        "year": application.call.year,
        "receipt_number": application.receipt_number,
        "note": note,
        "items": [(corrections.item_label(item), item.defect, corrections.field_words(item)) for item in items],
        "deadline": chinese_deadline(due_at),
        "contact": district_contact(application),
        "signed_by": application.district.bureau,
        "signed_on": chinese_date(returned_at.astimezone(SHANGHAI).date()),
    }


def exit_letter(application: Application) -> IssuedDocument:
    """结果告知书 for an application that ended without the title: the reason, the article, whom to ask.

    Raises LookupError when there is nothing to tell yet.
    """
    outcome = outcomes.of(application)
    context = {
        "addressee": application.organisation.name,
        "platform": application.platform_name,
        "year": application.call.year,
        "receipt_number": application.receipt_number,
        "opening": outcome.opening,
        "result": outcome.result,
        "reason_title": outcome.reason_title,
        "reason": outcome.reason,
        "basis": outcome.basis,
        "closing": outcome.closing,
        "contact": district_contact(application) if outcome.by_district else city_contact(application),
        "signed_by": application.district.bureau if outcome.by_district else settings.SITE["bureau"],
        "signed_on": chinese_date(outcome.at.astimezone(SHANGHAI).date()),
    }
    return _letter(EXIT_LETTER, application, context, number=application.receipt_number or "")


def _letter(kind: str, application: Application, context: dict[str, Any], *, number: str) -> IssuedDocument:
    """Issue a letter to the applicant; its template has the name of its kind."""
    return pdf.issue(
        kind=kind,
        subject_type=application.SUBJECT,
        subject_id=application.uuid,
        template=f"documents/{kind}.html",
        context=context,
        title=TITLES[kind],
        number=number,
        source={"digest": chain.digest(context)},
    )


def district_contact(application: Application) -> str:
    """Whom the applicant asks at the district."""
    district = application.district
    parts = [
        district.bureau,
        district.phone and f"电话{district.phone}",
        district.address and f"地址{district.address}",
    ]
    return "，".join(part for part in parts if part)


def city_contact(application: Application) -> str:
    """Whom the applicant asks at the city's bureau."""
    return f"{settings.SITE['bureau']}，{application.call.contact}"


def stamp(moment: datetime) -> str:
    """A receipt stamp to the second: 2026年11月23日 09:00:00."""
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_date(local.date())} {local:%H:%M:%S}"
