"""初审测评: what there is to measure on the version in force, what was measured, and whether it still stands (Art. 11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from regulation import eligibility
from regulation.measurement import HEADS, Head, Item, items
from review.models import Measurement
from review.selectors import assessment


@dataclass(frozen=True)
class Change:
    """A finding that is another now than when it was measured."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Standing:
    """The measurement of the version in force, if any, and what has changed under it since."""

    measurement: Measurement | None
    changes: tuple[Change, ...] = ()

    @property
    def current(self) -> bool:
        """Whether it can carry a recommendation: made on this version, every finding still the same."""
        return self.measurement is not None and not self.changes


def items_of(application: Application, decisions: Mapping[str, Mapping[str, Any]] | None = None) -> tuple[Item, ...]:
    """Every finding of the version in force with the closed sample; ``decisions`` (as kept) entered where figures are open."""
    version = application.current_version
    assert version is not None
    facts = assessment.facts_of(version, sample=assessment.closed_sample(application))
    return items(eligibility.assess(assessment.decided(facts, decisions or {}), application.call.parameters))


def of(application: Application) -> Measurement | None:
    """The measurement of the version in force."""
    return Measurement.objects.filter(version_id=application.current_version_id).select_related("measured_by").first()


def latest(application: Application) -> Measurement | None:
    """The last measurement of any version: what a new one begins from."""
    return Measurement.objects.filter(application=application).order_by("version__number").last()


def standing(application: Application) -> Standing:
    """Whether the measurement still stands: another version or a closed sample may have changed a finding."""
    measured = of(application)
    return Standing(measured, changes(measured, items_of(application)) if measured else ())


def changes(measurement: Measurement, now: Iterable[Item]) -> tuple[Change, ...]:
    """The findings whose figure or answer is not the measured one."""
    kept = {line["key"]: line for line in measurement.findings}
    return tuple(
        Change(item.finding.label, kept[item.key]["figure"] if item.key in kept else "未测评", item.figure)
        for item in now
        if item.key not in kept or kept[item.key]["basis"] != basis(item)
    )


def basis(item: Item) -> str:
    """What a measured line is compared by: the answer of the rules and the figure."""
    return f"{item.finding.verdict} {item.finding.figure}"


def grouped(measurement: Measurement) -> list[tuple[Head, list[dict[str, Any]]]]:
    """The measured lines under their heads, in the order of the regulation."""
    return [(head, [line for line in measurement.findings if line["head"] == head.key]) for head in HEADS]


def opinion(head: Head, answers: Iterable[tuple[str, bool | None]]) -> str:
    """What the findings of a head come to, as the beginning of an opinion: (label, met) of those that count."""
    listed = list(answers)
    against = [label for label, met in listed if met is False]
    undecided = [label for label, met in listed if met is None]
    words = f"{head.label}测评{len(listed)}项，符合{len(listed) - len(against) - len(undecided)}项"
    words += f"，不符合{len(against)}项（{'、'.join(against)}）" if against else ""
    return words + (f"，待认定{len(undecided)}项（{'、'.join(undecided)}）" if undecided else "") + "。"
