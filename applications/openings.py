"""What a return for correction opens: lists and classes of material as a whole, of a section the fields its items name.

A field is named with its section, ``finance.total_assets``; ``organisation.name`` is one of the registered data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from applications import schema, wording
from applications.differences import Change
from applications.models import CorrectionItem

SECTION = CorrectionItem.Part.SECTION.value
Part = tuple[str, str]


@dataclass(frozen=True)
class Opening:
    """Which parts are open; of each the open fields, None when it is open as a whole."""

    parts: Mapping[Part, frozenset[str] | None] = field(default_factory=dict)

    def touches(self, part: str, key: str) -> bool:
        """Whether anything of the part is open."""
        return (part, key) in self.parts

    def allows(self, part: str, key: str, name: str = "") -> bool:
        """Whether the part, and of a section the field ``name``, is open."""
        if (part, key) not in self.parts:
            return False
        named = self.parts[part, key]
        return named is None or name in named

    def covers(self, change: Change) -> bool:
        """Whether the opening permits a change."""
        return self.allows(change.part, change.key, change.name)

    def fields_of(self, section: str, names: Iterable[str]) -> frozenset[str]:
        """Those of ``names`` that are open in a section."""
        return frozenset(name for name in names if self.allows(SECTION, section, name))


def of_items(items: Iterable[CorrectionItem]) -> Opening:
    """What some items open together; a part that one of them opens as a whole is open as a whole."""
    parts: dict[Part, frozenset[str] | None] = {}
    for item in items:
        for part, names in _of_item(item).items():
            known = parts.get(part, frozenset())
            parts[part] = None if known is None or names is None else known | names
    return Opening(parts)


def _of_item(item: CorrectionItem) -> dict[Part, frozenset[str] | None]:
    named: dict[Part, frozenset[str]] = {}
    for name in item.fields:
        section, key = split(name)
        named[SECTION, section] = named.get((SECTION, section), frozenset()) | {key}
    own = (item.part, item.key)
    return {own: named.pop(own, None), **named}


def split(name: str) -> tuple[str, str]:
    """Section and field of a qualified name; the names of fields may contain dots themselves."""
    section, _, key = name.partition(".")
    return section, key


def exists(name: str) -> bool:
    """Whether the form, or the registered data, have the field."""
    section, key = split(name)
    if section == wording.ORGANISATION_PART:
        return key in wording.ORGANISATION
    return wording.field_of(section, key) is not None


def label(name: str) -> str:
    """How people call a field."""
    section, key = split(name)
    return wording.ORGANISATION[key] if section == wording.ORGANISATION_PART else wording.field_label(section, key)


def with_dependents(names: Iterable[str]) -> tuple[str, ...]:
    """The fields together with those that are asked only because of them, such as a lease's dates; in the order of the form."""
    given = set(names)
    for section in schema.SECTIONS:
        given |= {
            f"{section.key}.{one.key}" for one in section.fields if one.when and f"{section.key}.{one.when[0]}" in given
        }
    return tuple(sorted(given, key=_order))


def _order(name: str) -> tuple[int, int, str]:
    section, key = split(name)
    if section == wording.ORGANISATION_PART:
        return -1, list(wording.ORGANISATION).index(key), name
    return wording.section_order(section), wording.field_order(section, key), name
