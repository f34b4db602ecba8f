"""When people are reminded of a last day: so many days before and after it, a parameter (default). Pure dates."""

from collections.abc import Iterable
from datetime import date, timedelta

from regulation.parameters import Parameters


def offsets(parameters: Parameters) -> tuple[int, ...]:
    """The numbers of days, as in 30、15、7、3、1."""
    return days(parameters.reminder_days)


def days(text: str) -> tuple[int, ...]:
    """A parameter such as 7、3、1 as numbers of days."""
    return tuple(int(part) for part in text.split("、"))


def reminder_dates(last_day: date, numbers: Iterable[int]) -> list[date]:
    """Every date on which people are reminded, in order."""
    days = [timedelta(days=number) for number in numbers]
    return sorted({*(last_day - one for one in days), *(last_day + one for one in days)})


def latest(dates: Iterable[date], today: date) -> date | None:
    """The latest date that has come: what was missed before it collapses into it. None before the first."""
    return max((one for one in dates if one <= today), default=None)


def distance(last_day: date, today: date) -> str:
    """How far the last day is, in words: 还有3天, 就是今天, 已过3天."""
    left = (last_day - today).days
    return f"还有{left}天" if left > 0 else f"已过{-left}天" if left else "就是今天"
