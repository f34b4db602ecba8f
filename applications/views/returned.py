"""What stands beside a part while a correction runs: the officer's items, and which fields of a section are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from applications import corrections, editing, openings
from applications.forms.sections import SectionForm
from applications.models import Application, Correction, CorrectionItem
from applications.openings import SECTION, Opening
from applications.schema import Field, Group, Section


@dataclass(frozen=True)
class Numbered:
    """An item with its number in the letter."""

    number: int
    item: CorrectionItem
    opened: Opening

    @property
    def is_answered(self) -> bool:
        """Whether the applicant is done with it."""
        return corrections.is_answered(self.item)


@dataclass(frozen=True)
class Beside:
    """The items about one part. ``groups`` only for a section of which some fields are open and the others are shown."""

    items: list[Numbered]
    groups: list[dict[str, Any]] = field(default_factory=list)


def numbered(correction: Correction) -> list[Numbered]:
    """The items of a correction in the order of the letter."""
    return [Numbered(n, item, openings.of_items([item])) for n, item in enumerate(correction.items.all(), 1)]


def beside(application: Application, part: str, key: str) -> Beside | None:
    """The items about a part; None when it was not returned."""
    correction = corrections.current(application)
    about = [one for one in numbered(correction) if one.opened.touches(part, key)] if correction else []
    return Beside(about) if about else None


def beside_section(
    application: Application, spec: Section, form: SectionForm, data: Mapping[str, str]
) -> Beside | None:
    """The items about a section, each before the fields it is about."""
    found = beside(application, SECTION, spec.key)
    names = {one.key for one in spec.fields}
    if found is None or not editing.may_edit(application, SECTION, spec.key):
        return found
    if editing.opening(application).fields_of(spec.key, names) == names:
        return found
    return Beside([], [_group(spec, group, found.items, form, data) for group in spec.groups])


def _group(
    spec: Section, group: Group, items: list[Numbered], form: SectionForm, data: Mapping[str, str]
) -> dict[str, Any]:
    """A legend with its entries in order: an open field with the items that begin there, or fields to read."""
    entries: list[dict[str, Any]] = []
    told: set[int] = set()
    for one in group.fields:
        about = [entry for entry in items if entry.opened.allows(SECTION, spec.key, one.key)]
        if about:
            entries.append({"bound": form[one.key], "notes": [i for i in about if i.number not in told]})
            told |= {entry.number for entry in about}
        elif one.asked(dict(data)):
            if not entries or "closed" not in entries[-1]:
                entries.append({"closed": []})
            entries[-1]["closed"].append(_closed(one, form, data))
    return {"legend": group.legend, "entries": entries, "open": bool(told)}


def _closed(one: Field, form: SectionForm, data: Mapping[str, str]) -> dict[str, str]:
    return {
        "key": one.key,
        "label": one.label,
        "value": one.shown(data.get(one.key, "")),
        "problem": form.problems.get(one.key, ""),
    }
