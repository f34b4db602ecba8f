"""The uploaded list once more, with the wrong cells marked and the reasons in a last column."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from openpyxl.utils import get_column_letter

from files import limits
from files.excel.columns import Cell, Column
from files.excel.grid import REASONS, load
from files.excel.reading import RowError
from files.excel.writing import Sheet, write_workbook
from files.models import StoredFile

CAPTION = "请更正标红的单元格后重新上传"


def marked_copy(
    source: bytes | StoredFile,
    columns: Sequence[Column],
    errors: Sequence[RowError],
    *,
    max_rows: int = limits.MAX_IMPORT_ROWS,
    fixes: Mapping[str, str] | None = None,
) -> bytes:
    """A fresh workbook with what was filled in (formulas as text), errors coloured, ready to be corrected and uploaded.

    ``fixes`` are texts by cell address that replace what was filled in. Rows keep their numbers when the header stands
    in the first or second row, as in the template.
    """
    table = load(source, columns, max_rows)
    heading = table.heading
    headers = [header for header in heading.headers if header != REASONS]
    by_row: dict[int, list[RowError]] = defaultdict(list)
    for error in errors:
        by_row[error.row].append(error)
    position = {column.header: heading.positions.get(column.key) for column in columns}
    rows: list[list[object]] = []
    marks = set()
    for number, cells in table.data:
        rows += [[]] * (number - heading.row - 1 - len(rows))  # blank rows stay, so that the numbers stay
        values = [_filled_in(number, place, cells, fixes or {}) for place in range(len(headers))]
        problems = by_row[number]
        marks |= {(len(rows), place) for error in problems if (place := position.get(error.column)) is not None}
        if problems:
            marks.add((len(rows), len(headers)))
        rows.append([*values, _words(problems)])
    caption = CAPTION if heading.row > 1 else ""
    widths = [*([0] * len(headers)), 60]
    sheet = Sheet("填报", [*headers, REASONS], rows, widths=widths, caption=caption, marks=frozenset(marks))
    return write_workbook([sheet])


def _filled_in(number: int, place: int, cells: Sequence[Cell | None], fixes: Mapping[str, str]) -> object:
    fix = fixes.get(f"{get_column_letter(place + 1)}{number}") if fixes else None
    if fix is not None:
        return fix or None
    return _value(cells[place]) if place < len(cells) else None


def _words(problems: Sequence[RowError]) -> str | None:
    return "；".join(f"{error.cell} {error.column}：{error.reason}，{error.suggestion}" for error in problems) or None


def _value(cell: Cell | None) -> object:
    if cell is None:
        return None
    kind, text = cell
    if kind == "n":
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else number
    if kind == "d" and len(text) == 10:
        return date.fromisoformat(text)
    return text
