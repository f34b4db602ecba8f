"""Cells and their looks. User text is always a text cell: ``=1+1`` stays the four characters that were typed.

A look is worked out once a workbook and lent to every cell that has it; for each cell anew it took most of the time of a long list.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from timekeeping import clock

_RISKY = tuple("=+-@\t\r\n|%＝＋－＠")
_MAX_TEXT = 32_000
_EXACT_INT = 10**15
_LINE = Side(style="thin", color="B4BCC8")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def _font(**more: Any) -> Font:
    return Font(name="宋体", **{"size": 11, **more})


@dataclass(frozen=True, eq=False)
class Look:
    """How a cell looks, whatever stands in it."""

    font: Font
    fill: PatternFill | None = None
    boxed: bool = True
    centred: bool = False
    as_text: bool = False


NOTE = Look(_font(), boxed=False)
CAPTION = Look(_font(size=16, bold=True), boxed=False, centred=True)
HEAD = Look(_font(bold=True), PatternFill("solid", fgColor="DCE6F1"), centred=True)
PLAIN = Look(_font())
SAMPLE = Look(_font(italic=True, color="5C6879"), PatternFill("solid", fgColor="F2F4F7"))
BAD = Look(_font(color="A8231C"), PatternFill("solid", fgColor="FDEAEA"))


@cache
def variant(look: Look, *, centred: bool = False, as_text: bool = False) -> Look:
    """The look centred, or preset as text; the same object for the same question."""
    return replace(look, centred=look.centred or centred, as_text=as_text) if centred or as_text else look


class Pen:
    """Writes the cells of one workbook."""

    def __init__(self) -> None:
        self._styles: dict[tuple[Look, str], Any] = {}

    def cell(self, sheet: Any, value: object, look: Look = NOTE) -> WriteOnlyCell:
        """The value in a cell: Decimal, int and date stay numbers and dates, bool becomes 是/否, everything else text."""
        written = _written(value)
        cell = WriteOnlyCell(sheet, written)
        if isinstance(written, str):
            cell.data_type = "s"
        kind = _kind(written)
        style = self._styles.get((look, kind))
        if style is None:
            _dress(cell, look, kind)
            self._styles[look, kind] = cell._style
        else:
            cell._style = style
        return cell


def _written(value: object) -> object:
    match value:
        case bool():
            return "是" if value else "否"
        case int() if abs(value) >= _EXACT_INT:
            return str(value)
        case datetime():
            return value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if value.tzinfo else value
        case None | int() | float() | Decimal() | date():
            return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_MAX_TEXT]


def _kind(value: object) -> str:
    match value:
        case str():
            return "risky" if value.startswith(_RISKY) else "text"
        case Decimal():
            return "money"
        case date():
            return "date"
    return "other"


def _dress(cell: WriteOnlyCell, look: Look, kind: str) -> None:
    cell.font = look.font
    cell.number_format = {"money": "#,##0.00", "date": "yyyy-mm-dd"}.get(kind, "General")
    if look.as_text:
        cell.number_format = "@"
    if kind == "risky":
        cell.quotePrefix = True
    if look.fill:
        cell.fill = look.fill
    if look.boxed:
        cell.border = _GRID
    if look.centred:
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    elif look.boxed:
        cell.alignment = Alignment(vertical="center", wrap_text=kind in ("text", "risky"))
