"""The one clock of the product.

Every "now" and "today" comes from here; ``timezone.now``, ``date.today`` and database clocks are banned
elsewhere by lint. The clock may be moved only in tests and by the demo.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def wall() -> datetime:
    """The machine's real time as an aware datetime in Asia/Shanghai; only the record's "written at" and the demo use it."""
    return datetime.now(SHANGHAI)


_source: Callable[[], datetime] = wall


def now() -> datetime:
    """The present moment as an aware datetime in Asia/Shanghai."""
    return _source()


def today() -> date:
    """The present date in Asia/Shanghai."""
    return now().date()


def set_source(source: Callable[[], datetime]) -> Callable[[], datetime]:
    """Replace where ``now`` reads from and return the former source; for tests and the demo only."""
    global _source
    former, _source = _source, source
    return former


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Stand still at ``moment`` (aware) inside the block; for tests and the demo only."""
    former = set_source(lambda: moment.astimezone(SHANGHAI))
    try:
        yield
    finally:
        set_source(former)


def shanghai(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """An aware moment of the Shanghai wall clock."""
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
