"""A frozen content prepared for reading: the same view for 附件1, the version page and the officers' desks. Pure.

In lists ID numbers, telephones and addresses of persons come out masked; whoever needs one plain asks for it elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounts import formats
from applications import schema, wording
from applications.function_figures import compared
from applications.listforms import LISTS
from files.masks import Secret, mask
from regulation import facts_json, growth
from regulation.facts import DECLARED_LABELS
from regulation.materials import CLASSES
from regulation.parameters import Parameters

Content = Mapping[str, Any]
_PERSONAL: dict[str, Secret] = {
    schema.Kind.MOBILE: Secret.PHONE,
    schema.Kind.PHONE: Secret.PHONE,
    schema.Kind.EMAIL: Secret.EMAIL,
}
FUNCTIONS, NARRATIVE, UNDERTAKING = "functions", "narrative", "undertaking"


@dataclass(frozen=True)
class Entry:
    """One answered field."""

    key: str
    label: str
    value: str
    is_long: bool = False


@dataclass(frozen=True)
class Group:
    """The answered fields under one legend."""

    legend: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    """One section with its groups; groups without an answer are left out."""

    key: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Table:
    """One list; each row is pairs of heading and cell as text."""

    kind: str
    title: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class File:
    """One file of the materials."""

    uuid: str
    document: str
    name: str
    note: str
    size: int
    sha256: str


@dataclass(frozen=True)
class FileClass:
    """One of the eight classes of Art. 9 with its files."""

    number: int
    label: str
    files: tuple[File, ...]


@dataclass(frozen=True)
class Figure:
    """A declared figure beside the one computed from the lists; None is unknown, money is in 万元."""

    key: str
    label: str
    declared: int | Decimal | None
    computed: int | Decimal | None

    @property
    def agrees(self) -> bool:
        """Whether the two are the same number."""
        return self.declared == self.computed


def organisation(content: Content) -> list[Entry]:
    """The registered data of the applicant."""
    body = content["organisation"]
    return [
        Entry(name, label, wording.organisation_value(name, body.get(name, "")))
        for name, label in wording.ORGANISATION.items()
    ]


def sections(content: Content, *, masked: bool = False) -> list[Section]:
    """Every section of the form in its order."""
    return [section(content, one.key, masked=masked) for one in schema.SECTIONS]


def section(content: Content, key: str, *, masked: bool = False) -> Section:
    """One section; fields that the other answers make pointless are left out. ``masked`` hides the contact's numbers."""
    form, data = schema.BY_KEY[key], content["sections"].get(key, {})
    groups = [Group(group.legend, tuple(_entries(group, data, masked))) for group in form.groups]
    return Section(key, form.title, tuple(group for group in groups if group.entries))


def _entries(group: schema.Group, data: dict[str, str], masked: bool) -> Iterator[Entry]:
    for field in group.fields:
        raw = data.get(field.key, "")
        if not field.asked(data) or (not raw and (field.kind == schema.Kind.TICK or not field.required)):
            continue
        shown = mask(_PERSONAL[field.kind], raw) if masked and field.kind in _PERSONAL else field.shown(raw)
        yield Entry(field.key, field.label, shown, field.kind == schema.Kind.LONG)


def tables(content: Content) -> list[Table]:
    """The lists that have rows, with the columns that are shown."""
    return [_table(kind, content["lists"][kind]) for kind in LISTS if content["lists"].get(kind)]


def _table(kind: str, rows: list[dict[str, Any]]) -> Table:
    form = LISTS[kind]
    headings = tuple(form.column(name).header for name in form.shown)
    named = tuple(zip(headings, form.shown, strict=True))
    cells = tuple(tuple((heading, wording.cell(kind, name, row.get(name))) for heading, name in named) for row in rows)
    return Table(kind, form.title, form.shown, headings, cells)


def file_classes(content: Content) -> list[FileClass]:
    """The eight classes in order, each with its files; class 1 is the report itself and has none."""
    return [
        FileClass(group.number, group.label, tuple(_files(content, group.number)))
        for group in CLASSES
        if group.number != 1
    ]


def _files(content: Content, number: int) -> Iterator[File]:
    for item in content["materials"]:
        if item["category"] == number:
            yield File(
                item["uuid"], wording.material_label(item), item["name"], item["note"], item["size"], item["sha256"]
            )


def figures(content: Content) -> list[Figure]:
    """The declared figures of Art. 7 and 8 beside the computed ones, in the order of the regulation."""
    facts = content["facts"]
    of_functions = compared(content["sections"].get(FUNCTIONS, {}), facts_json.from_json(facts).functions)
    of_conditions = [
        Figure(name, label, facts["declared"][name], facts[name])
        for name, label in DECLARED_LABELS.items()
        if name in facts["declared"]
    ]
    return of_conditions + [Figure(one.key, one.label, one.declared, one.listed) for one in of_functions]


def shares(content: Content, parameters: Parameters) -> list[Entry]:
    """The shares that follow from the lists, -- where one cannot be computed; growth as the call reads it."""
    facts = facts_json.from_json(content["facts"])
    served = growth.Served(facts.smes_last_year, facts.smes_year_before, facts.smes_two_years_before)
    return [
        Entry("growth", "服务中小企业数量增长率", growth.shown(parameters.growth_reading, served)),
        Entry("public_share", "公益性和低收费服务占比", formats.percent(facts.public_share)),
        Entry(
            "qualified_share",
            "本科及以上学历或中级及以上职称人员占比",
            formats.percent(facts.qualified_share),
        ),
    ]
