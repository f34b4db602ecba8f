"""The answers of the rules as every page shows them: self-check, task list, check page, workbench, 附件1.

One item per condition (``ui/elig.html``, ``ui/answers.html``), in it one line per fact: verdict, figure, article, how it is counted,
what is missing, and the rows of the lists that do not count.
"""

from collections.abc import Callable, Iterator
from typing import Any

from applications import wording
from regulation.answers import Answer, Finding, Verdict
from regulation.eligibility import RECOMMENDED, Assessment

TONES = {Verdict.MET: "done", Verdict.NOT_MET: "bad", Verdict.EVIDENCE_MISSING: "warn", Verdict.NOT_YET_KNOWN: "wait"}
MOST_ROWS = 5
Place = Callable[[Finding], str]


def items(assessment: Assessment, place: Place | None = None) -> list[dict[str, Any]]:
    """Everything that must be met, in the order of the regulation; ``place`` gives the address where a fact is supplied."""
    return [item(answer, place) for answer in assessment.answers]


def functions(assessment: Assessment, place: Place | None = None) -> list[dict[str, Any]]:
    """The declared functions."""
    return [item(judged.answer, place) for judged in assessment.functions if judged.answer]


def item(answer: Answer, place: Place | None = None) -> dict[str, Any]:
    """One condition or function."""
    return {
        "key": answer.key,
        "label": answer.title,
        "cite": answer.article_label,
        "tone": TONES[answer.verdict],
        "verdict": answer.verdict.label,
        "why": _why(answer),
        "lines": [line(finding, place) | _unless(answer, finding) for finding in answer.findings],
    }


def _unless(answer: Answer, finding: Finding) -> dict[str, str]:
    """The article of a fact is said only where it is not the one of the whole answer."""
    return {"basis": ""} if finding.basis == answer.article_label else {}


def _why(answer: Answer) -> str:
    open_ones = [finding for finding in answer.findings if finding.verdict is not Verdict.MET]
    telling = next((finding for finding in answer.findings if finding.reading), answer.findings[0])
    words = "；".join(finding.figure for finding in open_ones[:3]) or telling.figure
    return f"{words}；另有 {len(open_ones) - 3} 项" if len(open_ones) > 3 else words


def line(finding: Finding, place: Place | None = None) -> dict[str, Any]:
    """One fact."""
    open_ = finding.verdict is not Verdict.MET
    return {
        "key": finding.key,
        "tone": TONES[finding.verdict],
        "verdict": finding.verdict.label,
        "figure": finding.figure,
        "basis": finding.basis,
        "reading": finding.reading,
        "note": finding.note,
        "missing": finding.missing,
        "rows": list(_rows(finding)),
        "url": place(finding) if place and open_ else "",
    }


def _rows(finding: Finding) -> Iterator[str]:
    for problem in finding.rows[:MOST_ROWS]:
        yield f"{wording.list_label(problem.source)}{problem.words}"
    if len(finding.rows) > MOST_ROWS:
        yield f"另有{len(finding.rows) - MOST_ROWS}处，见各清单"


def counted(items: list[dict[str, Any]]) -> str:
    """8 项条件：4 项符合，1 项不符合, in the order of the verdicts; the recommendation, which nobody can have yet, left aside."""
    own = [one for one in items if one["key"] != RECOMMENDED]
    numbers = ((verdict.label, sum(one["tone"] == tone for one in own)) for verdict, tone in TONES.items())
    return f"{len(own)} 项条件：" + "，".join(f"{number} 项{label}" for label, number in numbers if number)
