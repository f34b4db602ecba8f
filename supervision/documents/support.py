"""The list for support and recommendation as a workbook (Art. 22)."""

from collections.abc import Iterable

from files.excel import Sheet, write_workbook
from supervision.selectors.support import Row

HEADER = (
    "县(市)区", "证号", "平台名称", "运营单位", "统一社会信用代码", "服务功能", "认定文号", "有效期起", "有效期止", "年度报告",
    "测评合格次数", "无故缺席次数",
)  # fmt: skip


def as_xlsx(rows: Iterable[Row]) -> bytes:
    """The rows as they stand; nobody with open reasons belongs among them."""
    table = [
        [
            row.title.district.name, row.title.number, row.title.platform_name, row.title.operator_name,
            row.title.credit_code, "、".join(row.functions), row.title.document_number, row.title.valid_from,
            row.title.valid_to, row.reports, row.evaluations, row.absences,
        ]
        for row in rows
    ]  # fmt: skip
    return write_workbook([Sheet("优先支持推荐名单", HEADER, table, text_columns=frozenset({1, 4}))])
