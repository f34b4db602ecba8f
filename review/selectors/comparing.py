"""A part of a version as it is read beside the version before: every field, cell and file that differs is marked where it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from applications import reading, wording
from applications.differences import Row, row_changes
from applications.listforms import LISTS

Content = Mapping[str, Any]
CHANGED, ADDED, REMOVED = "changed", "added", "removed"


@dataclass(frozen=True)
class Line:
    """One field. ``old`` is what stood there before when it ``differs``; empty for nothing."""

    label: str
    value: str
    old: str = ""
    differs: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a list under its heading; ``old`` when it ``differs``."""

    label: str
    text: str
    old: str = ""
    differs: bool = False


@dataclass(frozen=True)
class ListLine:
    """One row. ``place`` is its index in the frozen list, None for a removed one; ``notes`` tell of columns that are not shown."""

    place: int | None
    cells: tuple[Cell, ...]
    state: str = ""
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One file of a class of material, of this version or, ``removed``, only of the one before."""

    file: reading.File
    state: str = ""


def lines(now: Iterable[reading.Entry], before: Iterable[reading.Entry] | None) -> list[Line]:
    """Fields with those that are no longer answered after them; nothing differs when there was no version before."""
    if before is None:
        return [Line(entry.label, entry.value) for entry in now]
    was = {entry.key: entry for entry in before}
    found = []
    for entry in now:
        old = was.pop(entry.key, None)
        said = old.value if old else ""
        found.append(Line(entry.label, entry.value, said, differs=said != entry.value))
    return found + [Line(entry.label, "", entry.value, differs=True) for entry in was.values()]


def section(content: Content, before: Content | None, key: str) -> list[tuple[str, list[Line]]]:
    """The groups of a section by legend."""
    now, was = (_groups(side, key) for side in (content, before or {"sections": {}}))
    return [
        (legend, lines(now.get(legend, ()), was.get(legend, ()) if before else None))
        for legend in dict.fromkeys([*now, *(was if before else ())])
    ]


def _groups(content: Content, key: str) -> dict[str, tuple[reading.Entry, ...]]:
    return (
        {group.legend: group.entries for group in reading.section(content, key).groups}
        if key in content["sections"]
        else {}
    )


def rows(content: Content, before: Content | None, kind: str, hints: Mapping[int, Sequence[str]]) -> list[ListLine]:
    """The rows of a list in their order, then those that were removed. ``hints`` are the words beside a row by its index."""
    listed = content["lists"].get(kind, [])
    plain = [
        ListLine(place, tuple(Cell(*cell) for cell in _cells(kind, row)), hints=tuple(hints.get(place, ())))
        for place, row in enumerate(listed)
    ]
    if before is None:
        return plain
    removed = []
    for one in row_changes(kind, before["lists"].get(kind, []), listed):
        if one.new is None or one.place is None:
            cells = tuple(Cell(label, "", text, differs=True) for label, text in _cells(kind, one.old or {}))
            removed.append(ListLine(None, cells, REMOVED))
        elif one.old is None:
            plain[one.place] = replace(plain[one.place], state=ADDED)
        else:
            plain[one.place] = _changed(kind, plain[one.place], one.old, one.new)
    return plain + removed


def _cells(kind: str, row: Row) -> list[tuple[str, str]]:
    return [(wording.column_label(kind, name), wording.cell(kind, name, row.get(name))) for name in LISTS[kind].shown]


def _changed(kind: str, line: ListLine, old: Row, new: Row) -> ListLine:
    shown = LISTS[kind].shown
    cells = tuple(
        replace(cell, old=wording.cell(kind, name, old.get(name)), differs=True)
        if old.get(name) != new.get(name)
        else cell
        for name, cell in zip(shown, line.cells, strict=True)
    )
    return replace(line, cells=cells, state=CHANGED, notes=tuple(_hidden(kind, old, new)))


def _hidden(kind: str, old: Row, new: Row) -> Iterator[str]:
    """What changed in columns that the table does not show; a masked value that looks the same is said to be another one."""
    for name in wording.columns(kind):
        if name not in LISTS[kind].shown and old.get(name) != new.get(name):
            was, now = (wording.cell(kind, name, row.get(name)) or "空" for row in (old, new))
            yield f"{wording.column_label(kind, name)}：{f'{was} → {now}' if was != now else '已更正'}"


def papers(content: Content, before: Content | None, number: int) -> list[Paper]:
    """The files of one class of material, then those that the version before had and this one has not."""
    now, was = _files(content, number), _files(before, number) if before else {}
    kept = [Paper(file, "" if before is None or uuid in was else ADDED) for uuid, file in now.items()]
    return kept + [Paper(file, REMOVED) for uuid, file in was.items() if uuid not in now]


def _files(content: Content, number: int) -> dict[str, reading.File]:
    group = next((one for one in reading.file_classes(content) if one.number == number), None)
    return {file.uuid: file for file in group.files} if group else {}
