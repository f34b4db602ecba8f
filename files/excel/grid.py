"""The uploaded workbook as sheets and a table: which sheet holds the list, in which row its header stands, what is below."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from files import limits, sandbox, storage
from files.errors import Refused
from files.excel.columns import Cell, Column, normalise_header
from files.models import StoredFile
from files.parsing.verdict import Rejected

REASONS = "问题说明"
NO_HEADER = "没有找到表头。请下载模板，不要改动表头文字，填写后重新上传。"
Row = tuple[int, list[Cell | None]]


@dataclass(frozen=True)
class Sheet:
    """One sheet with its first rows by number."""

    name: str
    hidden: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Heading:
    """Where the header of a list stands: sheet, row number, column key → position, all headers as written."""

    sheet: str
    row: int
    positions: Mapping[str, int]
    headers: tuple[str, ...]

    def missing(self, columns: Sequence[Column]) -> list[Column]:
        """The required columns without a header."""
        return [column for column in columns if column.required and column.key not in self.positions]

    def names(self, columns: Sequence[Column]) -> bool:
        """Whether enough columns have a header to take the sheet for this list at all."""
        return len(self.positions) >= min(2, len(columns))

    def fits(self, columns: Sequence[Column]) -> bool:
        """Whether it is this list with everything that is required."""
        return self.names(columns) and not self.missing(columns)


@dataclass(frozen=True)
class Table:
    """The list inside the workbook: its heading, the rows below it by number, and what else the workbook holds."""

    heading: Heading
    data: tuple[Row, ...]
    sheets: tuple[Sheet, ...]


def sheets_of(source: bytes | StoredFile) -> tuple[Sheet, ...]:
    """Every sheet with its first rows. Refused (415/422) when the file cannot be opened as a workbook."""
    with _path_of(source) as path:
        return _sheets(path)


def load(source: bytes | StoredFile, columns: Sequence[Column], max_rows: int) -> Table:
    """The sheet whose first rows match the columns best. Refused (422) when the file or its header cannot be read."""
    with _path_of(source) as path:
        sheets = _sheets(path)
        heading = best_heading([sheet for sheet in sheets if not sheet.hidden], columns)
        if heading is None or not heading.names(columns):
            raise Refused(NO_HEADER, 422)
        data = _run("grid", path, sheet=heading.sheet, header_row=heading.row, max_rows=max_rows)
    return Table(heading, tuple(_row(row) for row in data), sheets)


def best_heading(sheets: Sequence[Sheet], columns: Sequence[Column]) -> Heading | None:
    """The row that names the most columns, the first of equals; None when no row names any."""
    found = [heading for sheet in sheets for heading in _headings(sheet, columns)]
    best = max(found, key=lambda heading: len(heading.positions), default=None)
    return best if best and best.positions else None


def _headings(sheet: Sheet, columns: Sequence[Column]) -> Iterator[Heading]:
    above: tuple[str, ...] = ()
    for number, cells in sheet.rows:
        own = tuple("" if cell is None else cell[1].strip() for cell in cells)
        # A header merged over two rows keeps its text in the upper one.
        merged = tuple(
            text or (above[place] if place < len(above) else "")
            for place, text in enumerate(own + ("",) * (len(above) - len(own)))
        )
        plain, joined = (_positions(headers, columns) for headers in (own, merged))
        if len(joined) > len(plain):
            yield Heading(sheet.name, number, joined, merged)
        else:
            yield Heading(sheet.name, number, plain, own)
        above = own


def _positions(headers: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    normal = [normalise_header(header) for header in headers]
    found = {}
    for column in columns:
        place = next((index for index, header in enumerate(normal) if header in column.names), None)
        if place is not None:
            found[column.key] = place
    return found


def _sheets(path: Path) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(one["name"], one["hidden"], tuple(_row(row) for row in one["rows"])) for one in _run("heads", path)
    )


def _row(raw: list[Any]) -> Row:
    number, cells = raw
    return number, [None if cell is None else (cell[0], cell[1]) for cell in cells]


@contextmanager
def _path_of(source: bytes | StoredFile) -> Iterator[Path]:
    if isinstance(source, StoredFile):
        storage.verify(source)
        yield storage.path_of(source)
    elif not source.startswith(b"PK"):
        raise Refused("文件不是 xlsx 工作簿。请下载模板填写后上传。", 415)
    else:
        with storage.spool([source]) as spooled:
            yield spooled.path


def _run(job: str, path: Path, **arguments: Any) -> Any:
    try:
        return sandbox.run(job, path, seconds=limits.PARSE_SECONDS, **arguments)
    except Rejected as refusal:
        raise Refused(refusal.message, refusal.status) from refusal
