"""Geometry of the pictures, in each picture's own units: templates draw them as SVG, and the table beside says the same in words.

Pure: numbers and days in, places out; nothing is compared or decided here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from regulation.wording import percent

# Room for the names at the left, width of the drawing, height of a row, first row.
LEFT, WIDTH, ROW, TOP = 130, 400, 34, 30
WHOLE = LEFT + WIDTH + 40
# A strip has no names at the left, only an edge on both sides; of a dot the radius and its air.
EDGE, DOT = 40, 8
# As many months as have room for their words.
MONTHS = 6


@dataclass(frozen=True)
class Mark:
    """A place on the axis and what stands there."""

    x: float
    words: str


@dataclass(frozen=True)
class Picture:
    """What every picture has: its size, the axis below, ticks, and one line across (cut, or today) with its words."""

    width: int
    height: int
    axis_y: int
    ticks: tuple[Mark, ...]
    line: Mark | None
    left: int = LEFT
    right: int = LEFT + WIDTH
    top: int = TOP - 12


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Dots:
    """Shares as dots on one line, stacked where they meet."""

    frame: Picture
    dots: tuple[Dot, ...]


def dots(points: Iterable[tuple[str, Fraction]], cut: Fraction) -> Dots | None:
    """A strip of (name, share between 0 and 1) with the cut as a line; None without a point."""
    listed = sorted(points, key=lambda point: (point[1], point[0]))
    if not listed:
        return None
    start = min(cut, listed[0][1]) * 10 // 1 * Fraction(1, 10) - (Fraction(1, 10) if listed[0][1] < cut else 0)
    start = max(Fraction(0), start)
    stacked: Counter[int] = Counter()
    found = []
    for name, share in listed:
        x = _share_x(share, start)
        place = round(x / (2 * DOT))
        stacked[place] += 1
        found.append((x, stacked[place], f"{name}：{percent(share)}"))
    base = TOP + max(stacked.values()) * 2 * DOT
    return Dots(
        Picture(WHOLE, base + 36, base + 6, _share_ticks(start), Mark(_share_x(cut, start), percent(cut)), EDGE, WHOLE - EDGE),
        tuple(Dot(x, base - (level - 1) * 2 * DOT - DOT, words) for x, level, words in found),
    )  # fmt: skip


def _share_x(share: Fraction, start: Fraction) -> float:
    return round(EDGE + float((share - start) / (1 - start)) * (WHOLE - 2 * EDGE), 1)


def _share_ticks(start: Fraction) -> tuple[Mark, ...]:
    steps = int((1 - start) * 10) + 1
    return tuple(Mark(_share_x(start + Fraction(n, 10), start), percent(start + Fraction(n, 10))) for n in range(steps))


@dataclass(frozen=True)
class Range:
    """Days used at one stage: shortest, middle, longest, and the term where there is one."""

    label: str
    low: float
    middle: float
    high: float
    term: int | None
    words: str


@dataclass(frozen=True)
class RangeRow:
    label: str
    y: int
    low_x: float
    width: float
    middle_x: float
    term_x: float | None
    words: str


@dataclass(frozen=True)
class Ranges:
    frame: Picture
    rows: tuple[RangeRow, ...]


def ranges(listed: Sequence[Range]) -> Ranges | None:
    """A bar from shortest to longest per stage, a tick at the middle, the term as a line of its own; None without any."""
    if not listed:
        return None
    longest = max(1, *(int(max(one.high, one.term or 0)) for one in listed))
    step = next(width for width in (1, 2, 5, 10, 20, 50, 100, 1000) if longest / width <= 10)
    scale = WIDTH / (-(-longest // step) * step)

    def x(days: float) -> float:
        return round(LEFT + days * scale, 1)

    rows = tuple(
        RangeRow(
            one.label, TOP + place * ROW + ROW // 2, x(one.low), round(max(4.0, x(one.high) - x(one.low)), 1), x(one.middle),
            None if one.term is None else x(one.term), one.words,
        )
        for place, one in enumerate(listed)
    )  # fmt: skip
    axis = TOP + len(listed) * ROW + 4
    ticks = tuple(Mark(x(days), str(days)) for days in range(0, -(-longest // step) * step + 1, step))
    return Ranges(Picture(WHOLE, axis + 30, axis, ticks, None), rows)


@dataclass(frozen=True)
class Span:
    """A period of the year, both days included."""

    label: str
    first: date
    last: date
    note: str = ""


@dataclass(frozen=True)
class Period:
    label: str
    y: int
    x: float
    width: float
    past: bool
    words: str


@dataclass(frozen=True)
class Gantt:
    frame: Picture
    periods: tuple[Period, ...]


def gantt(spans: Sequence[Span], today: date) -> Gantt | None:
    """The periods over the months they touch, with today as a line when it lies among them; None without a period."""
    if not spans:
        return None
    start = min(span.first for span in spans).replace(day=1)
    end = _next_month(max(span.last for span in spans))
    scale = WIDTH / (end - start).days

    def x(day: date) -> float:
        return round(LEFT + (day - start).days * scale, 1)

    periods = tuple(
        Period(
            span.label, TOP + place * ROW + ROW // 2, x(span.first),
            round(max(4.0, x(span.last + timedelta(days=1)) - x(span.first)), 1), span.last < today,
            f"{span.label}：{span.first.isoformat()}至{span.last.isoformat()}{span.note and f'，{span.note}'}",
        )
        for place, span in enumerate(spans)
    )  # fmt: skip
    axis = TOP + len(spans) * ROW + 4
    now = Mark(x(today), "今天") if start <= today < end else None
    return Gantt(Picture(WHOLE, axis + 30, axis, tuple(_months(start, end, x)), now), periods)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(start: date, end: date, x: Callable[[date], float]) -> list[Mark]:
    """A tick at the beginning of a month; of a long span only some, so that their words do not meet."""
    months = []
    while start < end:
        months.append(start)
        start = _next_month(start)
    every = -(-len(months) // MONTHS)
    return [Mark(x(month), f"{month.year}-{month.month:02d}") for month in months[::every]]
