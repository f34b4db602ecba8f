"""How values are written for people: dates, money, shares, sizes. Pure functions behind the template filters of ``ui``."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_deadline

NOTHING = "--"
TEN_THOUSAND = Decimal(10000)
CENT = Decimal("0.01")


def day_of(value: date | datetime) -> date:
    """The Shanghai day of a moment, or the date itself."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date() if value.tzinfo else value.date()
    return value


def chinese_date(value: date | datetime | None) -> str:
    """2026年11月23日, for prose and letters."""
    if not value:
        return NOTHING
    day = day_of(value)
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_datetime(value: datetime | None) -> str:
    """2026年11月23日 17:30 by the Shanghai wall clock."""
    if not value:
        return NOTHING
    local = value.astimezone(SHANGHAI)
    return f"{chinese_date(local)} {local:%H:%M}"


def time_of_end(instant: datetime | None) -> str:
    """The clock time of an exclusive end, empty when it is midnight and the whole last day counts."""
    if not instant:
        return ""
    local = instant.astimezone(SHANGHAI)
    return "" if (local.hour, local.minute) == (0, 0) else f"{local:%H:%M}"


def deadline(instant: datetime | None) -> str:
    """An exclusive end in the words people use: the start of 1 February reads 2027年1月31日24:00."""
    return chinese_deadline(instant) if instant else NOTHING


def iso(value: date | datetime | None) -> str:
    """2026-11-23 for a date, 2026-11-23 17:30 for a moment; for tables."""
    if not value:
        return NOTHING
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"


def wan(amount: Decimal | int | None) -> str:
    """Yuan as 万元 with two decimals and thousands separators; the unit stands in the header."""
    if amount is None or amount == "":
        return NOTHING
    return f"{(Decimal(amount) / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP):,}"


def percent(ratio: Fraction | Decimal | None) -> str:
    """A share as per cent with at most two decimals, cut and never rounded, so that it never seems to reach a threshold."""
    if ratio is None or ratio == "":
        return NOTHING
    exact = Fraction(ratio) * 10000
    cut = Decimal(exact.numerator // exact.denominator) / 100
    return f"{cut.normalize():f}%" if cut else "0%"


def masked_mobile(phone: str | None) -> str:
    """138****0001; anything shorter than seven characters is hidden altogether."""
    if not phone:
        return NOTHING
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"


def size(count: int | None) -> str:
    """Bytes as KB or MB."""
    if count is None:
        return NOTHING
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def bars(pairs: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Pairs of label and number as rows of ``ui/bars.html``; the largest number fills its bar."""
    rows = list(pairs)
    most = max((number for _, number in rows), default=0) or 1
    return [{"label": label, "value": number, "max": most} for label, number in rows]
