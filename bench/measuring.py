"""Two ways measured in turn, so that a busy machine slows both alike; the median of the ratios is the answer."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """One comparison. ``prepare`` makes the data once and yields the product's way and the bare one."""

    name: str
    ours: str
    bare: str
    prepare: Callable[[], AbstractContextManager[tuple[Work, Work]]]


@dataclass(frozen=True)
class Measured:
    """Median seconds of both ways, and the median of how many times longer ours takes."""

    case: Case
    ours: float
    bare: float
    ratio: float


def measure(case: Case, repetitions: int) -> Measured:
    """Run both ways once to warm up, then ``repetitions`` times in turn."""
    with case.prepare() as (ours, bare):
        ours(), bare()
        pairs = [(_seconds(ours), _seconds(bare)) for _ in range(repetitions)]
    mine, theirs = zip(*pairs, strict=True)
    return Measured(case, median(mine), median(theirs), median(one / other for one, other in pairs))


def _seconds(work: Work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
