"""What the workbench shows: the contents with their state, one part at a time, and its checklist with evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from applications import answering, facts, reading, schema
from applications.differences import Change, difference
from applications.listforms import LISTS
from applications.models import ApplicationVersion
from regulation.answers import Finding
from regulation.eligibility import Assessment
from regulation.materials import CLASSES
from review import checklist
from review.checklist import LIST, MATERIAL, SECTION, Item
from review.selectors.checks import Answered, Standing
from review.selectors.flags import Told

OVERVIEW, FLAGS = "overview", "flags"


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

    @property
    def open(self) -> int:
        """How many items have none."""
        return self.items - self.answered


def parts(
    version: ApplicationVersion, standing: Standing, changes: list[Change], flags: Sequence[Told] = ()
) -> list[Part]:
    """The contents in the order of the form: sections, lists, the eight classes of material; last the flags, when there are any."""
    content, changed = version.content, {(change.part, change.key) for change in changes}
    rows = {kind: len(content["lists"].get(kind, ())) for kind in LISTS}
    files = {one.number: len([m for m in content["materials"] if m["category"] == one.number]) for one in CLASSES}
    named = [(SECTION, section.key, section.title, "填报内容") for section in schema.SECTIONS]
    named += [(LIST, str(kind), f"{form.title}（{rows[kind]}）", "清单") for kind, form in LISTS.items()]
    named += [(MATERIAL, str(one.number), _material(one.number, one.label, files), "证明材料") for one in CLASSES]
    found = [
        Part(kind, key, label, group, *standing.of_part(kind, key), changed=(kind, key) in changed)
        for kind, key, label, group in named
    ]
    answered = sum(one.answer is not None for one in flags)
    asked = Part(FLAGS, "all", f"系统提示（{len(flags)}）", "提示", answered, 0, len(flags), changed=False)
    return [*found, asked] if flags else found


def _material(number: int, label: str, files: Mapping[int, int]) -> str:
    return f"{number} {label}（{files[number]}）" if files[number] else f"{number} {label}"


def content_before(version: ApplicationVersion) -> Mapping[str, Any] | None:
    """The content of the version before; None for the first."""
    previous = version.application.versions.filter(number=version.number - 1).first()
    return previous.content if previous else None


def changes_of(version: ApplicationVersion, before: Mapping[str, Any] | None) -> list[Change]:
    """What changed since the version before; nothing for the first."""
    return [] if before is None else difference(before, version.content)


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


def problems_of(version: ApplicationVersion, kind: str) -> list[str]:
    """What a list contains that does not count, in words with the rows."""
    return [problem.words for problem in facts.problems_of(version.content) if problem.source == kind]


def mismatch_words(version: ApplicationVersion) -> list[Any]:
    """The declared figures that differ from the lists, as changes for the page."""
    return [
        {
            "label": one.label,
            "old": f"填报 {one.declared}",
            "new": f"清单 {'--' if one.computed is None else one.computed}",
        }
        for one in facts.mismatches_of(version.content)
    ]


def headings(kind: str) -> list[str]:
    """The column heads of one list as the workbench shows it."""
    return [LISTS[kind].column(name).header for name in LISTS[kind].shown]
