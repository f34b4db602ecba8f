"""What a rule says about a case: a verdict with the article, the figure used, and what is missing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from regulation import readings
from regulation.articles import article_label
from regulation.claims import CLAIMS, Claim
from regulation.parameters import Parameters
from regulation.problems import Problem
from regulation.wording import quantity


class Verdict(StrEnum):
    """The four answers of mission §3; ``label`` is the Chinese word."""

    MET = "met"
    NOT_MET = "not_met"
    EVIDENCE_MISSING = "evidence_missing"
    NOT_YET_KNOWN = "not_yet_known"

    @property
    def label(self) -> str:
        """符合, 不符合, 缺少证明或材料 or 尚待确定."""
        words = {"met": "符合", "not_met": "不符合", "evidence_missing": "缺少证明或材料", "not_yet_known": "尚待确定"}
        return words[self]


# When several findings make one answer, the first of these that occurs is the answer.
_GRAVITY = (Verdict.NOT_MET, Verdict.EVIDENCE_MISSING, Verdict.NOT_YET_KNOWN, Verdict.MET)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict where all must be met: one failure fails, one gap leaves open. Raises ValueError for none."""
    return min(verdicts, key=_GRAVITY.index)


@dataclass(frozen=True)
class Finding:
    """One fact judged. ``needs_decision`` marks what only a person may decide, with reasons.

    ``basis`` is the article of the demand, ``reading`` how the figure is counted (a default, see ``readings``), ``rows``
    what in the lists does not count for it or lacks something.
    """

    key: str
    label: str
    verdict: Verdict
    figure: str
    missing: str = ""
    note: str = ""
    needs_decision: bool = False
    basis: str = ""
    reading: str = ""
    rows: tuple[Problem, ...] = ()


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

    def with_rows(self, problems: Collection[Problem]) -> "Answer":
        """The answer with the rows of the lists that touch each of its findings."""
        named = (replace(f, rows=tuple(one for one in problems if f.key in one.touches)) for f in self.findings)
        return replace(self, findings=tuple(named))

    def as_json(self) -> dict[str, Any]:
        """A JSON-serialisable copy, for freezing with a version."""
        return {
            "key": self.key,
            "citation": self.citation,
            "article": self.article_label,
            "title": self.title,
            "verdict": str(self.verdict),
            "findings": [_plain(finding) for finding in self.findings],
        }


def _plain(finding: Finding) -> dict[str, Any]:
    return {**vars(finding), "verdict": str(finding.verdict), "rows": [vars(problem) for problem in finding.rows]}


def of_rule(
    parameters: Parameters,
    name: str,
    verdict: Verdict,
    shown: str,
    *,
    missing: str = "",
    note: str = "",
    needs_decision: bool = False,
) -> Finding:
    """A finding about the demand of the parameter ``name``: label, article and reading come with it."""
    rule = parameters.rule(name)
    figure = f"{rule.label}：{shown}（要求不少于{rule.shown}）"
    reading = readings.words(name, parameters)
    return Finding(name, rule.label, verdict, figure, missing, note, needs_decision, rule.article_label, reading)


def at_least(
    parameters: Parameters, name: str, value: int | Decimal | Fraction | None, *, missing: str, note: str = ""
) -> Finding:
    """Compare an exact figure with the minimum of the parameter ``name``; the minimum itself is enough.

    ``missing`` says what to supply when the figure is unknown (None). A figure that cannot be (negative, a share above the
    whole) is not judged but has to be put right.
    """
    if value is None:
        return of_rule(parameters, name, Verdict.EVIDENCE_MISSING, "未提供", missing=missing, note=note)
    rule = parameters.rule(name)
    shown = quantity(value, rule.unit)
    if value < 0 or (isinstance(value, Fraction) and value > 1):
        wrong = f"“{rule.label}”不能为负数，请更正" if value < 0 else f"“{rule.label}”不能大于100%，请更正"
        return of_rule(parameters, name, Verdict.EVIDENCE_MISSING, shown, missing=wrong, note=note)
    minimum = rule.value
    assert not isinstance(minimum, str)
    verdict = Verdict.MET if value >= minimum else Verdict.NOT_MET
    return of_rule(parameters, name, verdict, shown, note=note)


def claimed(claims: Mapping[str, Claim], key: str) -> Finding:
    """Judge a condition without a number: ticked and evidenced is met, ticked alone lacks evidence."""
    rule = CLAIMS[key]
    return judge_claim(key, rule.label, rule.evidence, rule.citation, claims.get(key, Claim()))


def judge_claim(key: str, label: str, evidence: str, citation: str, claim: Claim) -> Finding:
    """The finding for one tick and its evidence."""
    verdict, figure, missing = _claim_words(label, evidence, claim)
    return Finding(key, label, verdict, f"{label}：{figure}", missing, basis=article_label(citation))


def _claim_words(label: str, evidence: str, claim: Claim) -> tuple[Verdict, str, str]:
    if claim.stated is None:
        return Verdict.EVIDENCE_MISSING, "未填写", f"请说明是否{label}，并提供{evidence}"
    if not claim.stated:
        return Verdict.NOT_MET, "申报单位声明不具备", ""
    if not claim.evidenced:
        return Verdict.EVIDENCE_MISSING, "已声明，未附证明", f"请提供{evidence}"
    return Verdict.MET, "已声明并附证明", ""


def with_note(finding: Finding, note: str) -> Finding:
    """The finding with one more sentence of explanation."""
    return replace(finding, note="；".join(part for part in (finding.note, note) if part))
