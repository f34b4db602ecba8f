"""Excel in and out: templates, imports with an error per cell, marked copies, exports. Text is never a formula."""

from files.excel.columns import Cell, Column, Kind, clean_text
from files.excel.grid import Table
from files.excel.grid import load as load_table
from files.excel.marking import marked_copy
from files.excel.reading import ImportedRow, ImportResult, RowError, read_rows
from files.excel.templates import make_template
from files.excel.writing import Sheet, write_workbook

__all__ = [
    "Cell",
    "Column",
    "ImportResult",
    "ImportedRow",
    "Kind",
    "RowError",
    "Sheet",
    "Table",
    "clean_text",
    "load_table",
    "make_template",
    "marked_copy",
    "read_rows",
    "write_workbook",
]
