"""An edited workbook of 附件2 against the sheet as it stands: every cell that differs, and whether it can be taken over.

Rows are found by credit code, else by receipt number, never by their place. The same value written in another way (a number
as text, full width, spaces around it) is no difference.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from files import limits
from files.errors import Refused
from files.excel import Cell, Table, clean_text, load
from files.excel import Column as FileColumn
from files.models import StoredFile
from regulation.identifiers import normalise_credit_code
from review.models import SummarySheet
from review.selectors import summaries
from review.selectors.summaries import Row
from review.selectors.summary import COLUMNS, Column

MARK = "内容指纹："
NAMED_BY = ("credit_code", "receipt_number")
HIGHEST_PLACE, MOST_DIGITS = 999, 30
LONGEST = {"opinion": 1000, "contact": 100, "remarks": 1000}
NOT_OURS = "这不是本系统下载的推荐汇总表：没有找到“统一社会信用代码”或“受理编号”列。请下载后在原表上修改。"
BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class Difference:
    """One cell that differs: where it stands in the file, both values, and why it cannot be taken over (empty: it can)."""

    recommendation: str
    place: int
    platform: str
    column: Column
    old: str
    new: str
    refused: str = ""

    @property
    def key(self) -> str:
        """How the form names the cell."""
        return f"{self.recommendation}:{self.column.key}"


@dataclass
class Comparison:
    """What an edited workbook would bring; nothing is written by comparing."""

    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: list[tuple[int, str]] = field(default_factory=list)
    duplicated: list[tuple[int, str]] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    outdated: bool = False

    @property
    def takeable(self) -> list[Difference]:
        """The cells that can be taken over."""
        return [one for one in self.differences if not one.refused]

    @property
    def fixed(self) -> list[Difference]:
        """The cells that cannot, each with its reason."""
        return [one for one in self.differences if one.refused]


def compare(sheet: SummarySheet, rows: Sequence[Row], source: StoredFile) -> Comparison:
    """The workbook against the rows of the sheet. Refused (415, 422) when it is not a workbook of 附件2."""
    table = load(source, [FileColumn(one.key, one.label) for one in COLUMNS], limits.MAX_IMPORT_ROWS)
    if not any(key in table.heading.positions for key in NAMED_BY):
        raise Refused(NOT_OURS, 422)
    found = Comparison(outdated=_outdated(table, summaries.fingerprint(sheet, list(rows))))
    found.lacking = [one.label for one in COLUMNS if one.key not in table.heading.positions]
    placed = _placed(table, rows, found)
    found.missing = [one["platform"] for one in rows if one["recommendation"] not in placed]
    for one in rows:
        for place, picked in placed.get(one["recommendation"], ())[:1]:
            found.differences += _cells(one, place, picked)
    found.differences = _places_once(sheet, rows, found.differences)
    return found


Picked = Mapping[str, Cell | None]


def _placed(table: Table, rows: Sequence[Row], found: Comparison) -> dict[str, list[tuple[int, Picked]]]:
    """Recommendation → its row in the file; a second row of the same and rows of nobody are named, not taken."""
    by_code = {normalise_credit_code(one["credit_code"]): one for one in rows}
    by_receipt = {_compact(one["receipt_number"]): one for one in rows if one["receipt_number"]}
    placed: dict[str, list[tuple[int, Picked]]] = {}
    for number, cells in table.data:
        picked = {key: cells[at] if at < len(cells) else None for key, at in table.heading.positions.items()}
        code, receipt = (_text(picked.get(key)) for key in NAMED_BY)
        mine = by_code.get(normalise_credit_code(code)) or by_receipt.get(_compact(receipt))
        if mine is None:
            if sum(cell is not None for cell in picked.values()) > 1:
                found.added.append((number, _text(picked.get("platform")) or code or receipt or "没有名称"))
        elif mine["recommendation"] in placed:
            found.duplicated.append((number, mine["platform"]))
        else:
            placed[mine["recommendation"]] = [(number, picked)]
    return placed


def _outdated(table: Table, now: str) -> bool:
    """Whether the file says that it was taken out of other rows than those of today."""
    written = [*(row for one in table.sheets for row in one.rows), *table.data]
    marks = (text for _, cells in written for cell in cells if (text := _text(cell)).startswith(MARK))
    return any(not now.startswith(mark.removeprefix(MARK).replace(" ", "")) for mark in marks)


def _cells(row: Row, place: int, picked: Picked) -> Iterator[Difference]:
    for key, cell in picked.items():
        column, old = BY_KEY[key], str(row.get(key, ""))
        if column.own:
            new, refused = _own(column, cell)
            stated = _own_text(str(row.get("stated", ""))) if key == "remarks" else ""
            if not refused and not new.startswith(stated):
                refused = f"备注中由系统写明的内容须保留在最前：“{stated}”，需要补充的请写在其后"
            if refused or new != _own_text(old):
                yield Difference(row["recommendation"], place, row["platform"], column, old, new, refused)
        elif not _same(column, old, cell):
            yield Difference(row["recommendation"], place, row["platform"], column, old, _text(cell), column.fixed)


def _own(column: Column, cell: Cell | None) -> tuple[str, str]:
    """What would be written into one of the district's own cells, and why it cannot be."""
    text = _own_text(_text(cell))
    if cell and cell[0] in "fe":
        return text, "单元格中是公式或错误值，请改为实际内容"
    return _OWN.get(column.key, _words)(column, text)


def _place(column: Column, text: str) -> tuple[str, str]:
    number = _number(text)
    if number is None or not 1 <= number <= HIGHEST_PLACE or number != int(number):
        return text, f"推荐顺序应为1至{HIGHEST_PLACE}的整数，请更正"
    return str(int(number)), ""


def _words(column: Column, text: str) -> tuple[str, str]:
    if len(text) > LONGEST[column.key]:
        return text, f"{column.label}最多{LONGEST[column.key]}字，现为{len(text)}字，请精简"
    return text, "推荐意见不能为空，请补充" if column.key == "opinion" and not text else ""


_OWN: Mapping[str, Callable[[Column, str], tuple[str, str]]] = {"order": _place}


def _places_once(sheet: SummarySheet, rows: Sequence[Row], differences: list[Difference]) -> list[Difference]:
    """The same, places given twice refused: among the rows, and those of the district's other sheets of the call."""
    own = {one["recommendation"]: one["order"] for one in rows}
    others = summaries.in_force(sheet.district, sheet.call).exclude(uuid__in=own)
    taken = [str(place) for place in others.values_list("order", flat=True)]
    wanted = own | {one.recommendation: one.new for one in differences if one.column.key == "order"}
    given = [*wanted.values(), *taken]
    return [
        Difference(**{**vars(one), "refused": f"推荐顺序{one.new}已用于另一件推荐，请更正"})
        if one.column.key == "order" and not one.refused and given.count(one.new) > 1
        else one
        for one in differences
    ]


def _same(column: Column, old: str, cell: Cell | None) -> bool:
    new = _text(cell)
    if column.num:
        before, after = _number(old), _number(new)
        if before is not None and after is not None:
            return before == after
    return _compact(old).strip("-") == _compact(new).strip("-")


def _number(text: str) -> Decimal | None:
    """1,200.50, １２, 11.11% as an exact number; None for anything else."""
    plain = _compact(text).replace(",", "")
    try:
        number = Decimal(plain.removesuffix("%"))
    except InvalidOperation:
        return None
    # 1E999999999 is a number, too; nothing may be computed with it.
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return None
    return number / 100 if plain.endswith("%") else number


def _text(cell: Cell | None) -> str:
    """A cell as text; of a number only the digits that a spreadsheet keeps."""
    if cell is None:
        return ""
    return format(Decimal(format(float(cell[1]), ".15g")), "f") if cell[0] == "n" else clean_text(cell[1])


def _own_text(text: str) -> str:
    return clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
