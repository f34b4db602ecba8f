"""Geometry of the score strip: one line per case, a dot per sheet, a tick at the mean, the cut as a vertical line.

Drawn as SVG by the template; the table beside it says the same in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from review.selectors.ranking import Ranked, decimal_of

LEFT, WIDTH, TOP, ROW = 190, 560, 30, 30
SHORT = 11


@dataclass(frozen=True)
class Line:
    """One case: its name, where its dots and its mean lie."""

    label: str
    y: int
    dots: tuple[float, ...]
    mean_x: float
    words: str


@dataclass(frozen=True)
class Strip:
    """The whole picture in its own units."""

    width: int
    height: int
    axis_y: int
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, int], ...]
    cut_x: float | None
    cut_label: str
    left: int = LEFT
    right: int = LEFT + WIDTH
    top: int = TOP - 12


def dot_strip(ranked: Sequence[Ranked], floor: Decimal) -> Strip | None:
    """The strip while the officer chooses; the line stands at the floor. None without cases."""
    rows = [(entry.case.application.platform_name, entry.totals, entry.mean) for entry in ranked]
    return _strip(rows, Fraction(floor), f"参考线 {floor}分") if rows else None


def kept_strip(rows: Iterable[Mapping[str, Any]], floor: Decimal) -> Strip | None:
    """The strip of a concluded panel; the line lies between the last chosen and the first not chosen, where there is one."""
    listed = list(rows)
    if not listed:
        return None
    lines = [
        (row["case"].application.platform_name, [Decimal(total) for total in row["totals"]], decimal_of(Fraction(row["row"]["mean"])))
        for row in listed
    ]  # fmt: skip
    taken = [Fraction(row["row"]["mean"]) for row in listed if row["row"]["shortlisted"]]
    left = [Fraction(row["row"]["mean"]) for row in listed if not row["row"]["shortlisted"]]
    if taken and left and min(taken) > max(left):
        return _strip(lines, (min(taken) + max(left)) / 2, "入选线")
    return _strip(lines, Fraction(floor), f"参考线 {floor}分")


def _strip(rows: Sequence[tuple[str, list[Decimal], Decimal]], cut: Fraction, label: str) -> Strip:
    lowest = min(min([*totals, mean]) for _, totals, mean in rows)
    start = min(int(lowest) // 10 * 10, int(cut) // 10 * 10)
    lines = tuple(
        Line(
            label=name if len(name) <= SHORT else f"{name[: SHORT - 1]}…",
            y=TOP + place * ROW + ROW // 2,
            dots=tuple(_x(total, start) for total in totals),
            mean_x=_x(mean, start),
            words=f"{name}：{'、'.join(str(total) for total in totals)}，平均 {mean}",
        )
        for place, (name, totals, mean) in enumerate(rows)
    )
    axis = TOP + len(rows) * ROW + 6
    ticks = tuple((_x(Decimal(value), start), value) for value in range(start, 101, 10))
    return Strip(LEFT + WIDTH + 30, axis + 30, axis, lines, ticks, _x(decimal_of(cut), start), label)


def _x(points: Decimal, start: int) -> float:
    return round(LEFT + float((points - start) / (100 - start)) * WIDTH, 1)
