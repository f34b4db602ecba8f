"""What a service function of Art. 8 is: its item, its name, its non-numeric preconditions."""

from dataclasses import dataclass

from regulation.answers import Answer, Finding, judge_claim
from regulation.claims import Claim
from regulation.facts import FunctionFacts


@dataclass(frozen=True)
class Precondition:
    """Something the item demands without a number: a tick plus evidence."""

    key: str
    label: str
    evidence: str


@dataclass(frozen=True)
class FunctionRule:
    """One of the ten service functions."""

    key: str
    citation: str
    label: str
    preconditions: tuple[Precondition, ...] = ()

    def answer(self, facts: FunctionFacts, *figures: Finding) -> Answer:
        """The answer made of the numeric findings and the preconditions."""
        ticks = tuple(
            judge_claim(
                f"{self.key}.{item.key}",
                item.label,
                item.evidence,
                self.citation,
                facts.preconditions.get(item.key, Claim()),
            )
            for item in self.preconditions
        )
        return Answer(self.key, self.citation, self.label, figures + ticks)


ACTIVITIES_MISSING = "请导入上年度该项服务的活动清单"
