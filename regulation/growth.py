"""近两年服务中小企业数量增长10%以上 (Art. 7(3)): the four readings of the phrase, computed exactly."""

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from regulation.wording import percent


@dataclass(frozen=True)
class Served:
    """SMEs served in the last calendar year and the two years before it; None = unknown."""

    last: int | None
    before: int | None
    two_before: int | None


def needed(reading: str) -> tuple[str, ...]:
    """Which years a reading needs, by the names of ``Served``. Raises KeyError for an unknown reading."""
    return {
        "last_over_before": ("last", "before"),
        "each_year": ("last", "before", "two_before"),
        "two_year_total": ("last", "two_before"),
        "yearly_average": ("last", "two_before"),
    }[reading]


def has_zero_base(reading: str, served: Served) -> bool:
    """Whether a base year is zero, so that no growth can be computed and a person must decide."""
    bases = {"last_over_before": (served.before,), "each_year": (served.before, served.two_before)}
    return 0 in bases.get(reading, (served.two_before,))


def passes(reading: str, served: Served, minimum: Fraction) -> bool:
    """Whether the growth reaches the minimum, the minimum included. All needed years known, no base zero."""
    if reading == "last_over_before":
        return _growth(served.last, served.before) >= minimum
    if reading == "each_year":
        return min(_growth(served.last, served.before), _growth(served.before, served.two_before)) >= minimum
    total = _growth(served.last, served.two_before)
    return total >= minimum if reading == "two_year_total" else 1 + total >= (1 + minimum) ** 2


def shown(reading: str, served: Served) -> str:
    """The growth as people read it, or -- where it cannot be computed."""
    known = [getattr(served, year) for year in needed(reading)]
    if any(number is None or number < 0 for number in known) or has_zero_base(reading, served):
        return "--"
    if reading == "last_over_before":
        return percent(_growth(served.last, served.before))
    if reading == "each_year":
        return f"{percent(_growth(served.before, served.two_before))}、{percent(_growth(served.last, served.before))}"
    total = _growth(served.last, served.two_before)
    return percent(total) if reading == "two_year_total" else percent(_square_root_below(1 + total) - 1)


def _growth(later: int | None, earlier: int | None) -> Fraction:
    assert later is not None and earlier
    return Fraction(later - earlier, earlier)


def _square_root_below(ratio: Fraction) -> Fraction:
    scale = 10**8
    return Fraction(isqrt(int(ratio * scale * scale)), scale)
