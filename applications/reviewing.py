"""A section as it would be filed, field by field: the value, what is missing or wrong, and the figure its list gives."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from applications.checking import SECTION, Part, Problem, check_section
from applications.drafts import Draft
from applications.facts import computed_of
from applications.listforms import LISTS
from applications.models import ListKind
from applications.schema import Field, Section, figures_of
from regulation.facts import Facts
from regulation.wording import quantity

Figure = int | Decimal | None

_LIST_OF = {
    "full_time_staff": ListKind.STAFF,
    "qualified_staff": ListKind.STAFF,
    "institutions_in_force": ListKind.INSTITUTIONS,
    "activities": ListKind.ACTIVITIES,
    "person_times": ListKind.ACTIVITIES,
    "financed": ListKind.ACTIVITIES,
    "guaranteed": ListKind.ACTIVITIES,
}


@dataclass(frozen=True)
class Listed:
    """The figure computed from a list, -- when the list does not answer; where the list is, and whether the declared one agrees."""

    figure: str
    title: str
    url: str
    agrees: bool


@dataclass(frozen=True)
class Row:
    """One field that is asked: its label, the value as people read it, what to put right there, and the address of the field."""

    label: str
    value: str
    problem: str
    wrong: bool
    url: str
    listed: Listed | None


@dataclass(frozen=True)
class Reviewed:
    """One section with its state, its rows, and problems that belong to no single field."""

    section: Section
    part: Part
    rows: tuple[Row, ...]
    others: tuple[tuple[str, str], ...]


def reviewed(sections: tuple[Section, ...], draft: Draft) -> list[Reviewed]:
    """The sections as they stand, judged by the same check as the submission."""
    facts = computed_of(draft).facts
    return [_reviewed(section, draft, facts) for section in sections]


def _reviewed(section: Section, draft: Draft, facts: Facts) -> Reviewed:
    part = check_section(section, draft)
    by_anchor = {problem.anchor: problem for problem in part.problems}
    data, uuid = draft.data(section.key), draft.application.uuid
    asked = [field for field in section.fields if field.asked(data)]
    rows = tuple(_row(section, field, draft, facts, by_anchor.pop(f"id_{field.key}", None)) for field in asked)
    return Reviewed(section, part, rows, tuple((problem.words, problem.url(uuid)) for problem in by_anchor.values()))


def _row(section: Section, field: Field, draft: Draft, facts: Facts, problem: Problem | None) -> Row:
    raw = draft.data(section.key).get(field.key, "")
    return Row(
        field.label,
        field.shown(raw),
        problem.words.removeprefix(f"{field.label}：") if problem else "",
        bool(problem and problem.wrong),
        Problem("", SECTION, section.key, f"id_{field.key}").url(draft.application.uuid),
        _listed(section, field, draft, facts),
    )


def _listed(section: Section, field: Field, draft: Draft, facts: Facts) -> Listed | None:
    """The computed figure beside a declared one; None for a field that no list answers, or that is still blank."""
    function, _, name = field.key.rpartition(".")
    if section.key == "functions" and function in facts.functions and name in figures_of(function):
        computed: Figure = getattr(facts.functions[function], name)
    elif not function and field.key in facts.declared:
        computed = getattr(facts, field.key)
    else:
        return None
    kind = _LIST_OF.get(name, ListKind.SERVED)
    url = reverse("applications:list", args=[draft.application.uuid, kind])
    declared = field.value(draft.data(section.key).get(field.key, ""))
    return Listed(_shown(field, computed), LISTS[kind].title, url, declared == computed)


def _shown(field: Field, figure: Figure) -> str:
    if figure is None:
        return "--"
    return quantity(figure, "元" if isinstance(figure, Decimal) else field.unit)
