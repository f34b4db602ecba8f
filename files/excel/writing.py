"""Writing workbooks. User text is always a text cell: ``=1+1`` stays the four characters that were typed."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins

from timekeeping import clock

_RISKY = tuple("=+-@\t\r\n|%＝＋－＠")
_MAX_TEXT = 32_000
_A3, _A4 = 8, 9
_SHORT = 14
_LINE_POINTS = 14.5
_EXACT_INT = 10**15
_LINE = Side(style="thin", color="B4BCC8")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_BAD_FILL = PatternFill("solid", fgColor="FDEAEA")
_HEAD_FONT = Font(name="宋体", size=11, bold=True)
_BODY_FONT = Font(name="宋体", size=11)
_CAPTION_FONT = Font(name="宋体", size=16, bold=True)
_BAD_FONT = Font(name="宋体", size=11, color="A8231C")


@dataclass(frozen=True)
class Sheet:
    """One sheet: an optional caption over the header, the rows, and optional closing notes.

    ``choices`` gives a column (from 0) its drop-down list; ``text_columns`` are preset as text, so that long digits
    survive typing; ``marks`` are (row, column) pairs, from 0 within ``rows``, shown as wrong; ``blank_rows`` extends
    drop-downs below the rows. It prints as wide as the paper, the header on every page. A ``form`` is made to be printed: on
    A3, its rows as high as their text, short cells centred.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]] = ()
    widths: Sequence[float] = ()
    caption: str = ""
    notes: Sequence[str] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    text_columns: frozenset[int] = frozenset()
    marks: frozenset[tuple[int, int]] = frozenset()
    blank_rows: int = 0
    landscape: bool = False
    form: bool = False


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as xlsx. Decimal, int and date stay numbers and dates; bool becomes 是/否; text is never a formula."""
    book = Workbook(write_only=True)
    book.properties.creator = ""
    lists = _ChoiceLists()
    for sheet in sheets:
        _write(book, sheet, lists)
    lists.write(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


class _ChoiceLists:
    """The hidden sheet from which drop-downs take their entries (a list inside the rule is limited to 255
    characters).
    """

    title = "选项"

    def __init__(self) -> None:
        self.lists: list[Sequence[str]] = []

    def add(self, labels: Sequence[str]) -> str:
        if labels not in self.lists:
            self.lists.append(labels)
        letter = get_column_letter(self.lists.index(labels) + 1)
        return f"'{self.title}'!${letter}$1:${letter}${len(labels)}"

    def write(self, book: Workbook) -> None:
        if not self.lists:
            return
        sheet = book.create_sheet(self.title)
        sheet.sheet_state = "hidden"
        for index in range(max(len(labels) for labels in self.lists)):
            sheet.append([_cell(sheet, labels[index] if index < len(labels) else None) for labels in self.lists])


def _write(book: Workbook, sheet: Sheet, lists: _ChoiceLists) -> None:
    target = book.create_sheet(_sheet_name(sheet.title))
    header_row = 2 if sheet.caption else 1
    _prepare(target, sheet, header_row)
    if sheet.caption:
        caption = _cell(target, sheet.caption, font=_CAPTION_FONT)
        caption.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        target.row_dimensions[1].height = 34
        target.append([caption])
        target.merged_cells.ranges.add(CellRange(min_col=1, min_row=1, max_col=len(sheet.header), max_row=1))
    if sheet.form:
        target.row_dimensions[header_row].height = _height(sheet, sheet.header)
    target.append([_head(target, text) for text in sheet.header])
    count = 0
    for index, row in enumerate(sheet.rows):
        marked = [(index, column) in sheet.marks for column in range(len(row))]
        if sheet.form:
            target.row_dimensions[header_row + 1 + index].height = _height(sheet, row)
        target.append([_body(target, sheet, column, value, marked[column]) for column, value in enumerate(row)])
        count += 1
    for column, labels in sheet.choices.items():
        last = header_row + max(count + sheet.blank_rows, 1)
        _offer(
            target,
            f"{get_column_letter(column + 1)}{header_row + 1}:{get_column_letter(column + 1)}{last}",
            lists.add(labels),
        )
    for note in sheet.notes:
        target.append([_cell(target, note)])
    last = header_row + count + len(sheet.notes)
    target.print_area = f"A1:{get_column_letter(len(sheet.header))}{last}"


def _prepare(target: Any, sheet: Sheet, header_row: int) -> None:
    """What write-only mode wants before the first row."""
    target.freeze_panes = f"A{header_row + 1}"
    target.print_title_rows = f"{header_row}:{header_row}"
    target.page_setup.paperSize = _A3 if sheet.form else _A4
    if sheet.form:
        target.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    target.page_setup.orientation = "landscape" if sheet.landscape or len(sheet.header) > 6 else "portrait"
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    for column, header in enumerate(sheet.header):
        dimension = target.column_dimensions[get_column_letter(column + 1)]
        given = sheet.widths[column] if column < len(sheet.widths) else 0
        dimension.width = given or min(max(2.2 * len(header) + 3, 10), 40)
        if column in sheet.text_columns:
            dimension.number_format = "@"


def _height(sheet: Sheet, row: Sequence[object]) -> float:
    """The height of a row of a form in points: as many lines as its fullest cell needs."""
    lines = [
        sum(max(ceil(_breadth(part) / (width - 1)), 1) for part in str(value).split("\n"))
        for value, width in zip(row, sheet.widths, strict=False)
    ]
    return _LINE_POINTS * max(lines, default=1) + 4


def _breadth(text: str) -> int:
    """How many half-width places a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _offer(target: Any, area: str, source: str) -> None:
    rule = DataValidation(type="list", formula1=source, allow_blank=True)
    rule.errorTitle, rule.error = "请从列表中选择", "此处只能填写下拉列表中的内容。"
    rule.add(area)
    target.data_validations.append(rule)


def _head(target: Any, text: str) -> WriteOnlyCell:
    cell = _cell(target, text, font=_HEAD_FONT)
    cell.fill, cell.border = _HEAD_FILL, _GRID
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _body(target: Any, sheet: Sheet, column: int, value: object, bad: bool) -> WriteOnlyCell:
    cell = _cell(target, value, font=_BAD_FONT if bad else _BODY_FONT)
    cell.border = _GRID
    cell.alignment = Alignment(vertical="center", wrap_text=isinstance(value, str))
    if column in sheet.text_columns:
        cell.number_format = "@"
    if sheet.form and _breadth(str(value)) <= _SHORT:
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if bad:
        cell.fill = _BAD_FILL
    return cell


def _cell(target: Any, value: object, font: Font = _BODY_FONT) -> WriteOnlyCell:
    match value:
        case bool():
            value = "是" if value else "否"
        case int() if abs(value) >= _EXACT_INT:
            value = str(value)
        case datetime():
            value = value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if value.tzinfo else value
        case None | int() | float() | Decimal() | date():
            pass
        case _:
            value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_MAX_TEXT]
    cell = WriteOnlyCell(target, value)
    cell.font = font
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_RISKY):
            cell.quotePrefix = True
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _sheet_name(title: str) -> str:
    return "".join(" " if char in "[]:*?/\\'" else char for char in title).strip()[:31] or "Sheet"
