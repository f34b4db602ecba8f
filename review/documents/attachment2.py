"""附件2 推荐汇总表 (Art. 11) on paper and as workbook. Not a public document."""

from decimal import Decimal

from accounts.formats import chinese_date
from files import issuing, pdf
from files.excel import Sheet, write_workbook
from files.models import IssuedDocument
from review.models import SummarySheet
from review.selectors import summaries, summary
from review.selectors.summary_differences import MARK

PDF, WORKBOOK = "attachment2_pdf", "attachment2_xlsx"
TITLE = "昆明市中小企业公共服务示范平台推荐汇总表"
SHOWN = 16


def as_pdf(sheet: SummarySheet) -> IssuedDocument:
    """The sheet with places for seal and signature, the fingerprint of its rows on every page."""
    rows = summaries.rows_of(sheet)
    mark = summaries.fingerprint(sheet, rows)
    lines = [_line(number, one) for number, one in enumerate(rows, 1)]
    return pdf.issue(
        kind=PDF,
        subject_type=sheet.SUBJECT,
        subject_id=sheet.uuid,
        template="documents/attachment2.html",
        context={
            "year": sheet.call.year,
            "bureau": sheet.district.bureau,
            "phone": sheet.district.phone,
            "forwarded_on": chinese_date(sheet.forwarded_at) if sheet.forwarded_at else "",
            "letter_number": sheet.letter_number,
            "columns": [name.partition("（") for name in header()],
            "lines": [list(zip(line, numeric(), keys(), strict=True)) for line in lines],
            "fingerprint_line": f"{sheet.district.name}　{sheet.call.year}年度第{sheet.number}次　{MARK}{mark}",
        },
        title=TITLE,
    )


def as_workbook(sheet: SummarySheet) -> IssuedDocument:
    """The same rows as xlsx: one title, one header, plain cells, to be edited and brought in again while the sheet is open."""
    rows = summaries.rows_of(sheet)
    title = f"{sheet.call.year}年度{TITLE}（{sheet.district.name}）"
    lines = [_line(number, one) for number, one in enumerate(rows, 1)]
    notes = [
        f"推荐单位（盖章）：{sheet.district.bureau}　　联系电话：{sheet.district.phone or '--'}",
        "可以修改的列：推荐意见、推荐顺序、联系人及电话、备注；其余各列由系统计算，改动不会导入。",
        f"{MARK}{summaries.fingerprint(sheet, rows)[:SHOWN]}",
    ]
    made = Sheet(
        title="附件2",
        header=header(),
        rows=[[_number(text) if num else text for text, num in zip(line, numeric(), strict=True)] for line in lines],
        widths=[6, *(column.width for column in summary.COLUMNS)],
        caption=title,
        notes=notes,
        text_columns=frozenset(place for place, num in enumerate(numeric()) if not num),
        landscape=True,
        form=True,
    )
    return issuing.issue(
        kind=WORKBOOK,
        subject_type=sheet.SUBJECT,
        subject_id=sheet.uuid,
        source={"title": title, "rows": lines, "notes": notes},
        make=lambda: write_workbook([made]),
        title=title,
        extension="xlsx",
    )


def header() -> list[str]:
    """The head of the table."""
    return ["序号", *(column.label for column in summary.COLUMNS)]


def keys() -> list[str]:
    """What each column is, for the widths of the print."""
    return ["number", *(column.key for column in summary.COLUMNS)]


def numeric() -> list[bool]:
    """Which columns of the sheet hold numbers."""
    return [True, *(column.num for column in summary.COLUMNS)]


def _line(number: int, one: summaries.Row) -> list[str]:
    return [str(number), *summaries.cells(one)]


def _number(text: str) -> int | Decimal | str:
    """A number as a number, so that the workbook can add it up; shares and -- stay text."""
    plain = text.replace(",", "")
    if plain.isdecimal():
        return int(plain)
    whole, dot, rest = plain.partition(".")
    return Decimal(plain) if dot and whole.isdecimal() and rest.isdecimal() else text
