"""The empty workbook an applicant downloads, fills in and uploads again."""

from collections.abc import Mapping, Sequence

from files import limits
from files.excel.columns import Column, Kind
from files.excel.reading import EXAMPLE_MARK
from files.excel.writing import Sheet, write_workbook

_FORMATS = {
    Kind.TEXT: "文字",
    Kind.INT: "整数，不写单位",
    Kind.DECIMAL: "数字，不写单位",
    Kind.DATE: "日期，如 2026-01-31",
    Kind.CREDIT_CODE: "18位统一社会信用代码",
    Kind.PHONE: "手机号码或带区号的固定电话",
    Kind.BOOL: "是 / 否",
    Kind.CHOICE: "从下拉列表选择",
}
_TYPED_AS_TEXT = {Kind.TEXT, Kind.CREDIT_CODE, Kind.PHONE}
_WIDTHS = {Kind.CREDIT_CODE: 24, Kind.PHONE: 18, Kind.DATE: 14, Kind.BOOL: 10}
_GUIDE_HEADER = ("列名", "是否必填", "填写形式", "说明", "示例")


def make_template(columns: Sequence[Column], *, title: str, examples: Sequence[Mapping[str, object]] = ()) -> bytes:
    """The template: sheet 填报 with headers, an example row that is never taken over, drop-downs, hints and text formats;
    sheet 填写说明 with the same per column.
    """
    first = examples[0] if examples else {}
    filling = Sheet(
        title="填报",
        caption=title,
        header=[column.label for column in columns],
        widths=[column.width or _WIDTHS.get(Kind(column.kind), 0) for column in columns],
        rows=[_example_row(columns, first)] if first else [],
        samples=1,
        choices={index: labels for index, column in enumerate(columns) if (labels := _labels(column))},
        prompts={index: _prompt(column) for index, column in enumerate(columns)},
        least={
            index: column.minimum
            for index, column in enumerate(columns)
            if column.kind in (Kind.INT, Kind.DECIMAL) and column.minimum is not None
        },
        text_columns=frozenset(index for index, column in enumerate(columns) if column.kind in _TYPED_AS_TEXT),
        blank_rows=limits.MAX_IMPORT_ROWS,
    )
    guide = Sheet(
        title="填写说明",
        caption=f"{title}填写说明",
        header=_GUIDE_HEADER,
        rows=[_guide_row(column, first) for column in columns],
        widths=(22, 10, 26, 56, 26),
        notes=(
            f"“填报”中以{EXAMPLE_MARK}开头的一行是示例，不会导入，可以保留或者删除。",
            f"带＊的列必填；列的先后可以调整，表头文字请不要改动；一次最多 {limits.MAX_IMPORT_ROWS} 行。",
            "请填写数值，不要使用公式；上传后系统会逐行检查，确认前不写入。",
        ),
    )
    return write_workbook([filling, guide])


def _example_row(columns: Sequence[Column], example: Mapping[str, object]) -> list[object]:
    """The example as it would be filled in, its first free text marked so that nobody takes it for data."""
    marked = next((column.key for column in columns if column.kind == Kind.TEXT and not column.check), columns[0].key)
    row = [example.get(column.key) for column in columns]
    return [
        f"{EXAMPLE_MARK}{value}" if column.key == marked else value for column, value in zip(columns, row, strict=True)
    ]


def _prompt(column: Column) -> str:
    required = "必填" if column.required else "选填"
    return f"{required}。{_FORMATS[Kind(column.kind)]}。{column.help}"


def _labels(column: Column) -> list[str]:
    if column.kind == Kind.BOOL:
        return ["是", "否"]
    return [label for _, label in column.choices]


def _guide_row(column: Column, example: Mapping[str, object]) -> list[object]:
    required = "必填" if column.required else "选填"
    return [column.header, required, _FORMATS[Kind(column.kind)], column.help, example.get(column.key, "")]
