"""Excel in and out: templates, imports with an error per cell, marked copies, exports. Text is never a formula."""

from files.excel.columns import Column, Kind
from files.excel.marking import marked_copy
from files.excel.reading import ImportedRow, ImportResult, RowError, read_rows
from files.excel.templates import make_template
from files.excel.writing import Sheet, write_workbook

__all__ = [
    "Column",
    "ImportResult",
    "ImportedRow",
    "Kind",
    "RowError",
    "Sheet",
    "make_template",
    "marked_copy",
    "read_rows",
    "write_workbook",
]
