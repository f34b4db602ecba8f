"""How exact numbers are written for people. Shares are cut, never rounded up: 79.996 % must not read as 80 %."""

from decimal import Decimal
from fractions import Fraction
from math import floor


def percent(share: Fraction) -> str:
    """A share as percent with at most two decimals, cut downwards: Fraction(4, 5) → 80%, 1/3 → 33.33%."""
    hundredths = floor(share * 10000)
    sign, digits = ("-" if hundredths < 0 else ""), abs(hundredths)
    text = f"{digits // 100}.{digits % 100:02d}".rstrip("0").rstrip(".")
    return f"{sign}{text}%"


def wan_yuan(amount: Decimal) -> str:
    """Yuan written exactly in 万元: Decimal("2000000.00") → 200万元, 1999999.99 → 199.999999万元."""
    return f"{_plain(amount / 10000)}万元"


def quantity(value: int | Decimal | Fraction, unit: str) -> str:
    """A figure with its unit as in the table of parameters: 100家, 80%, 200万元, 60分."""
    if isinstance(value, Fraction):
        return percent(value)
    if isinstance(value, Decimal):
        return wan_yuan(value) if unit == "元" else f"{_plain(value)}{unit}"
    return f"{value}{unit}"


def share_of_percent(text: str | Decimal | int) -> Fraction:
    """The exact share for a percentage: "79.6" → 199/250. Raises ValueError for anything but a plain number."""
    return Fraction(str(text)) / 100


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
