"""What changed between two frozen contents, as people read it. Pure: plain data in, plain data out.

Rows of lists have no identity of their own. Equal rows are taken out first; of the rest, rows with the same natural key
(credit code and year, ID number, name and date …) are one changed row; what is left was added or removed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from applications import wording
from applications.listforms import LISTS

Content = Mapping[str, Any]
Row = dict[str, Any]

AUTHORITY = "authority"
DISTRICT = "district"


@dataclass(frozen=True)
class Change:
    """One difference. ``part`` and ``key`` name the part of the application as correction items do, except for what an
    authority has changed (a transfer to another district). ``old`` is empty for what was added, ``new`` for what was removed.
    ``name`` is the key of a changed field of a section or of the registered data.
    """

    part: str
    key: str
    label: str
    old: str
    new: str
    name: str = field(default="", compare=False)


def difference(old: Content, new: Content) -> list[Change]:
    """Every difference between two contents in the order of the form. Computed facts are left out: they follow the lists."""
    return [*_organisation(old, new), *_sections(old, new), *_lists(old, new), *_materials(old, new)]


def _organisation(old: Content, new: Content) -> Iterator[Change]:
    before, after = old.get("organisation", {}), new.get("organisation", {})
    for name, label in wording.ORGANISATION.items():
        if before.get(name, "") != after.get(name, ""):
            shown = [wording.organisation_value(name, body.get(name, "")) for body in (before, after)]
            part = AUTHORITY if name == DISTRICT else "section"
            yield Change(part, wording.ORGANISATION_PART, label, shown[0], shown[1], name)
    was, now = (body.get("platform_name", "") for body in (old, new))
    if was != now and not _renamed(old, new):
        yield Change("section", wording.PLATFORM_NAME_SECTION, "平台名称", was, now, name="platform_name")


def _renamed(old: Content, new: Content) -> bool:
    """Whether the field of the form tells already that the platform has another name."""
    was, now = (body.get("sections", {}).get(wording.PLATFORM_NAME_SECTION, {}) for body in (old, new))
    return bool(was.get("platform_name", "") != now.get("platform_name", ""))


def _sections(old: Content, new: Content) -> Iterator[Change]:
    before, after = old.get("sections", {}), new.get("sections", {})
    for key in sorted(before.keys() | after.keys(), key=wording.section_order):
        was, now = before.get(key, {}), after.get(key, {})
        for name in sorted(was.keys() | now.keys(), key=lambda name: wording.field_order(key, name)):
            if was.get(name, "") != now.get(name, ""):
                shown = [wording.field_value(key, name, data.get(name, "")) for data in (was, now)]
                yield Change("section", key, wording.field_label(key, name), shown[0], shown[1], name)


def _lists(old: Content, new: Content) -> Iterator[Change]:
    before, after = old.get("lists", {}), new.get("lists", {})
    for kind in LISTS:
        yield from _rows(kind, before.get(kind, []), after.get(kind, []))


@dataclass(frozen=True)
class RowChange:
    """One row that differs. ``old`` is None for an added row, ``new`` for a removed one; ``place`` is the index of the new row."""

    old: Row | None
    new: Row | None
    place: int | None = None


def row_changes(kind: str, before: list[Row], after: list[Row]) -> list[RowChange]:
    """The rows of a list that differ: the changed and removed ones in the order they had, then the added ones."""
    removed, added = _without_equal(before, after)
    places = {id(row): place for place, row in enumerate(after)}
    waiting = defaultdict(list)
    for row in added:
        waiting[_key(kind, row)].append(row)
    found = []
    for row in removed:
        same = waiting[_key(kind, row)]
        now = same.pop(0) if same else None
        found.append(RowChange(row, now, places[id(now)] if now is not None else None))
    left = {id(row) for rows in waiting.values() for row in rows}
    return found + [RowChange(None, row, places[id(row)]) for row in added if id(row) in left]


def _rows(kind: str, before: list[Row], after: list[Row]) -> Iterator[Change]:
    title = wording.list_label(kind)
    for one in row_changes(kind, before, after):
        if one.new is None:
            yield Change("list", kind, f"{title}：删除一行", wording.row_text(kind, one.old or {}), "")
        elif one.old is None:
            yield Change("list", kind, f"{title}：新增一行", "", wording.row_text(kind, one.new))
        else:
            yield from _cells(kind, one.old, one.new)


def _cells(kind: str, was: Row, now: Row) -> Iterator[Change]:
    for name in wording.columns(kind):
        if was.get(name) != now.get(name):
            label = f"{wording.list_label(kind)}：{wording.row_name(now)}，{wording.column_label(kind, name)}"
            shown = [wording.cell(kind, name, row.get(name)) for row in (was, now)]
            yield Change("list", kind, label, *shown)


def _without_equal(before: list[Row], after: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of each side that the other side does not have as often, in their order."""
    result = []
    for mine, others in ((before, after), (after, before)):
        spare = Counter(_frozen(row) for row in others)
        rest = []
        for row in mine:
            if spare[_frozen(row)]:
                spare[_frozen(row)] -= 1
            else:
                rest.append(row)
        result.append(rest)
    return result[0], result[1]


def _frozen(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(value)) for name, value in row.items()))


def _key(kind: str, row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "") for name in LISTS[kind].identity)


def _materials(old: Content, new: Content) -> Iterator[Change]:
    before = {item["uuid"]: item for item in old.get("materials", [])}
    after = {item["uuid"]: item for item in new.get("materials", [])}
    for uuid, item in before.items():
        if uuid not in after:
            yield Change(
                "material", str(item["category"]), f"{wording.material_label(item)}：移除文件", item["name"], ""
            )
        elif item != after[uuid]:
            shown = [wording.material_text(side) for side in (item, after[uuid])]
            yield Change("material", str(item["category"]), f"{wording.material_label(item)}：更正说明", *shown)
    for uuid, item in after.items():
        if uuid not in before:
            yield Change(
                "material", str(item["category"]), f"{wording.material_label(item)}：新增文件", "", item["name"]
            )
