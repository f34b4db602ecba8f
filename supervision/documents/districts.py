"""The district's yearly report on paper and as workbook, and the completeness of a year as workbook."""

from collections.abc import Sequence
from typing import Any

from files import issuing, pdf
from files.excel import Sheet, write_workbook
from files.models import IssuedDocument
from supervision.models import DistrictReport
from supervision.selectors.completeness import Completeness
from supervision.selectors.reports import VERDICTS
from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_date

PDF, WORKBOOK = "district_report_pdf", "district_report_xlsx"
FORWARDED = ("序号", "证号", "平台名称", "运营单位", "报送编号", "首次报送日期", "报送情况")
MISSING = ("序号", "证号", "平台名称", "运营单位", "报送情况", "目前状态")


def title_of(report: DistrictReport) -> str:
    """How the paper is called."""
    more = "" if report.number == 1 else f"（补充第{report.number - 1}次）"
    return f"{report.district.name}示范平台{report.year}年度工作总结和{report.year + 1}年工作计划报送表{more}"


def as_pdf(report: DistrictReport) -> IssuedDocument:
    """The forwarded list, who is missing, and the district's own words; with the fingerprint of the frozen content."""
    content = report.content
    context = {
        **content,
        "forwarded_heads": FORWARDED,
        "forwarded": forwarded_rows(content),
        "missing_heads": MISSING,
        "absent": missing_rows(content),
        "signed_by": content["bureau"],
        "signed_on": chinese_date(report.forwarded_at.astimezone(SHANGHAI).date()),
        "fingerprint_line": f"{content['district']}　{report.year}年度第{report.number}次报送　指纹 {report.fingerprint[:16]}",
    }
    return pdf.issue(
        kind=PDF, subject_type=report.SUBJECT, subject_id=report.uuid, template="documents/district_report.html", context=context,
        title=title_of(report), source={"fingerprint": report.fingerprint},
    )  # fmt: skip


def as_workbook(report: DistrictReport) -> IssuedDocument:
    """The same rows as xlsx."""
    content, title = report.content, title_of(report)
    sheets = [
        Sheet("已报送", FORWARDED, forwarded_rows(content), [6, 18, 30, 34, 18, 14, 12], title, [content["note"]], landscape=True),
        Sheet("未报送", MISSING, missing_rows(content), [6, 18, 30, 34, 16, 18], landscape=True),
    ]  # fmt: skip
    return issuing.issue(
        kind=WORKBOOK, subject_type=report.SUBJECT, subject_id=report.uuid, source={"fingerprint": report.fingerprint},
        make=lambda: write_workbook(sheets), title=title, extension="xlsx",
    )  # fmt: skip


def forwarded_rows(content: dict[str, Any]) -> list[list[object]]:
    """One line per forwarded report."""
    keys = ("number", "platform", "operator", "receipt_number", "submitted_on", "standing")
    return [[place, *(row[key] for key in keys)] for place, row in enumerate(content["reports"], 1)]


def missing_rows(content: dict[str, Any]) -> list[list[object]]:
    """One line per platform whose report the district does not have."""
    keys = ("number", "platform", "operator", "standing", "state")
    return [[place, *(row[key] for key in keys)] for place, row in enumerate(content["missing"], 1)]


HEADS = ("县(市)区", "应报", "已报", *(verdict.label for verdict in VERDICTS if verdict.key != "coming"), "待县区接收", "退回补充", "县区已接收", "已报送市局", "县区报送", "县区报送日期")  # fmt: skip


def completeness_rows(districts: Sequence[Completeness]) -> list[list[object]]:
    """One line per district with its counts."""
    keys = [verdict.key for verdict in VERDICTS if verdict.key != "coming"]
    states = ("submitted", "returned", "accepted", "forwarded")
    return [
        [
            one.district.name, one.owed, one.filed, *(one.verdicts[key] for key in keys), *(one.states[state] for state in states),
            one.words, one.first.forwarded_at.astimezone(SHANGHAI).date() if one.first else "",
        ]
        for one in districts
    ]  # fmt: skip


def completeness_workbook(year: int, districts: Sequence[Completeness]) -> bytes:
    """The completeness of a year: one sheet of counts, one line per owed report on the other."""
    lines = [
        [one.district.name, s.title.number, s.title.platform_name, s.title.operator_name, s.verdict.label, s.state_label,
         s.submitted_at.astimezone(SHANGHAI).date() if s.submitted_at else ""]
        for one in districts
        for s in one.standings
    ]  # fmt: skip
    title = f"{year}年度示范平台年度报告报送情况"
    return write_workbook([
        Sheet("分县区", HEADS, completeness_rows(districts), [18, *[11] * (len(HEADS) - 2), 14], title, landscape=True),
        Sheet("分平台", ("县(市)区", "证号", "平台名称", "运营单位", "报送情况", "目前状态", "首次报送日期"), lines,
              [18, 18, 30, 34, 16, 18, 14], landscape=True),
    ])  # fmt: skip
