"""What a rule says about a case: a verdict with the article, the figure used, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from regulation.articles import article_label
from regulation.claims import CLAIMS, Claim
from regulation.parameters import Parameters
from regulation.wording import quantity


class Verdict(StrEnum):
    """The four answers of mission §3; ``label`` is the Chinese word."""

    MET = "met"
    NOT_MET = "not_met"
    EVIDENCE_MISSING = "evidence_missing"
    NOT_YET_KNOWN = "not_yet_known"

    @property
    def label(self) -> str:
        """符合, 不符合, 待补证明 or 待定."""
        return {"met": "符合", "not_met": "不符合", "evidence_missing": "缺少证明", "not_yet_known": "尚待确定"}[self]


# When several findings make one answer, the first of these that occurs is the answer.
_GRAVITY = (Verdict.NOT_MET, Verdict.EVIDENCE_MISSING, Verdict.NOT_YET_KNOWN, Verdict.MET)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict where all must be met: one failure fails, one gap leaves open. Raises ValueError for none."""
    return min(verdicts, key=_GRAVITY.index)


@dataclass(frozen=True)
class Finding:
    """One fact judged. ``needs_decision`` marks what only a person may decide, with reasons."""

    key: str
    label: str
    verdict: Verdict
    figure: str
    missing: str = ""
    note: str = ""
    needs_decision: bool = False


@dataclass(frozen=True)
class Answer:
    """The answer to one condition (Art. 7) or one function (Art. 8), made of its findings."""

    key: str
    citation: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """All findings must be met."""
        return combine(finding.verdict for finding in self.findings)

    @property
    def article_label(self) -> str:
        """第七条第（三）项."""
        return article_label(self.citation)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures used, in the words of the page."""
        return tuple(finding.figure for finding in self.findings)

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be supplied or decided, in the words of the page."""
        return tuple(finding.missing for finding in self.findings if finding.missing)

    @property
    def needs_decision(self) -> bool:
        """Whether a person must decide with reasons."""
        return any(finding.needs_decision for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """A JSON-serialisable copy, for freezing with a version."""
        return {
            "key": self.key,
            "citation": self.citation,
            "article": self.article_label,
            "title": self.title,
            "verdict": str(self.verdict),
            "findings": [{**vars(finding), "verdict": str(finding.verdict)} for finding in self.findings],
        }


def at_least(
    parameters: Parameters, name: str, value: int | Decimal | Fraction | None, *, missing: str, note: str = ""
) -> Finding:
    """Compare an exact figure with the minimum of the parameter ``name``; the minimum itself is enough.

    ``missing`` says what to supply when the figure is unknown (None).
    """
    rule = parameters.rule(name)
    if value is None:
        return Finding(
            name, rule.label, Verdict.EVIDENCE_MISSING, f"{rule.label}：未提供（要求不少于{rule.shown}）", missing, note
        )
    minimum = rule.value
    assert not isinstance(minimum, str)
    verdict = Verdict.MET if value >= minimum else Verdict.NOT_MET
    shown = quantity(value, rule.unit)
    return Finding(name, rule.label, verdict, f"{rule.label}：{shown}（要求不少于{rule.shown}）", note=note)


def claimed(claims: Mapping[str, Claim], key: str) -> Finding:
    """Judge a condition without a number: ticked and evidenced is met, ticked alone lacks evidence."""
    return judge_claim(key, CLAIMS[key].label, CLAIMS[key].evidence, claims.get(key, Claim()))


def judge_claim(key: str, label: str, evidence: str, claim: Claim) -> Finding:
    """The finding for one tick and its evidence."""
    if claim.stated is None:
        return Finding(key, label, Verdict.EVIDENCE_MISSING, f"{label}：未填写", f"请说明是否{label}，并提供{evidence}")
    if not claim.stated:
        return Finding(key, label, Verdict.NOT_MET, f"{label}：申报单位声明不具备")
    if not claim.evidenced:
        return Finding(key, label, Verdict.EVIDENCE_MISSING, f"{label}：已声明，未附证明", f"请提供{evidence}")
    return Finding(key, label, Verdict.MET, f"{label}：已声明并附证明")


def with_note(finding: Finding, note: str) -> Finding:
    """The finding with one more sentence of explanation."""
    return replace(finding, note="；".join(part for part in (finding.note, note) if part))
