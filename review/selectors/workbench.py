"""What the workbench shows: the contents with their state, one part at a time, and its checklist with evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.actors import Actor
from accounts.models import Role
from applications import answering, facts, reading, schema
from applications.differences import Change, difference
from applications.listforms import LISTS
from applications.models import Application, ApplicationVersion
from applications.shared import shared_rows
from regulation.answers import Finding
from regulation.eligibility import Assessment
from regulation.facts import DECLARED_LABELS
from regulation.materials import CLASSES
from review import checklist
from review.checklist import LIST, MATERIAL, SECTION, Item
from review.selectors.checks import Answered, Standing

OVERVIEW = "overview"


@dataclass(frozen=True)
class Part:
    """One line of the contents."""

    kind: str
    key: str
    label: str
    group: str
    answered: int
    to_fix: int
    items: int
    changed: bool

    @property
    def slug(self) -> str:
        """How an address names the part."""
        return f"{self.kind}-{self.key}"

    @property
    def done(self) -> bool:
        """Whether every item has an answer."""
        return self.answered == self.items


def parts(version: ApplicationVersion, standing: Standing, changes: list[Change]) -> list[Part]:
    """The contents in the order of the form: sections, lists, the eight classes of material."""
    content, changed = version.content, {(change.part, change.key) for change in changes}
    rows = {kind: len(content["lists"].get(kind, ())) for kind in LISTS}
    files = {one.number: len([m for m in content["materials"] if m["category"] == one.number]) for one in CLASSES}
    named = [(SECTION, section.key, section.title, "填报内容") for section in schema.SECTIONS]
    named += [(LIST, str(kind), f"{form.title}（{rows[kind]}）", "清单") for kind, form in LISTS.items()]
    named += [(MATERIAL, str(one.number), _material(one.number, one.label, files), "证明材料") for one in CLASSES]
    return [
        Part(kind, key, label, group, *standing.of_part(kind, key), changed=(kind, key) in changed)
        for kind, key, label, group in named
    ]


def _material(number: int, label: str, files: Mapping[int, int]) -> str:
    return f"{number} {label}（{files[number]}）" if files[number] else f"{number} {label}"


def changes_of(version: ApplicationVersion) -> list[Change]:
    """What changed since the version before; nothing for the first."""
    previous = version.application.versions.filter(number=version.number - 1).first()
    return difference(previous.content, version.content) if previous else []


@dataclass(frozen=True)
class Check:
    """One item with its answer and the evidence beside it."""

    item: Item
    answer: Answered
    compared: tuple[reading.Figure, ...]
    findings: tuple[dict[str, Any], ...]


def checks_of(part: Part, version: ApplicationVersion, standing: Standing, assessment: Assessment) -> list[Check]:
    """The checklist of one part."""
    compared = {figure.key: figure for figure in reading.figures(version.content)}
    findings = findings_of(assessment)
    return [
        Check(
            item,
            standing.answers.get(item.key, Answered("")),
            tuple(compared[name] for name in item.figures if name in compared),
            tuple(answering.line(findings[name]) for name in item.findings if name in findings),
        )
        for item in checklist.of_part(part.kind, part.key)
    ]


def findings_of(assessment: Assessment) -> dict[str, Finding]:
    """Every finding of the assessment by its key."""
    answers = [*assessment.answers, *(item.answer for item in assessment.functions if item.answer)]
    return {finding.key: finding for answer in answers for finding in answer.findings}


def table_of(version: ApplicationVersion, kind: str) -> reading.Table | None:
    """The rows of one list as text, None for an empty list."""
    return next((table for table in reading.tables(version.content) if table.kind == kind), None)


def problems_of(version: ApplicationVersion, kind: str) -> list[str]:
    """What a list contains that does not count, in words with the rows."""
    return [problem.words for problem in facts.problems_of(version.content) if problem.source == kind]


def mismatch_words(assessment: Assessment) -> list[Any]:
    """The declared figures that differ from the lists, as changes for the page."""
    return [
        {
            "label": DECLARED_LABELS[one.name],
            "old": f"填报 {one.declared}",
            "new": f"清单 {'--' if one.computed is None else one.computed}",
        }
        for one in assessment.mismatches
    ]


def shared_words(application: Application, kind: str, rows: list[dict[str, Any]], actor: Actor) -> list[str]:
    """For each row of a list what other platforms of the call claim too; empty for most. A district reads no other's names."""
    claimed: dict[tuple[str, str], str] = {}
    for one in shared_rows(application):
        if one.kind == kind:
            names = dict.fromkeys(_name_for(actor, other) for other in one.others)
            claimed[one.field, one.value] = f"{one.label}与{'、'.join(names)}相同"
    fields = sorted({field for field, _ in claimed})
    return ["；".join(claimed[f, row[f]] for f in fields if (f, row.get(f)) in claimed) for row in rows]


def _name_for(actor: Actor, other: Application) -> str:
    if actor.role == Role.DISTRICT_OFFICER and other.district_id != actor.district_id:
        return "其他县（市）区的申报平台"
    return f"“{other.platform_name}”"
