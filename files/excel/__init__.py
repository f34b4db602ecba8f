"""Excel in and out: templates, imports with an error per cell, marked copies, exports. Text is never a formula."""

from files.excel.columns import Cell, CellProblem, Column, Kind, clean_text
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
    "Cell",
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
    "clean_text",
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
