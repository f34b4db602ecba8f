"""Reading the cells of an uploaded workbook, bounded in rows, columns and text, without trusting its declared size."""

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


def read_grid(path: Path, max_rows: int) -> dict[str, Any]:
    """``{"sheets": [{"name", "rows": [[number, [cell or None, …]], …]}]}``; blank rows are left out.

    Rejected (422) for more than ``max_rows`` rows in a sheet; the package itself is checked first.
    """
    check_office(path, "xlsx")
    try:
        with path.open("rb") as source:  # a path without .xlsx would be refused
            book = load_workbook(source, read_only=True, data_only=False, keep_links=False)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return {"sheets": [{"name": sheet.title, "rows": _rows(sheet, max_rows)} for sheet in shown]}
    except (Rejected, MemoryError):
        raise
    except Exception as error:  # openpyxl raises nearly everything on hostile input; all of it means unreadable
        raise Rejected("表格无法打开，可能已损坏。请下载模板重新填写后上传。") from error


def _rows(sheet: Any, max_rows: int) -> list[list[Any]]:
    sheet.reset_dimensions()
    rows: list[list[Any]] = []
    blank = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=limits.MAX_IMPORT_COLUMNS), start=1):
        values = [_cell(cell) for cell in cells]
        if not any(values):
            blank += 1
            if blank > _BLANK_ROWS_TO_END:
                break
            continue
        blank = 0
        if len(rows) >= max_rows:
            raise Rejected(f"工作表“{sheet.title}”超过 {max_rows} 行，请分成几个文件上传。")
        while values and values[-1] is None:
            values.pop()
        rows.append([number, values])
    return rows


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
