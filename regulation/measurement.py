"""初审测评 (Art. 11): the findings of Art. 7 and 8 under the three heads the article names.

Which condition belongs under which head is a default, the article names the heads alone. Functions are listed under 服务业绩; a
declared function that misses its threshold never counts against the head, only the rule of Art. 8 does.
"""

from dataclasses import dataclass

from regulation.answers import Answer, Finding, Verdict
from regulation.claims import CLAIMS
from regulation.eligibility import RECOMMENDED, Assessment
from regulation.functions import FUNCTIONS


@dataclass(frozen=True)
class Head:
    """One of the three heads, with the keys of the answers measured under it."""

    key: str
    label: str
    answers: tuple[str, ...]


HEADS = (
    Head("basic", "基本条件", ("operator", "premises", "staff")),
    Head("operation", "运营情况", ("rules_and_charges", "resources", "informatisation")),
    Head("performance", "服务业绩", ("performance", "several_or_distinctive", *FUNCTIONS)),
)
HEAD_OF = {answer: head for head in HEADS for answer in head.answers}


@dataclass(frozen=True)
class Item:
    """One finding to measure. ``counts`` says whether the head depends on it."""

    head: Head
    article: str
    title: str
    finding: Finding
    counts: bool = True

    @property
    def key(self) -> str:
        return self.finding.key

    @property
    def figure(self) -> str:
        """The figure without the name of the finding, which stands beside it."""
        return self.finding.figure.removeprefix(f"{self.finding.label}：")

    @property
    def met(self) -> bool | None:
        """What the figure says; None where it leaves the answer open."""
        return {Verdict.MET: True, Verdict.NOT_MET: False}.get(self.finding.verdict)

    @property
    def decidable(self) -> bool:
        """Whether a person decides, with reasons: a statement whose proof is open, or a figure that cannot be computed."""
        return self.met is None and (self.finding.needs_decision or is_statement(self.key))


def is_statement(key: str) -> bool:
    """Whether the finding of this key is a tick of the applicant and its evidence, not a figure."""
    function, _, precondition = key.partition(".")
    return key in CLAIMS or (bool(precondition) and function in FUNCTIONS)


def items(assessment: Assessment) -> tuple[Item, ...]:
    """Every finding but the district's own recommendation, head by head in the order of the regulation."""
    whole = (*assessment.conditions, assessment.several_or_distinctive)
    declared = tuple(function.answer for function in assessment.functions if function.answer)
    found = [
        *(item for answer in whole if answer.key != RECOMMENDED for item in _of(answer, counts=True)),
        *(item for answer in declared for item in _of(answer, counts=False)),
    ]
    return tuple(item for head in HEADS for item in found if item.head is head)


def _of(answer: Answer, *, counts: bool) -> list[Item]:
    head = HEAD_OF[answer.key]
    return [Item(head, answer.article_label, answer.title, finding, counts) for finding in answer.findings]
