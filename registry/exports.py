"""The register as open data: the columns named here and no others ever leave."""

from collections.abc import Iterable
from datetime import date

from files.delimited import write_csv
from files.excel import Sheet, write_workbook
from registry.models import Title
from registry.standing import standing
from registry.wording import function_names

HEADER = (
    "证号", "平台名称", "运营单位", "统一社会信用代码", "所属县(市)区", "服务功能", "认定年度", "认定文号", "决定日期",
    "有效期起", "有效期止", "状态",
)  # fmt: skip


def as_csv(titles: Iterable[Title], on: date) -> bytes:
    return write_csv(HEADER, _rows(titles, on))


def as_xlsx(titles: Iterable[Title], on: date) -> bytes:
    sheet = Sheet(title="示范平台名录", header=HEADER, rows=_rows(titles, on), text_columns=frozenset({0, 3}))
    return write_workbook([sheet])


def _rows(titles: Iterable[Title], on: date) -> list[list[object]]:
    return [
        [
            t.number, t.platform_name, t.operator_name, t.credit_code, t.district.name, "、".join(function_names(t)),
            t.year, t.document_number, t.decided_on, t.valid_from, t.valid_to, standing(t, on).label,
        ]
        for t in titles
    ]  # fmt: skip
