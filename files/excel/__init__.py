"""Excel in and out: templates, imports with an error per cell, marked copies, exports. Text is never a formula."""

from files.excel.columns import CellProblem, Column, Kind
from files.excel.grid import Table, load
from files.excel.marking import marked_copy
from files.excel.reading import (
    ImportedRow,
    ImportResult,
    RawRow,
    RowError,
    address,
    ignored,
    judge,
    notes,
    raw_rows,
    read_rows,
)
from files.excel.recognising import recognise
from files.excel.templates import make_template
from files.excel.writing import Sheet, write_workbook

__all__ = [
    "CellProblem",
    "Column",
    "ImportResult",
    "ImportedRow",
    "Kind",
    "RawRow",
    "RowError",
    "Sheet",
    "Table",
    "address",
    "ignored",
    "judge",
    "load",
    "make_template",
    "marked_copy",
    "notes",
    "raw_rows",
    "read_rows",
    "recognise",
    "write_workbook",
]
