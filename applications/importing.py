"""What an uploaded list would bring: kept as plain data while it waits, judged again with what was put right in the page. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications.listforms import ListForm, duplicates, plain, revived
from files.excel import Column, ImportedRow, RawRow, RowError, Table, address, ignored, judge, notes, raw_rows

TELL_EVERY = 250
Fixes = Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """What was found in the workbook: rows that can be taken over, rows with a problem as they stand there, and what is not read.

    ``positions`` is where each column of the list stands, from 0.
    """

    positions: Mapping[str, int]
    good: tuple[ImportedRow, ...]
    faulty: tuple[RawRow, ...]
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As the import keeps it; rows are lists in the order of ``positions``, a list too: PostgreSQL sorts the keys of objects."""
        keys = list(self.positions)
        return {
            "positions": [[key, place] for key, place in self.positions.items()],
            "good": [[row.number, *(plain(row.values.get(key)) for key in keys)] for row in self.good],
            "faulty": [[row.number, *(row.cells.get(key) for key in keys)] for row in self.faulty],
            "ignored": list(self.ignored),
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, form: ListForm, kept: Mapping[str, Any]) -> "Outcome":
        """The outcome that ``to_json`` wrote."""
        positions = dict(kept["positions"])
        columns = [form.column(key) for key in positions]
        return cls(
            positions=positions,
            good=tuple(_typed(columns, row) for row in kept["good"]),
            faulty=tuple(_raw(columns, row) for row in kept["faulty"]),
            ignored=tuple(kept["ignored"]),
            notes=tuple(kept["notes"]),
        )


def _typed(columns: Sequence[Column], row: Sequence[Any]) -> ImportedRow:
    number, *values = row
    return ImportedRow(
        number, {column.key: revived(column, value) for column, value in zip(columns, values, strict=True)}
    )


def _raw(columns: Sequence[Column], row: Sequence[Any]) -> RawRow:
    number, *cells = row
    return RawRow(
        number,
        {column.key: (cell[0], cell[1]) if cell else None for column, cell in zip(columns, cells, strict=True)},
    )


def judge_table(form: ListForm, table: Table, tell: Callable[[int], None]) -> Outcome:
    """Judge every row of the workbook; ``tell`` hears from time to time how many rows are done."""
    positions = table.heading.positions
    good, faulty = [], []
    for done, raw in enumerate(raw_rows(table), 1):
        values, errors = judge(raw, form.columns, positions)
        if errors:
            faulty.append(raw)
        else:
            good.append(ImportedRow(raw.number, values))
        if done % TELL_EVERY == 0:
            tell(done)
    return Outcome(positions, tuple(good), tuple(faulty), tuple(ignored(table)), tuple(notes(table, form.columns)))


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken over, what stands there in full, and its column."""

    error: RowError
    text: str
    column: Column


@dataclass(frozen=True)
class Preview:
    """What confirming would write, what it would leave out, what is repeated."""

    rows: Sequence[ImportedRow]
    faults: Sequence[Fault]
    duplicates: Sequence[RowError]
    ignored: Sequence[str]
    notes: Sequence[str]
    fixed: int

    @property
    def importable(self) -> int:
        """How many rows can be taken over."""
        return len(self.rows)

    @property
    def refused(self) -> int:
        """How many rows have at least one problem."""
        return len({fault.error.row for fault in self.faults})


def preview_of(form: ListForm, outcome: Outcome, fixes: Fixes) -> Preview:
    """The outcome with the cells of ``fixes`` (address → text) in place of what the workbook says there."""
    rows, faults = list(outcome.good), []
    for raw in outcome.faulty:
        mended = mend(raw, outcome.positions, fixes)
        values, errors = judge(mended, form.columns, outcome.positions)
        if not errors:
            rows.append(ImportedRow(raw.number, values))
        faults += [_fault(form, mended, error) for error in errors]
    rows.sort(key=lambda row: row.number)
    repeated = duplicates(form, [(row.number, row.values) for row in rows])
    return Preview(rows, faults, repeated, outcome.ignored, outcome.notes, len(fixes))


def mend(raw: RawRow, positions: Mapping[str, int], fixes: Fixes) -> RawRow:
    """The row with its fixed cells as typed texts."""
    cells = dict(raw.cells)
    for key in cells:
        text = fixes.get(address(positions, key, raw.number))
        if text is not None:
            cells[key] = ("s", text) if text else None
    return RawRow(raw.number, cells)


def _fault(form: ListForm, row: RawRow, error: RowError) -> Fault:
    column = next(column for column in form.columns if column.header == error.column)
    cell = row.cells.get(column.key)
    return Fault(error, cell[1] if cell else "", column)
