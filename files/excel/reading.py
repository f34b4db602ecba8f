"""Reading a filled-in list: what can be taken over, and for every other cell its address, the reason and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from files import limits
from files.excel.columns import Cell, CellProblem, Column
from files.excel.grid import REASONS, Table, load
from files.models import StoredFile

_SHOWN = 60
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
    """What an import would take over. Duplicates are listed and stay in ``rows``; nothing is dropped silently."""

    rows: list[ImportedRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    duplicates: list[RowError] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def values(self) -> list[dict[str, Any]]:
        return [row.values for row in self.rows]

    @property
    def bad_rows(self) -> int:
        """How many rows have at least one error."""
        return len({error.row for error in self.errors})


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
    result = ImportResult(errors=_missing(table, columns), ignored=_ignored(table))
    for number, cells in table.data:
        picked = {key: cells[index] if index < len(cells) else None for key, index in table.positions.items()}
        if any(picked.values()):
            _take_row(result, table, columns, number, picked)
    result.duplicates = [
        error for column in columns if column.key in unique for error in _duplicates(result.rows, column, table)
    ]
    return result


def _take_row(
    result: ImportResult, table: Table, columns: Sequence[Column], number: int, picked: dict[str, Cell | None]
) -> None:
    values, errors = {}, []
    for column in columns:
        if column.key not in picked:
            continue
        try:
            values[column.key] = column.parse(picked[column.key])
        except CellProblem as problem:
            errors.append(_error(table, column, number, picked[column.key], problem))
    result.errors += errors
    if not errors:
        result.rows.append(ImportedRow(number, values))


def _error(table: Table, column: Column, number: int, cell: Cell | None, problem: CellProblem) -> RowError:
    address = f"{get_column_letter(table.positions[column.key] + 1)}{number}"
    shown = "" if cell is None else cell[1][:_SHOWN]
    return RowError(number, column.header, shown, problem.reason, problem.suggestion, address)


def _missing(table: Table, columns: Sequence[Column]) -> list[RowError]:
    return [
        RowError(table.header_row, column.header, "", "表中缺少此列", "请下载最新模板，或补上此列后重新上传")
        for column in columns
        if column.required and column.key not in table.positions
    ]


def _ignored(table: Table) -> list[str]:
    used = set(table.positions.values())
    return [header for index, header in enumerate(table.headers) if header not in ("", REASONS) and index not in used]


def _duplicates(rows: list[ImportedRow], column: Column, table: Table) -> list[RowError]:
    first: dict[Any, int] = {}
    found = []
    for row in rows:
        value = row.values.get(column.key)
        if value in (None, ""):
            continue
        if value in first:
            address = f"{get_column_letter(table.positions[column.key] + 1)}{row.number}"
            reason = f"与第 {first[value]} 行重复"
            found.append(
                RowError(row.number, column.header, str(value), reason, "请核对，确属同一项的只保留一行", address)
            )
        else:
            first[value] = row.number
    return found
