"""Sheets of 附件2 for tests: the open one, its workbook, edited cell by cell, and brought in again."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from accounts.actors import Actor
from applications.models import Call
from files import storage
from files.models import IssuedDocument
from review.documents import attachment2
from review.models import SummaryImport, SummarySheet
from review.selectors import summaries
from review.services import district

HEADER, FIRST = 2, 3


def content(document: IssuedDocument) -> bytes:
    return storage.path_of(document.file).read_bytes()


def sheet_of(call: Call, officer: Actor, number: int = 1) -> SummarySheet:
    """The district's sheet of this number, as pages find it."""
    return summaries.visible_to(officer).get(call=call, number=number)


def mark_of(sheet: SummarySheet) -> str:
    return summaries.fingerprint(sheet, summaries.rows_of(sheet))


def workbook_of(sheet: SummarySheet) -> bytes:
    return content(attachment2.as_workbook(sheet))


def edited(data: bytes, cells: Mapping[tuple[int, str], Any], arrange: Any = None) -> bytes:
    """The workbook with other values in the cells (row from 1 below the header, column label), then rearranged."""
    book = load_workbook(BytesIO(data))
    sheet: Worksheet = book.active
    columns = {cell.value: cell.column for cell in sheet[HEADER]}
    for (row, label), value in cells.items():
        sheet.cell(FIRST + row - 1, columns[label]).value = value
    if arrange:
        arrange(sheet)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def brought(officer: Actor, sheet: SummarySheet, data: bytes, name: str = "附件2.xlsx") -> SummaryImport:
    return district.upload(actor=officer, sheet=sheet, upload=ContentFile(data, name))
