"""What an applicant declared for its service functions (Art. 8) beside what the lists give. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from applications.schema import BY_KEY, Kind, declared_functions, figures_of
from regulation.facts import FunctionFacts
from regulation.functions import FUNCTIONS

SECTION = "functions"
WAN = 10000
Number = int | Decimal


@dataclass(frozen=True)
class Compared:
    """One declared figure; money in 万元, exact. ``listed`` is None when no list answers."""

    key: str
    label: str
    declared: Number
    listed: Number | None


def compared(data: Mapping[str, str], functions: Mapping[str, FunctionFacts]) -> Iterator[Compared]:
    """Every declared figure in the order of Art. 8, from the raw texts of the section and the facts of the lists."""
    for key in declared_functions(dict(data)):
        for name in figures_of(key):
            field = BY_KEY[SECTION].field(f"{key}.{name}")
            declared: Number | None = field.value(data.get(field.key, ""))
            if declared is None:
                continue
            listed = getattr(functions.get(key, FunctionFacts()), name)
            label = f"{FUNCTIONS[key].label}：{field.label}（{field.unit}）"
            if field.kind == Kind.MONEY:
                declared, listed = _in_wan(declared), None if listed is None else _in_wan(listed)
            yield Compared(field.key, label, declared, listed)


def _in_wan(yuan: Number) -> Number:
    wan = Decimal(yuan) / WAN
    return int(wan) if wan == wan.to_integral_value() else wan.normalize()
