"""Whether a case meets Art. 7 (all eight conditions) and Art. 8 (several functions, or a distinctive one)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from regulation import functions, readings
from regulation.answers import Answer, Finding, Verdict, combine
from regulation.articles import article_label
from regulation.conditions import CONDITIONS
from regulation.facts import Facts, FunctionFacts, Mismatch, mismatches
from regulation.parameters import Parameters
from regulation.problems import Problem

RECOMMENDED = "recommended"
SEVERAL = "several_or_distinctive"


@dataclass(frozen=True)
class FunctionAnswer:
    """One of the ten functions; ``answer`` is None where the applicant does not declare it."""

    key: str
    citation: str
    label: str
    distinctive: bool
    answer: Answer | None

    @property
    def declared(self) -> bool:
        """Whether the applicant claims this function."""
        return self.answer is not None

    @property
    def verdict(self) -> Verdict | None:
        """None for a function that is not declared."""
        return self.answer.verdict if self.answer else None

    @property
    def article_label(self) -> str:
        """第八条第（一）项."""
        return article_label(self.citation)


@dataclass(frozen=True)
class Assessment:
    """The whole eligibility answer: eight conditions, ten functions, the rule of Art. 8, and what does not agree."""

    conditions: tuple[Answer, ...]
    functions: tuple[FunctionAnswer, ...]
    several_or_distinctive: Answer
    mismatches: tuple[Mismatch, ...]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Everything that must be met: the eight conditions of Art. 7, then Art. 8."""
        return (*self.conditions, self.several_or_distinctive)

    @property
    def overall(self) -> Verdict:
        """All answers must be met; declared functions that miss their threshold count only through Art. 8."""
        return combine(answer.verdict for answer in self.answers)

    @property
    def missing(self) -> tuple[str, ...]:
        """Everything that has to be supplied or decided, without repetition."""
        return tuple(dict.fromkeys(text for answer in self.answers for text in answer.missing))

    def with_rows(self, problems: Collection[Problem]) -> "Assessment":
        """The same answers, each finding with the rows of the lists that touch its figure."""
        return replace(
            self,
            conditions=tuple(answer.with_rows(problems) for answer in self.conditions),
            functions=tuple(
                replace(item, answer=item.answer.with_rows(problems)) if item.answer else item
                for item in self.functions
            ),
        )

    def as_json(self) -> dict[str, Any]:
        """A JSON-serialisable copy, for freezing with a version."""
        return {
            "overall": str(self.overall),
            "conditions": [answer.as_json() for answer in self.conditions],
            "functions": [
                {"key": item.key, "distinctive": item.distinctive, "answer": item.answer and item.answer.as_json()}
                for item in self.functions
            ],
            "several_or_distinctive": self.several_or_distinctive.as_json(),
            "mismatches": [vars(mismatch) for mismatch in self.mismatches],
        }


def assess(facts: Facts, parameters: Parameters) -> Assessment:
    """Judge a case by the given (pinned) parameters. Pure: the same facts always give the same answers."""
    judged = _functions(facts.functions, parameters)
    return Assessment(
        conditions=tuple(condition(facts, parameters) for condition in CONDITIONS),
        functions=judged,
        several_or_distinctive=_several_or_distinctive(judged, parameters),
        mismatches=mismatches(facts),
    )


def _functions(declared: Mapping[str, FunctionFacts], parameters: Parameters) -> tuple[FunctionAnswer, ...]:
    unknown = sorted(set(declared) - set(functions.FUNCTIONS))
    if unknown:
        raise ValueError(f"第八条没有这些服务功能：{'、'.join(unknown)}")
    return tuple(
        FunctionAnswer(
            key=rule.key,
            citation=rule.citation,
            label=rule.label,
            distinctive=rule.key in declared and declared[rule.key].distinctive,
            answer=functions.answer(rule.key, declared[rule.key], parameters) if rule.key in declared else None,
        )
        for rule in functions.FUNCTIONS.values()
    )


def _several_or_distinctive(judged: tuple[FunctionAnswer, ...], parameters: Parameters) -> Answer:
    """Art. 8: several functions met, or one met that is declared distinctive; missed ones never sink the rest."""
    met = [item for item in judged if item.verdict is Verdict.MET]
    open_ = [item for item in judged if item.verdict in (Verdict.EVIDENCE_MISSING, Verdict.NOT_YET_KNOWN)]
    figure = f"达标功能{len(met)}项" + (f"（{'、'.join(_name(item) for item in met)}）" if met else "")
    demand = f"（要求{parameters.several_functions}项以上，或{parameters.distinctive_functions}项特色功能）"
    missing = ""
    if _enough(met, parameters):
        verdict = Verdict.MET
    elif not any(item.declared for item in judged):
        verdict, missing = Verdict.EVIDENCE_MISSING, "请选择服务功能并填写相关数据"
    elif _enough(met + open_, parameters):
        verdict = combine([item.verdict for item in open_ if item.verdict])
        missing = "请补充" + "、".join(item.label for item in open_) + "的数据和证明"
    else:
        verdict = Verdict.NOT_MET
    finding = Finding(
        SEVERAL, "多种功能或特色功能", verdict, figure + demand, missing,
        basis=article_label("8"), reading=readings.words(SEVERAL, parameters),
    )  # fmt: skip
    return Answer(SEVERAL, "8", "多种服务功能或特色服务功能", (finding,))


def _enough(items: list[FunctionAnswer], parameters: Parameters) -> bool:
    distinctive = sum(item.distinctive for item in items)
    return len(items) >= parameters.several_functions or distinctive >= parameters.distinctive_functions


def _name(item: FunctionAnswer) -> str:
    return f"{item.label}·特色" if item.distinctive else item.label
