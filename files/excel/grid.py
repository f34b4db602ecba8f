"""The uploaded workbook as a grid, and the row and columns in which the list stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from files import limits, sandbox, storage
from files.errors import Refused
from files.excel.columns import Cell, Column, normalise_header
from files.models import StoredFile
from files.parsing.verdict import Rejected

_HEADER_ROWS = 20
REASONS = "问题说明"
NO_HEADER = "没有找到表头。请下载模板，不要改动表头文字，填写后重新上传。"


@dataclass(frozen=True)
class Table:
    """The list inside the workbook: header row, column key → position, all rows of the sheet by number."""

    header_row: int
    positions: dict[str, int]
    headers: list[str]
    rows: list[tuple[int, list[Cell | None]]]

    @property
    def data(self) -> list[tuple[int, list[Cell | None]]]:
        return [(number, cells) for number, cells in self.rows if number > self.header_row]


def load(source: bytes | StoredFile, columns: Sequence[Column], max_rows: int) -> Table:
    """The sheet whose first rows match the columns best. Refused (422) when the file or its header cannot be read."""
    best = max(
        (_locate(sheet["rows"], columns) for sheet in _read(source, max_rows)["sheets"]),
        key=lambda table: len(table.positions),
        default=None,
    )
    if best is None or len(best.positions) < min(2, len(columns)):
        raise Refused(NO_HEADER, 422)
    if len(best.data) > max_rows:
        raise Refused(f"清单超过 {max_rows} 行，请分成几个文件上传。", 422)
    return best


def _read(source: bytes | StoredFile, max_rows: int) -> dict[str, Any]:
    bound = max_rows + _HEADER_ROWS
    try:
        if isinstance(source, StoredFile):
            storage.verify(source)
            grid = sandbox.run("grid", storage.path_of(source), max_rows=bound)
        else:
            if not source.startswith(b"PK"):
                raise Rejected("文件不是 xlsx 工作簿。请下载模板填写后上传。", 415)
            with storage.spool([source]) as spooled:
                grid = sandbox.run("grid", spooled.path, max_rows=bound)
    except Rejected as refusal:
        raise Refused(refusal.message, refusal.status) from refusal
    result: dict[str, Any] = grid
    return result


def _locate(raw: list[list[Any]], columns: Sequence[Column]) -> Table:
    rows = [(number, [None if cell is None else (cell[0], cell[1]) for cell in cells]) for number, cells in raw]
    empty = Table(0, {}, [], rows)
    tables = [_header(number, cells, columns, rows) for number, cells in rows[:_HEADER_ROWS]]
    return max(tables, key=lambda table: len(table.positions), default=empty)


def _header(
    number: int, cells: list[Cell | None], columns: Sequence[Column], rows: list[tuple[int, list[Cell | None]]]
) -> Table:
    headers = ["" if cell is None else cell[1].strip() for cell in cells[: limits.MAX_IMPORT_COLUMNS]]
    normal = [normalise_header(header) for header in headers]
    positions = {}
    for column in columns:
        found = [index for index, header in enumerate(normal) if header in column.names]
        if found:
            positions[column.key] = found[0]
    return Table(number, positions, headers, rows)
