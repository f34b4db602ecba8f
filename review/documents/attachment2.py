"""附件2 推荐汇总表 (Art. 11) on paper and as workbook. Not a public document."""

from collections.abc import Sequence
from decimal import Decimal

from accounts.models import District
from applications.models import Call
from files import issuing, pdf
from files.excel import Sheet, write_workbook
from files.models import IssuedDocument
from review.models import Recommendation
from review.selectors import summary
from timekeeping.dates import chinese_date

PDF, WORKBOOK = "attachment2_pdf", "attachment2_xlsx"
TITLE = "昆明市中小企业公共服务示范平台推荐汇总表"


def as_pdf(district: District, call: Call, listed: Sequence[Recommendation]) -> IssuedDocument:
    """The sheet with places for seal and signature; the same rows give the same document."""
    day, keys = summary.filled_on(listed), ["number", *(column.key for column in summary.COLUMNS), "order"]
    return pdf.issue(
        kind=PDF,
        subject_type=call.SUBJECT,
        subject_id=call.uuid,
        template="documents/attachment2.html",
        context={
            "year": call.year,
            "bureau": district.bureau,
            "phone": district.phone,
            "filled_on": chinese_date(day) if day else "",
            "columns": summary.header(),
            "lines": [list(zip(line, numeric(), keys, strict=True)) for line in summary.rows(listed)],
        },
        title=TITLE,
    )


def as_workbook(district: District, call: Call, listed: Sequence[Recommendation]) -> IssuedDocument:
    """The same rows as xlsx, kept once per content."""
    title = f"{call.year}年度{TITLE}（{district.name}）"
    lines = summary.rows(listed)
    sheet = Sheet(
        title="附件2",
        header=summary.header(),
        rows=[[_number(text) if num else text for text, num in zip(line, numeric(), strict=True)] for line in lines],
        widths=[6, *(column.width for column in summary.COLUMNS), 10],
        caption=title,
        notes=[f"推荐单位（盖章）：{district.bureau}", f"联系电话：{district.phone or '--'}"],
        text_columns=frozenset(place for place, num in enumerate(numeric()) if not num),
        landscape=True,
    )
    return issuing.issue(
        kind=WORKBOOK,
        subject_type=call.SUBJECT,
        subject_id=call.uuid,
        source={"title": title, "rows": lines},
        make=lambda: write_workbook([sheet]),
        title=title,
        extension="xlsx",
    )


def numeric() -> list[bool]:
    """Which columns of the sheet hold numbers."""
    return [True, *(column.num for column in summary.COLUMNS), True]


def _number(text: str) -> int | Decimal | str:
    """A number as a number, so that the workbook can add it up; shares and -- stay text."""
    plain = text.replace(",", "")
    if plain.isdecimal():
        return int(plain)
    whole, dot, rest = plain.partition(".")
    return Decimal(plain) if dot and whole.isdecimal() and rest.isdecimal() else text
