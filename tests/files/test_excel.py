"""Lists: template, import with an error per cell, marked copy, export."""

import os
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from files import limits
from files.errors import Refused
from files.excel import Column, ImportResult, Sheet, make_template, marked_copy, read_rows, recognise, write_workbook
from files.parsing.tables import read_grid
from files.parsing.verdict import Rejected
from regulation.identifiers import make_credit_code
from tests.files import corpus

COLUMNS = (
    Column("name", "企业名称", required=True, aliases=("单位名称",)),
    Column("code", "统一社会信用代码", "credit_code"),
    Column("size", "企业规模", "choice", choices=(("small", "小型"), ("micro", "微型"))),
    Column("times", "服务次数", "int"),
    Column("amount", "金额（万元）", "decimal"),
    Column("on", "服务日期", "date"),
    Column("special", "是否专精特新", "bool"),
    Column("phone", "联系电话", "phone"),
)
HEADER = [column.label for column in COLUMNS]
CODE = make_credit_code("91530100MA0000001")


def workbook(*rows: list[object], header: list[str] | None = None) -> bytes:
    book = Workbook()
    book.active.append(header or HEADER)
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def one(header: str, value: object) -> ImportResult:
    return read_rows(workbook(["示例公司", value], header=["企业名称", header]), COLUMNS)


def test_a_full_row_is_read_with_its_types() -> None:
    row = ["示例公司", CODE, "小型", 3, 12.5, datetime(2025, 3, 8), "是", "13800138000"]
    assert read_rows(workbook(row), COLUMNS).values == [
        {
            "name": "示例公司",
            "code": CODE,
            "size": "small",
            "times": 3,
            "amount": Decimal("12.50"),
            "on": date(2025, 3, 8),
            "special": True,
            "phone": "13800138000",
        }
    ]


@pytest.mark.parametrize(
    ("header", "written", "key", "value"),
    [
        ("服务次数", "１，２００", "times", 1200),
        ("服务次数", 5.0, "times", 5),
        ("金额（万元）", 0.1 + 0.2, "amount", Decimal("0.30")),
        ("金额（万元）", "1,280.5", "amount", Decimal("1280.50")),
        ("服务日期", "2025年3月8日", "on", date(2025, 3, 8)),
        ("服务日期", "2025/3/8", "on", date(2025, 3, 8)),
        ("服务日期", "20250308", "on", date(2025, 3, 8)),
        ("服务日期", 20250308, "on", date(2025, 3, 8)),
        ("服务日期", 45724, "on", date(2025, 3, 8)),
        ("统一社会信用代码", f" {CODE[:8].lower()} {CODE[8:].lower()}", "code", CODE),
        ("统一社会信用代码", "".join(chr(ord(char) + 0xFEE0) for char in CODE), "code", CODE),
        ("联系电话", 13800138000, "phone", "13800138000"),
        ("是否专精特新", "√", "special", True),
        ("是否专精特新", None, "special", None),
        ("企业规模", " 微 型 ", "size", "micro"),
        ("企业规模", None, "size", ""),
        ("企业名称", "昆明\u202e示例\u200b公司", "name", "昆明示例公司"),
        ("企业名称", "𠮷祥公司", "name", "𠮷祥公司"),
    ],
)
def test_what_people_write_is_understood(header: str, written: object, key: str, value: object) -> None:
    data = workbook([written], header=[header, "企业名称"]) if key == "name" else None
    result = (
        read_rows(workbook([written, "a"], header=[header, "服务次数"]), COLUMNS[:1]) if data else one(header, written)
    )
    assert result.errors == []
    assert result.values[0][key] == value


@pytest.mark.parametrize(
    ("header", "written", "reason"),
    [
        ("服务次数", "=1+1", "单元格中是公式"),
        ("服务次数", "三", "不是数字"),
        ("服务次数", 2.5, "应为整数"),
        ("服务次数", -1, "不能小于 0"),
        ("服务次数", "1e309", "数字超出范围"),
        ("服务次数", "1e9999999", "数字超出范围"),
        ("服务次数", "3000000000", "不能大于 2147483647"),
        ("服务次数", "NaN", "数字超出范围"),
        ("金额（万元）", "1.234", "最多 2 位小数"),
        ("服务日期", "去年", "日期无法识别"),
        ("服务日期", "2025-02-30", "没有这一天"),
        ("服务日期", "0025-02-03", "年份超出范围"),
        ("统一社会信用代码", "91530100MA", "统一社会信用代码应为18位，现为10位"),
        ("统一社会信用代码", 915301000000000000, "长数字以数值格式保存，末几位已丢失"),
        ("企业规模", "巨型", "不在可选范围内"),
        ("是否专精特新", "也许", "应填“是”或“否”"),
        ("联系电话", "123", "联系电话应为11位手机号码，或带区号的固定电话（如0871-63135193）"),
    ],
)
def test_what_cannot_be_taken_is_said_per_cell(header: str, written: object, reason: str) -> None:
    result = one(header, written)
    assert [(error.row, error.column, error.cell, error.reason) for error in result.errors] == [
        (2, header, "B2", reason)
    ]
    assert (result.rows, result.errors[0].suggestion != "") == ([], True)


def test_an_equals_sign_typed_as_text_is_text() -> None:
    data = write_workbook([Sheet("填报", ["企业名称", "服务次数"], [["=示例公司", 1]])])
    assert read_rows(data, COLUMNS).values == [{"name": "=示例公司", "times": 1}]


def test_headers_may_stand_in_any_order_with_marks_and_notes_above() -> None:
    book = Workbook()
    book.active.append(["服务中小企业清单"])
    book.active.append([])
    book.active.append([" 服务 次数（必填）", "*单位名称 ", "我的备注"])
    book.active.append([])
    book.active.append([2, "示例公司", "x"])
    target = BytesIO()
    book.save(target)
    result = read_rows(target.getvalue(), COLUMNS)
    assert [(row.number, row.values) for row in result.rows] == [(5, {"name": "示例公司", "times": 2})]
    assert result.ignored == ["我的备注"]


def test_a_header_merged_over_two_rows_is_found_and_a_column_without_header_is_named() -> None:
    book = Workbook()
    sheet = book.active
    for cell, text in {
        "A1": "企业名称",
        "B1": "服务情况",
        "B2": "服务次数",
        "A3": "示例公司",
        "B3": 2,
        "D3": "多出",
    }.items():
        sheet[cell] = text
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    result = read_rows(saved(book), COLUMNS)
    assert [(row.number, row.values) for row in result.rows] == [(3, {"name": "示例公司", "times": 2})]
    assert result.ignored == ["D 列（没有表头）"]


def test_hidden_and_second_sheets_are_not_read_and_said_so() -> None:
    book = Workbook()
    for name, state in (("填报", "visible"), ("旧", "hidden"), ("另一", "visible")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(HEADER)
        sheet.append([f"{name}公司", CODE])
    del book["Sheet"]
    result = read_rows(saved(book), COLUMNS)
    assert [row.values["name"] for row in result.rows] == ["填报公司"]
    assert result.notes == ["隐藏的工作表“旧”不读取，需要的请合并到“填报”", "工作表“另一”不读取，需要的请合并到“填报”"]


OTHER = (Column("person", "姓名", required=True), Column("degree", "学历", required=True))
LISTS = {"企业清单": COLUMNS, "人员清单": OTHER}


def hidden_only() -> bytes:
    book = Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("数据")
    sheet.sheet_state = "hidden"
    sheet.append(HEADER)
    return saved(book)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook(header=["姓名", "学历", "备注"]), "这份文件像是“人员清单”，不是“企业清单”。请到“人员清单”上传"),
        (workbook(["1", "2"], header=["甲", "乙"]), "没有找到“企业清单”的表头，第一行是：甲、乙。请下载模板"),
        (workbook([CODE, 1], header=["统一社会信用代码", "服务次数"]), "表中缺少必填的列：企业名称。"),
        (saved(Workbook()), "表格是空的。请下载模板"),
        (hidden_only(), "“企业清单”在隐藏的工作表“数据”中，隐藏的工作表不读取。请取消隐藏后重新上传。"),
    ],
)  # fmt: skip
def test_another_workbook_is_told_what_it_looks_like(data: bytes, words: str) -> None:
    recognise(workbook(["示例公司"]), "企业清单", LISTS)
    with pytest.raises(Refused) as refusal:
        recognise(data, "企业清单", LISTS)
    assert (refusal.value.status, words in refusal.value.message) == (422, True), refusal.value.message


def test_a_missing_required_column_is_named() -> None:
    result = read_rows(workbook([CODE, 1], header=["统一社会信用代码", "服务次数"]), COLUMNS)
    assert [(error.row, error.column, error.reason) for error in result.errors] == [(1, "企业名称", "表中缺少此列")]


def test_a_required_blank_is_an_error_and_a_blank_row_is_not() -> None:
    result = read_rows(workbook(["示例公司", CODE], [None, None], [None, CODE]), COLUMNS)
    assert [(error.cell, error.reason) for error in result.errors] == [("A4", "此项必填，目前为空")]
    assert [row.number for row in result.rows] == [2]


def test_duplicates_are_listed_and_kept() -> None:
    result = read_rows(workbook(["甲", CODE], ["乙", CODE.lower()]), COLUMNS, unique=("code",))
    assert [(error.cell, error.reason) for error in result.duplicates] == [("B3", "与第 2 行重复")]
    assert (len(result.rows), result.errors) == (2, [])


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"a,b\n1,2", 415, "不是 xlsx"),
        (workbook(["x", 1], header=["甲", "乙"]), 422, "没有找到表头"),
        (corpus.with_part(workbook(["x"]), "xl/vbaProject.bin", b"x"), 415, "宏"),
        (corpus.with_part(workbook(["x"]), "xl/a.xml", "<!DOCTYPE a><a/>"), 422, "外部实体"),
    ],
)
def test_a_workbook_that_cannot_be_used_is_refused(data: bytes, status: int, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_rows(data, COLUMNS)
    assert (refusal.value.status, words in refusal.value.message) == (status, True)


def test_too_many_rows_are_refused_and_the_limit_itself_is_not() -> None:
    data = workbook(*[["示例公司", CODE]] * 30)
    assert len(read_rows(data, COLUMNS, max_rows=30).rows) == 30
    with pytest.raises(Refused, match="超过 29 行"):
        read_rows(data, COLUMNS, max_rows=29)


def test_more_text_than_any_list_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(*[["很长" * 500, CODE]] * 9)
    assert read_rows(data, COLUMNS).bad_rows == 9  # each name is too long
    monkeypatch.setattr(limits, "MAX_IMPORT_CHARACTERS", 2000)
    path = Path(os.environ["VAR_DIR"]) / "text.xlsx"
    path.write_bytes(data)
    with pytest.raises(Rejected, match="文字过多"):
        read_grid(path, "Sheet", 1, 100)


def test_a_row_far_below_does_not_cost_a_million_rows() -> None:
    book = Workbook()
    book.active.append(HEADER)
    book.active.append(["示例公司", CODE])
    book.active.cell(1_048_576, 16_384, "x")
    target = BytesIO()
    book.save(target)
    assert len(read_rows(target.getvalue(), COLUMNS).rows) == 1


def test_the_template_can_be_filled_and_read_again() -> None:
    book = load_workbook(BytesIO(make_template(COLUMNS, title="服务中小企业清单", examples=[{"name": "示例公司"}])))
    sheet = book["填报"]
    assert ([cell.value for cell in sheet[2]], sheet.freeze_panes) == (HEADER, "A3")
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert [(area, rules[area].type, rules[area].formula1) for area in ("C3:C5003", "D3:D5003", "G3:G5003")] == [
        ("C3:C5003", "list", "'选项'!$A$1:$A$2"),
        ("D3:D5003", "decimal", "0"),
        ("G3:G5003", "list", "'选项'!$B$1:$B$2"),
    ]
    assert (rules["A3:A5003"].promptTitle, rules["A3:A5003"].prompt) == ("企业名称", "必填。文字。")
    assert (sheet.column_dimensions["B"].number_format, book["选项"].sheet_state) == ("@", "hidden")
    assert (sheet["A3"].value, book["填写说明"]["E3"].value) == ("【示例】示例公司", "示例公司")
    sheet.append(["示例公司", CODE, "小型", 1])
    target = BytesIO()
    book.save(target)
    filled = read_rows(target.getvalue(), COLUMNS)
    assert [row.number for row in filled.rows] == [4]
    assert (filled.errors, filled.notes) == ([], ["第 3 行是示例，不导入"])


def test_the_marked_copy_keeps_rows_marks_cells_and_gives_the_same_errors_again() -> None:
    data = workbook(
        ["示例公司", CODE, "巨型"], [None], ["=1+1", CODE], ["乙", CODE, "小型", 2.5, 0.5, datetime(2025, 1, 5)]
    )
    errors = read_rows(data, COLUMNS).errors
    copy = marked_copy(data, COLUMNS, errors)
    sheet = load_workbook(BytesIO(copy))["填报"]
    assert [(error.cell, sheet[error.cell].fill.fgColor.rgb) for error in errors] == [
        ("C2", "00FDEAEA"),
        ("A4", "00FDEAEA"),
        ("D5", "00FDEAEA"),
    ]
    assert sheet["I2"].value == "C2 企业规模：不在可选范围内，请从下列各项中选择：小型、微型"
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    again = read_rows(copy, COLUMNS)
    assert [(error.cell, error.column) for error in again.errors] == [("C2", "企业规模"), ("D5", "服务次数")]
    assert again.ignored == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "=cmd|' /C calc'!A0"])
def test_text_never_becomes_a_formula(text: str) -> None:
    cell = load_workbook(BytesIO(write_workbook([Sheet("表", ["名称"], [[text]])])))["表"]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_an_export_keeps_numbers_dates_and_long_digits() -> None:
    row = [Decimal("12.50"), date(2026, 1, 31), True, 123456789012345678, None, "正常\x00文字"]
    sheet = load_workbook(
        BytesIO(write_workbook([Sheet("汇总/表", list("abcdef"), [row], caption="标题", notes=["说明"])]))
    )["汇总 表"]
    assert [cell.value for cell in sheet[3]] == [
        12.5,
        datetime(2026, 1, 31),
        "是",
        "123456789012345678",
        None,
        "正常文字",
    ]
    assert (sheet["A1"].value, sheet["A4"].value, str(sheet.merged_cells)) == ("标题", "说明", "A1:F1")


def test_an_export_names_no_author() -> None:
    core = corpus.part(write_workbook([Sheet("表", ["a"])]), "docProps/core.xml")
    assert "openpyxl" not in core
