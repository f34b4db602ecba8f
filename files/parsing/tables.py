"""Reading the cells of an uploaded workbook, bounded in rows, columns and text, without trusting its declared size."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from files import limits
from files.parsing.archives import check_office
from files.parsing.verdict import Rejected

_BLANK_ROWS_TO_END = 1000

# A cell is (type, text); the types are s text, n number, d date, b boolean, f formula, e error value.
Cell = tuple[str, str]


def read_heads(path: Path) -> list[dict[str, Any]]:
    """``[{"name", "hidden", "rows": [[number, [cell or None, …]], …]}]``: the first rows of every sheet, blank ones left out."""
    with _workbook(path) as book:
        return [
            {
                "name": sheet.title,
                "hidden": sheet.sheet_state != "visible",
                "rows": list(_rows(sheet, limits.HEADER_ROWS)),
            }
            for sheet in book.worksheets
        ]


def read_grid(path: Path, sheet: str, header_row: int, max_rows: int) -> list[list[Any]]:
    """The rows of one sheet below its header as ``[number, [cell or None, …]]``, blank rows left out.

    Rejected (422) for more than ``max_rows`` of them, or for more text than any list holds.
    """
    found: list[list[Any]] = []
    characters = 0
    with _workbook(path) as book:
        for number, values in _rows(book[sheet]):
            if number <= header_row:
                continue
            if len(found) >= max_rows:
                raise Rejected(f"工作表“{sheet}”超过 {max_rows} 行，请分成几个文件上传。")
            characters += sum(len(cell[1]) for cell in values if cell)
            if characters > limits.MAX_IMPORT_CHARACTERS:
                raise Rejected("表格中的文字过多，请删去与清单无关的内容，或分成几个文件上传。")
            found.append([number, values])
    return found


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """The workbook open for reading; the package itself is checked first. Whatever goes wrong inside is Rejected."""
    check_office(path, "xlsx")
    try:
        with path.open("rb") as source:  # a path without .xlsx would be refused
            yield load_workbook(source, read_only=True, data_only=False, keep_links=False)
    except (Rejected, MemoryError):
        raise
    except Exception as error:  # openpyxl raises nearly everything on hostile input; all of it means unreadable
        raise Rejected("表格无法打开，可能已损坏。请下载模板重新填写后上传。") from error


def _rows(sheet: Any, last_row: int | None = None) -> Iterator[list[Any]]:
    """``[number, cells]`` of every row that is not blank; a long blank stretch is the end."""
    sheet.reset_dimensions()
    blank = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=last_row, max_col=limits.MAX_IMPORT_COLUMNS), start=1):
        values = [_cell(cell) for cell in cells]
        if not any(values):
            blank += 1
            if blank > _BLANK_ROWS_TO_END:
                break
            continue
        blank = 0
        while values and values[-1] is None:
            values.pop()
        yield [number, values]


def _cell(cell: Any) -> Cell | None:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type in ("f", "e"):
        return cell.data_type, str(getattr(value, "text", value))[: limits.MAX_CELL_CHARACTERS]
    match value:
        case bool():
            return "b", "是" if value else "否"
        case int() | float():
            return "n", repr(value)
        case datetime():
            return "d", value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return "d", value.isoformat()
    return "s", str(value)[: limits.MAX_CELL_CHARACTERS + 1]
