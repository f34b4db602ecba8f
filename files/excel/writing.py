"""Writing workbooks: sheets with caption, header, rows, drop-downs and hints."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins

from files.excel import pens

_A3, _A4 = 8, 9
_SHORT = 14  # half-width places
_LINE_POINTS = 14.5
_MAX_TITLE, _MAX_PROMPT = 32, 255  # what Excel shows of a hint


@dataclass(frozen=True)
class Sheet:
    """One sheet: an optional caption over the header, the rows, and optional closing notes.

    ``choices`` gives a column (from 0) its drop-down list; ``text_columns`` are preset as text, so that long digits
    survive typing; ``marks`` are (row, column) pairs, from 0 within ``rows``, shown as wrong; the first ``samples`` rows
    are shown as examples; ``prompts`` is the hint that appears in the cells of a column, ``least`` the smallest number it
    takes; ``blank_rows`` extends drop-downs and hints below the rows. It prints as wide as the paper, the header on every page.
    A ``form`` is made to be printed: on A3, its rows as high as their text, short cells centred.
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
    samples: int = 0
    prompts: Mapping[int, str] = field(default_factory=dict)
    least: Mapping[int, int] = field(default_factory=dict)
    blank_rows: int = 0
    landscape: bool = False
    form: bool = False


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as xlsx. Decimal, int and date stay numbers and dates; bool becomes 是/否; text is never a formula."""
    book = Workbook(write_only=True)
    book.properties.creator = ""
    pen, lists = pens.Pen(), _ChoiceLists()
    for sheet in sheets:
        _write(book, sheet, pen, lists)
    lists.write(book, pen)
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

    def write(self, book: Workbook, pen: pens.Pen) -> None:
        if not self.lists:
            return
        sheet = book.create_sheet(self.title)
        sheet.sheet_state = "hidden"
        for index in range(max(len(labels) for labels in self.lists)):
            sheet.append([pen.cell(sheet, labels[index] if index < len(labels) else None) for labels in self.lists])


def _write(book: Workbook, sheet: Sheet, pen: pens.Pen, lists: _ChoiceLists) -> None:
    target = book.create_sheet(_sheet_name(sheet.title))
    header_row = 2 if sheet.caption else 1
    _prepare(target, sheet, header_row)
    if sheet.caption:
        target.row_dimensions[1].height = 34
        target.append([pen.cell(target, sheet.caption, pens.CAPTION)])
        target.merged_cells.ranges.add(CellRange(min_col=1, min_row=1, max_col=len(sheet.header), max_row=1))
    if sheet.form:
        target.row_dimensions[header_row].height = _height(sheet, sheet.header)
    target.append([pen.cell(target, text, pens.HEAD) for text in sheet.header])
    count = 0
    for index, row in enumerate(sheet.rows):
        if sheet.form:
            target.row_dimensions[header_row + 1 + index].height = _height(sheet, row)
        target.append([pen.cell(target, value, _look(sheet, index, at, value)) for at, value in enumerate(row)])
        count += 1
    _guide(target, sheet, range(header_row + 1, header_row + max(count + sheet.blank_rows, 1) + 1), lists)
    for note in sheet.notes:
        target.append([pen.cell(target, note)])
    last = header_row + count + len(sheet.notes)
    target.print_area = f"A1:{get_column_letter(len(sheet.header))}{last}"


def _look(sheet: Sheet, row: int, column: int, value: object) -> pens.Look:
    usual = pens.SAMPLE if row < sheet.samples else pens.PLAIN
    return pens.variant(
        pens.BAD if (row, column) in sheet.marks else usual,
        centred=sheet.form and _breadth(str(value)) <= _SHORT,
        as_text=column in sheet.text_columns,
    )


def _guide(target: Any, sheet: Sheet, rows: range, lists: _ChoiceLists) -> None:
    """Drop-downs, limits and hints of the columns, over these rows."""
    for column in sorted({*sheet.choices, *sheet.prompts, *sheet.least}):
        letter = get_column_letter(column + 1)
        rule = _rule(sheet, column, lists)
        if column in sheet.prompts:
            rule.showInputMessage, rule.promptTitle = True, sheet.header[column].lstrip("＊")[:_MAX_TITLE]
            rule.prompt = sheet.prompts[column][:_MAX_PROMPT]
        rule.add(f"{letter}{rows.start}:{letter}{rows.stop - 1}")
        target.data_validations.append(rule)


def _rule(sheet: Sheet, column: int, lists: _ChoiceLists) -> DataValidation:
    if column in sheet.choices:
        rule = DataValidation(type="list", formula1=lists.add(sheet.choices[column]), allow_blank=True)
        rule.errorTitle, rule.error = "请从列表中选择", "此处只能填写下拉列表中的内容。"
    elif column in sheet.least:
        least = sheet.least[column]
        rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1=str(least), allow_blank=True)
        rule.errorTitle, rule.error = "请填写数字", f"此处填写不小于 {least} 的数字，不写单位。"
    else:
        return DataValidation(allow_blank=True)
    rule.showErrorMessage = True
    return rule


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


def _sheet_name(title: str) -> str:
    return "".join(" " if char in "[]:*?/\\'" else char for char in title).strip()[:31] or "Sheet"
