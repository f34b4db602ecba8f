"""The papers of an annual report: the report itself with its fingerprint on every page, and the receipt."""

from typing import Any

from applications import layout
from applications.documents import stamp
from files import pdf
from files.models import IssuedDocument
from lifecycle import chain
from supervision.models import AnnualReport, ReportVersion
from supervision.reporting import content as contents
from supervision.reporting import reading
from supervision.selectors import reports
from timekeeping.dates import chinese_deadline

REPORT, RECEIPT = "annual_report", "annual_report_receipt"


def report_to_sign(report: AnnualReport) -> IssuedDocument:
    """The report of the content as it stands, to be read, signed and sealed; the same paper as that of the version it becomes."""
    content = contents.content_of(report)
    return _report(report, content, contents.fingerprint(content), report.versions.count() + 1)


def annual_report(version: ReportVersion) -> IssuedDocument:
    """The report of a filed version."""
    return _report(version.report, version.content, version.fingerprint, version.number)


def _report(report: AnnualReport, content: dict[str, Any], fingerprint: str, number: int) -> IssuedDocument:
    title = f"{report.year}年度工作总结和{report.year + 1}年工作计划"
    holder = content["title"]
    context = {
        "year": report.year,
        "holder": holder,
        "district": report.district.name,
        "sections": [
            (
                section.title,
                [(group.legend, layout.rows_of(_short(group))) for group in section.groups if _short(group)],
                _long(section),
            )
            for section in reading.sections(content)
        ],
        "figures": reading.compared(content),
        "lists": reading.tables(content),
        "attachments_listed": reading.attachments(content),
        "fingerprint_line": f"{holder['operator_name']}　{report.year}年度报告第{number}版　内容指纹 {layout.in_groups(fingerprint, 16)}",
    }
    return pdf.issue(
        kind=REPORT, subject_type=report.SUBJECT, subject_id=report.uuid, template="documents/annual_report.html", context=context,
        title=title, number=f"第{number}版", source={"fingerprint": fingerprint, "number": number},
    )  # fmt: skip


def _short(group: reading.Group) -> list[reading.Entry]:
    return [entry for entry in group.entries if not entry.is_long]


def _long(section: reading.Section) -> list[reading.Entry]:
    return [entry for group in section.groups for entry in group.entries if entry.is_long]


def receipt(version: ReportVersion) -> IssuedDocument:
    """回执: number, time, version, fingerprint, what happens next."""
    report = version.report
    standing = reports.standing_of([report.title], report.year).get(report.title_id)
    context = {
        "rows": [
            ("报送编号", report.receipt_number),
            ("报告年度", f"{report.year}年"),
            ("示范平台", version.content["title"]["platform_name"]),
            ("运营单位", version.content["title"]["operator_name"]),
            ("接收机关", report.district.bureau),
            ("首次报送时间", stamp(report.first_submitted_at) if report.first_submitted_at else ""),
            ("本版收到时间", stamp(version.submitted_at)),
            ("版本", f"第{version.number}版"),
            ("报送期限", chinese_deadline(report.due_at)),
            ("报送情况", standing.verdict.label if standing else ""),
            ("报送人", version.submitted_by.name),
        ],
        "fingerprint": layout.in_groups(version.fingerprint, 16),
        "bureau": report.district.bureau,
        "district_deadline": chinese_deadline(report.district_due_at),
    }
    return pdf.issue(
        kind=RECEIPT, subject_type=report.SUBJECT, subject_id=report.uuid, template="documents/annual_report_receipt.html",
        context=context, title="年度报告报送回执", number=report.receipt_number or "", source={"digest": chain.digest(context)},
    )  # fmt: skip
