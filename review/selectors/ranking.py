"""The ranking of a panel's cases: exact means of locked sheets, the published rule for equal ones, and the frozen result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

from regulation import ranking, rubric
from regulation.ranking import Place
from regulation.rubric import Rubric
from review.models import Panel, PanelCase, Sample, Score, ScoreSheet
from review.selectors import panels, scoring

SHOWN = Decimal("0.0001")


@dataclass(frozen=True)
class Ranked:
    """A case in its place. ``mean`` is exact; ``sheets`` are the locked sheets it comes from, with their totals."""

    case: PanelCase
    place: Place
    sheets: tuple[ScoreSheet, ...]
    satisfaction: Fraction | None

    @property
    def mean(self) -> Decimal:
        """The mean with four decimals, for display and the column of the case; comparisons use ``place.mean``."""
        return decimal_of(self.place.mean)

    @property
    def totals(self) -> list[Decimal]:
        return sorted(sheet.total for sheet in self.sheets if sheet.total is not None)


def decimal_of(value: Fraction) -> Decimal:
    """An exact fraction with four decimals."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(SHOWN, ROUND_HALF_EVEN)


def rubric_of(panel: Panel) -> Rubric:
    """The rubric the call pinned."""
    return rubric.from_pin(panel.call.rubric) if panel.call.rubric else rubric.DEFAULT_RUBRIC


def compute(panel: Panel, cases: Iterable[PanelCase]) -> list[Ranked]:
    """The present cases that have locked sheets, from the best downwards; a constant number of queries."""
    judged = {str(case.application.uuid): case for case in panels.present(cases) if panels.locked(case)}
    scores = scoring.points_of(sheet for case in judged.values() for sheet in panels.locked(case))
    satisfaction = _satisfaction(case.application_id for case in judged.values())
    rule = rubric_of(panel)
    entries = [
        ranking.Case(
            key,
            tuple(scores[sheet.pk] for sheet in panels.locked(case)),
            satisfaction.get(case.application_id),
        )
        for key, case in judged.items()
    ]
    return [
        Ranked(judged[key], place, tuple(panels.locked(judged[key])), satisfaction.get(judged[key].application_id))
        for place in ranking.rank(rule, entries)
        for key in place.keys
    ]


def frozen(panel: Panel, ranked: Iterable[Ranked], chosen: Mapping[str, tuple[bool, str]]) -> dict[str, Any]:
    """The ranking as it is kept for good: places, means, sheets with their fingerprints, choices and reasons."""
    return {
        "rubric": rubric_of(panel).key,
        "cases": [_frozen(entry, *chosen[str(entry.case.application.uuid)]) for entry in ranked],
    }


def _frozen(entry: Ranked, selected: bool, reason: str) -> dict[str, Any]:
    return {
        "application": str(entry.case.application.uuid),
        "place": entry.place.place,
        "mean": str(entry.place.mean),
        "decided_by": str(entry.place.decided_by),
        "satisfaction": None if entry.satisfaction is None else str(entry.satisfaction),
        "sheets": [
            {"sheet": str(sheet.uuid), "total": str(sheet.total), "seal": scoring.seal(sheet)} for sheet in entry.sheets
        ],
        "shortlisted": selected,
        "reason": reason,
    }


def recomputed(panel: Panel, *, without: Iterable[str] = ()) -> dict[str, tuple[int, str]]:
    """Place and exact mean by application, computed again from the kept sheets of a concluded panel.

    ``without`` names sheets by UUID to leave out: those voided since, because a conflict was found late.
    """
    assert panel.ranking is not None  # a concluded panel keeps its ranking
    left_out = set(without)
    kept = {row["application"]: row for row in panel.ranking["cases"]}
    uuids = [sheet["sheet"] for row in kept.values() for sheet in row["sheets"] if sheet["sheet"] not in left_out]
    points: dict[str, dict[str, Decimal]] = {uuid: {} for uuid in uuids}
    rows = Score.objects.filter(sheet__uuid__in=uuids, points__isnull=False)
    for uuid, item, value in rows.values_list("sheet__uuid", "item", "points"):
        if value is not None:
            points[str(uuid)][item] = value
    entries = [
        ranking.Case(
            key,
            tuple(points[sheet["sheet"]] for sheet in row["sheets"] if sheet["sheet"] in points),
            None if row["satisfaction"] is None else Fraction(row["satisfaction"]),
        )
        for key, row in kept.items()
    ]
    judged = [entry for entry in entries if entry.sheets]
    places = ranking.rank(rubric_of(panel), judged)
    return {key: (place.place, str(place.mean)) for place in places for key in place.keys}


def _satisfaction(applications: Iterable[int]) -> dict[int, Fraction]:
    rows = Sample.objects.filter(application__in=list(applications), state="closed", reached__gt=0)
    return {
        pk: Fraction(satisfied, reached)
        for pk, satisfied, reached in rows.values_list("application", "satisfied", "reached")
        if satisfied is not None
    }
