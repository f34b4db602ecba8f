"""A column of a list, and how the text or number in one of its cells becomes a typed value."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from files import limits
from regulation.identifiers import check_credit_code, check_phone

Cell = tuple[str, str]
Checker = Callable[[Any], Any]

_DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|(\d{4})(\d{2})(\d{2})", re.ASCII
)
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 70_000)  # 1954 to 2091
_EXACT_DIGITS = 15  # what Excel keeps of a number
_TRUE = {"是", "有", "y", "yes", "true", "1", "√", "✓", "对"}
_FALSE = {"否", "无", "n", "no", "false", "0", "×", "x", "✗", "不是", "没有"}


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    CREDIT_CODE = "credit_code"
    PHONE = "phone"
    BOOL = "bool"
    CHOICE = "choice"


class CellProblem(Exception):
    """A cell cannot be taken over: why, and what to do."""

    def __init__(self, reason: str, suggestion: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


@dataclass(frozen=True)
class Column:
    """One column. ``choices`` are (value, label) pairs; ``check`` returns the value to keep or raises ValueError.

    ``minimum``, ``maximum`` (of whole numbers) and ``places`` concern numbers only; a date is never before 1900 or after 2100.
    """

    key: str
    header: str
    kind: str = Kind.TEXT
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    aliases: tuple[str, ...] = ()
    max_length: int = 200
    minimum: int | None = 0
    maximum: int = 2**31 - 1
    places: int = 2
    width: float = 0
    check: Checker | None = None

    @property
    def label(self) -> str:
        """The header as printed in the template: a required one carries ＊."""
        return f"＊{self.header}" if self.required else self.header

    @property
    def is_number(self) -> bool:
        """Whether its values stand right-aligned."""
        return self.kind in (Kind.INT, Kind.DECIMAL)

    @property
    def names(self) -> set[str]:
        """The normalised headers under which the column is found."""
        return {normalise_header(name) for name in (self.header, *self.aliases)}

    def parse(self, cell: Cell | None) -> Any:
        """The typed value: str, int, Decimal, date, bool or the choice's value; a blank is "" or None. Else
        CellProblem.
        """
        blank = "" if self.kind in (Kind.TEXT, Kind.PHONE, Kind.CREDIT_CODE, Kind.CHOICE) else None
        if cell is None or (cell[0] == "s" and not clean_text(cell[1])):
            if self.required:
                raise CellProblem("此项必填，目前为空", f"请填写{self.header}")
            return blank
        if cell[0] == "f":
            raise CellProblem("单元格中是公式", "请复制该单元格，用“选择性粘贴—数值”粘贴回去")
        if cell[0] == "e":
            raise CellProblem("单元格中是错误值", "请改为实际内容")
        value = _PARSERS[Kind(self.kind)](self, cell)
        return self._checked(value)

    def _checked(self, value: Any) -> Any:
        return value if self.check is None else _worded(self.check, value)


def normalise_header(text: str) -> str:
    """Without spaces, width, required marks and (必填)."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("*", "")
    return re.sub(r"\((必填|选填)\)", "", plain).rstrip(":").lower()


def clean_text(text: str) -> str:
    """Outer spaces, control and invisible characters removed; line breaks inside stay."""
    kept = (char for char in unicodedata.normalize("NFC", text) if char == "\n" or unicodedata.category(char)[0] != "C")
    return "".join(kept).strip()


def _worded(check: Checker, value: Any) -> Any:
    """The check's answer; its ValueError split into reason and advice."""
    try:
        return check(value)
    except ValueError as error:
        reason, _, advice = str(error).partition("，请")
        raise CellProblem(reason, f"请{advice}" if advice else "请核对后更正") from error


def _text(column: Column, cell: Cell) -> str:
    text = _digits_of(cell) if cell[0] == "n" else clean_text(cell[1])
    longest = min(column.max_length, limits.MAX_CELL_CHARACTERS)
    if len(text) > longest:
        raise CellProblem(f"文字过长（{len(text)} 字）", f"请精简到 {longest} 字以内")
    return text


def _digits_of(cell: Cell) -> str:
    number = Decimal(cell[1])
    if number == number.to_integral_value():
        whole = format(number.to_integral_value(), "f")
        if len(whole.lstrip("-")) > _EXACT_DIGITS:
            raise CellProblem("长数字以数值格式保存，末几位已丢失", "请把该列设为文本格式后重新填写")
        return whole
    return format(number, "f")


def _number(column: Column, cell: Cell) -> Decimal:
    text = unicodedata.normalize("NFKC", clean_text(cell[1])).replace(",", "").replace(" ", "")
    if cell[0] == "n":
        text = format(float(text), f".{_EXACT_DIGITS}g")  # 0.30000000000000004 was typed as 0.3
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise CellProblem("不是数字", "请只填数字，不写单位") from error
    if cell[0] not in "ns" or not number.is_finite() or number.copy_abs() >= 10**13:
        raise CellProblem("数字超出范围", "请核对单位和位数")
    if column.minimum is not None and number < column.minimum:
        raise CellProblem(f"不能小于 {column.minimum}", "请核对后更正")
    return number


def _int(column: Column, cell: Cell) -> int:
    number = _number(column, cell)
    if number != number.to_integral_value():
        raise CellProblem("应为整数", "请填写不带小数的数字")
    if number > column.maximum:
        raise CellProblem(f"不能大于 {column.maximum}", "请核对后更正")
    return int(number)


def _decimal(column: Column, cell: Cell) -> Decimal:
    number = _number(column, cell)
    exact = number.quantize(Decimal(1).scaleb(-column.places))
    if exact != number:
        raise CellProblem(f"最多 {column.places} 位小数", f"请四舍五入到 {column.places} 位小数")
    return exact


def _date(column: Column, cell: Cell) -> date:
    text = unicodedata.normalize("NFKC", clean_text(cell[1]))
    if cell[0] == "n":
        serial = float(text)
        if int(serial) in _SERIALS:
            return _EXCEL_EPOCH + timedelta(days=int(serial))
        text = text.removesuffix(".0")
    match = _DATE.fullmatch(text)
    advice = "请填写为 2026-01-31 的形式"
    if not match:
        raise CellProblem("日期无法识别", advice)
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        value = date(year, month, day)
    except ValueError as error:
        raise CellProblem("没有这一天", advice) from error
    if not 1900 <= value.year <= 2100:
        raise CellProblem("年份超出范围", "请核对年份")
    return value


def _credit_code(column: Column, cell: Cell) -> str:
    return str(_worded(check_credit_code, _digits_of(cell) if cell[0] == "n" else cell[1]))


def _phone(column: Column, cell: Cell) -> str:
    return str(_worded(check_phone, _digits_of(cell) if cell[0] == "n" else cell[1]))


def _bool(column: Column, cell: Cell) -> bool:
    text = unicodedata.normalize("NFKC", clean_text(cell[1])).lower().removesuffix(".0")
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise CellProblem("应填“是”或“否”", "请从下拉列表中选择")


def _choice(column: Column, cell: Cell) -> str:
    wanted = normalise_header(cell[1])
    for value, label in column.choices:
        if wanted == normalise_header(label):
            return value
    labels = "、".join(label for _, label in column.choices[:12])
    raise CellProblem("不在可选范围内", f"请从下列各项中选择：{labels}")


_PARSERS: dict[Kind, Callable[[Column, Cell], Any]] = {
    Kind.TEXT: _text,
    Kind.INT: _int,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.CREDIT_CODE: _credit_code,
    Kind.PHONE: _phone,
    Kind.BOOL: _bool,
    Kind.CHOICE: _choice,
}
