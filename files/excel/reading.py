"""Reading a filled-in list: what can be taken over, and for every other cell its address, the reason and what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from files import limits
from files.excel.columns import Cell, CellProblem, Column
from files.excel.grid import REASONS, Table, best_heading, load
from files.models import StoredFile

_SHOWN = 60
# A template's example begins with these characters; its row is never taken over.
EXAMPLE_MARK = "【示例】"
_KEEP_ONE = "请核对，确属同一项的只保留一行"


@dataclass(frozen=True)
class RowError:
    """One thing to put right: sheet row, column header, what stands there, why it cannot be taken, what to do."""

    row: int
    column: str
    value: str
    reason: str
    suggestion: str
    cell: str = ""


@dataclass(frozen=True)
class ImportedRow:
    """A row without errors: its number in the sheet and column key → typed value."""

    number: int
    values: dict[str, Any]


@dataclass
class ImportResult:
    """What an import would take over. Duplicates are listed and stay in ``rows``; nothing is dropped silently.

    ``ignored`` names columns that are not read, ``notes`` says what else of the workbook is not.
    """

    rows: list[ImportedRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    duplicates: list[RowError] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def values(self) -> list[dict[str, Any]]:
        return [row.values for row in self.rows]

    @property
    def bad_rows(self) -> int:
        """How many rows have at least one error."""
        return len({error.row for error in self.errors})


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the sheet: its number, and of the list's columns their cells by key."""

    number: int
    cells: Mapping[str, Cell | None]


def read_rows(
    source: bytes | StoredFile,
    columns: Sequence[Column],
    *,
    max_rows: int = limits.MAX_IMPORT_ROWS,
    unique: Sequence[str] = (),
) -> ImportResult:
    """Read the list in the workbook. Each key in ``unique`` names a column whose repeated values are listed as
    duplicates.

    Headers may stand in any order, with spaces or ＊. Refused (415/422) when the workbook as a whole cannot be used.
    """
    table = load(source, columns, max_rows)
    result = ImportResult(errors=_missing(table, columns), ignored=ignored(table), notes=notes(table, columns))
    for raw in raw_rows(table):
        values, errors = judge(raw, columns, table.heading.positions)
        result.errors += errors
        if not errors:
            result.rows.append(ImportedRow(raw.number, values))
    result.duplicates = [
        error for column in columns if column.key in unique for error in _duplicates(result.rows, column, table)
    ]
    return result


def raw_rows(table: Table) -> Iterator[RawRow]:
    """The rows that hold anything in the list's columns, the template's example left out."""
    for number, cells in table.data:
        picked = {key: cells[at] if at < len(cells) else None for key, at in table.heading.positions.items()}
        if any(picked.values()) and not _is_example(picked):
            yield RawRow(number, picked)


def judge(
    raw: RawRow, columns: Sequence[Column], positions: Mapping[str, int]
) -> tuple[dict[str, Any], list[RowError]]:
    """The typed values of a row, and what is wrong with its other cells."""
    values, errors = {}, []
    for column in columns:
        if column.key not in raw.cells:
            continue
        cell = raw.cells[column.key]
        try:
            values[column.key] = column.parse(cell)
        except CellProblem as problem:
            shown = "" if cell is None else cell[1][:_SHOWN]
            where = address(positions, column.key, raw.number)
            errors.append(RowError(raw.number, column.header, shown, problem.reason, problem.suggestion, where))
    return values, errors


def address(positions: Mapping[str, int], key: str, number: int) -> str:
    """The name of a cell such as C12."""
    return f"{get_column_letter(positions[key] + 1)}{number}"


def ignored(table: Table) -> list[str]:
    """The headers that are none of the list's, and columns that hold something under no header."""
    used, headers = set(table.heading.positions.values()), table.heading.headers
    named = [text for at, text in enumerate(headers) if text not in ("", REASONS) and at not in used]
    filled = {at for _, cells in table.data for at, cell in enumerate(cells) if cell}
    nameless = sorted(at for at in filled if at >= len(headers) or not headers[at])
    return named + [f"{get_column_letter(at + 1)} 列（没有表头）" for at in nameless]


def notes(table: Table, columns: Sequence[Column]) -> list[str]:
    """What else of the workbook is not taken over: the example, other sheets that look like the list."""
    said = []
    for number, cells in table.data:
        picked = {key: cells[at] if at < len(cells) else None for key, at in table.heading.positions.items()}
        if _is_example(picked):
            said.append(f"第 {number} 行是示例，不导入")
    for sheet in table.sheets:
        heading = best_heading([sheet], columns)
        more = heading is not None and heading.fits(columns) and any(number > heading.row for number, _ in sheet.rows)
        if sheet.name != table.heading.sheet and more:
            kind = "隐藏的工作表" if sheet.hidden else "工作表"
            said.append(f"{kind}“{sheet.name}”不读取，需要的请合并到“{table.heading.sheet}”")
    return said


def _is_example(cells: Mapping[str, Cell | None]) -> bool:
    return any(cell and cell[1].lstrip().startswith(EXAMPLE_MARK) for cell in cells.values())


def _missing(table: Table, columns: Sequence[Column]) -> list[RowError]:
    return [
        RowError(table.heading.row, column.header, "", "表中缺少此列", "请下载最新模板，或补上此列后重新上传")
        for column in table.heading.missing(columns)
    ]


def _duplicates(rows: list[ImportedRow], column: Column, table: Table) -> list[RowError]:
    first: dict[Any, int] = {}
    found = []
    for row in rows:
        value = row.values.get(column.key)
        if value in (None, ""):
            continue
        if value in first:
            where = address(table.heading.positions, column.key, row.number)
            reason = f"与第 {first[value]} 行重复"
            found.append(RowError(row.number, column.header, str(value), reason, _KEEP_ONE, where))
        else:
            first[value] = row.number
    return found
