"""择优 (Art. 12): ranking cases by the mean of their locked sheets, exactly, and never by id or time.

Published rule for equal means (default): the higher mean of the performance part, then the higher sampled
satisfaction. Cases still equal share a place; only a reasoned written decision may order them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from regulation.rubric import PERFORMANCE, Rubric


@dataclass(frozen=True)
class Case:
    """A case and its locked sheets ({item key: points}); voided sheets are left out by the caller."""

    key: str
    sheets: tuple[Mapping[str, Decimal], ...]
    sampled_satisfaction: Fraction | None = None


class DecidedBy(StrEnum):
    """What put a place where it is; ``TIE`` needs a written decision."""

    MEAN = "mean"
    PERFORMANCE = "performance"
    SATISFACTION = "satisfaction"
    TIE = "tie"

    @property
    def label(self) -> str:
        """平均分, 服务业绩得分, 抽查满意度 or 同分，须书面决定."""
        return {
            "mean": "平均分",
            "performance": "服务业绩得分",
            "satisfaction": "抽查满意度",
            "tie": "同分，须书面决定",
        }[self]


@dataclass(frozen=True)
class Place:
    """One place of the ranking; more than one key means a tie that no published rule resolves."""

    place: int
    keys: tuple[str, ...]
    mean: Fraction
    decided_by: DecidedBy

    @property
    def is_tie(self) -> bool:
        """Whether a reasoned written decision is needed before the line may be drawn through this place."""
        return len(self.keys) > 1


def mean(rubric: Rubric, case: Case) -> Fraction:
    """The exact mean of the case's sheets. Raises ValueError when there is none."""
    return _mean([rubric.total(sheet) for sheet in case.sheets], case.key)


def rank(rubric: Rubric, cases: Iterable[Case]) -> tuple[Place, ...]:
    """Places from the best downwards; tied cases share a place and the next one is skipped (1, 2, 2, 4)."""
    judged = list(cases)
    if len({case.key for case in judged}) != len(judged):
        raise ValueError("同一申报不能重复排序")
    places: list[Place] = []
    for points, level in _levels([(mean(rubric, case), case) for case in judged]):
        for decided_by, group in _resolve(rubric, level):
            keys = tuple(sorted(case.key for case in group))
            places.append(Place(1 + sum(len(place.keys) for place in places), keys, points, decided_by))
    return tuple(places)


def _resolve(rubric: Rubric, equal: Sequence[Case]) -> list[tuple[DecidedBy, list[Case]]]:
    if len(equal) == 1:
        return [(DecidedBy.MEAN, list(equal))]
    resolved: list[tuple[DecidedBy, list[Case]]] = []
    for _, group in _levels([(_performance(rubric, case), case) for case in equal]):
        if len(group) == 1:
            resolved.append((DecidedBy.PERFORMANCE, group))
        else:
            resolved += _by_satisfaction(group)
    return resolved


def _by_satisfaction(equal: list[Case]) -> list[tuple[DecidedBy, list[Case]]]:
    known = [(case.sampled_satisfaction, case) for case in equal if case.sampled_satisfaction is not None]
    if len(known) < len(equal):
        return [(DecidedBy.TIE, equal)]
    return [(DecidedBy.SATISFACTION if len(group) == 1 else DecidedBy.TIE, group) for _, group in _levels(known)]


def _performance(rubric: Rubric, case: Case) -> Fraction:
    return _mean([rubric.part_total(sheet, PERFORMANCE) for sheet in case.sheets], case.key)


def _levels(valued: Iterable[tuple[Fraction, Case]]) -> list[tuple[Fraction, list[Case]]]:
    levels: dict[Fraction, list[Case]] = {}
    for value, case in valued:
        levels.setdefault(value, []).append(case)
    return sorted(levels.items(), key=lambda level: level[0], reverse=True)


def _mean(points: Sequence[Decimal], key: str) -> Fraction:
    if not points:
        raise ValueError(f"{key}尚无有效评分表，不能排序")
    return sum((Fraction(value) for value in points), Fraction(0)) / len(points)
