"""Figures from lists, not from declarations: plain rows in, exact counts out, with everything doubtful listed.

Rows outside the stated year do not count; the same credit code, person or contract counts once. What cannot be
read safely (a wrong code, two different units) is never guessed but returned as a ``Problem`` for people.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from regulation.identifiers import is_valid_credit_code, normalise_credit_code
from regulation.rows import (
    ActivityRow,
    Charge,
    FinanceRow,
    InstitutionRow,
    ServedRow,
    ServiceRow,
    Size,
    StaffRow,
)
from timekeeping.dates import covers

Row = TypeVar("Row", ServedRow, StaffRow, InstitutionRow)

SOLE_TRADER_PREFIX = "92"
"""Credit codes of 个体工商户 begin with these characters (GB 32100-2015: market regulation, sole trader)."""


@dataclass(frozen=True)
class Problem:
    """Something in a list that people must look at; ``subject`` is the row's own name."""

    kind: str
    subject: str
    text: str


@dataclass(frozen=True)
class Served:
    """The served SMEs of one year: ``codes`` is the set behind the 100 and the frame of the Art. 11 sample."""

    codes: frozenset[str]
    specialised: frozenset[str]
    sole_traders: frozenset[str]
    problems: tuple[Problem, ...]


def served_in(rows: Iterable[ServedRow], year: int, *, operator_code: str = "") -> Served | None:
    """Distinct SMEs served in a calendar year, without sole traders, large enterprises and the operator itself.

    None when the list has no row of that year: unknown is not zero.
    """
    listed = [row for row in rows if row.year == year]
    if not listed:
        return None
    valid = [row for row in listed if is_valid_credit_code(row.credit_code)]
    problems = [_wrong_code(row.name) for row in listed if not is_valid_credit_code(row.credit_code)]
    problems += _repeated(valid, lambda row: normalise_credit_code(row.credit_code), "重复的服务企业", "按一家计")
    own = normalise_credit_code(operator_code)
    sole = {normalise_credit_code(row.credit_code) for row in valid if _is_sole_trader(row)}
    large = {normalise_credit_code(row.credit_code) for row in valid if row.size is Size.LARGE}
    codes = frozenset(normalise_credit_code(row.credit_code) for row in valid) - sole - large - {own}
    if own and any(normalise_credit_code(row.credit_code) == own for row in valid):
        problems.append(Problem("self", own, "服务企业名单含申报单位自身，不计入"))
    specialised = codes & {normalise_credit_code(row.credit_code) for row in valid if row.specialised}
    return Served(codes, specialised, frozenset(sole), tuple(problems))


def served_by_function(rows: Iterable[ServedRow], function: str, year: int) -> int | None:
    """Distinct enterprises (of any size, sole traders included: Art. 8(1) says 企业) served under one function.

    None when no row of the year names any function: the list does not answer the question.
    """
    listed = [row for row in rows if row.year == year]
    if not any(row.functions for row in listed):
        return None
    return len(
        {
            normalise_credit_code(row.credit_code)
            for row in rows
            if row.year == year and function in row.functions and is_valid_credit_code(row.credit_code)
        }
    )


@dataclass(frozen=True)
class Staff:
    """Persons, each counted once: full-time, and of them those with a degree or a title."""

    full_time: int
    qualified: int
    problems: tuple[Problem, ...]


def staff(rows: Iterable[StaffRow]) -> Staff | None:
    """The union of persons of Art. 7(6). None for an empty list; persons without an identity are told apart by name."""
    listed = list(rows)
    if not listed:
        return None
    full_time = [row for row in listed if row.full_time]
    persons = {_person(row) for row in full_time}
    qualified = {_person(row) for row in full_time if row.qualified}
    nameless = [row for row in listed if not row.identity]
    problems = [Problem("identity", row.name, "未填写证件号码，按姓名区分") for row in nameless]
    problems += _repeated(listed, _person, "重复的人员", "按一人计")
    return Staff(len(persons), len(qualified), tuple(problems))


@dataclass(frozen=True)
class Institutions:
    """Distinct institutions under contract on the closing date."""

    in_force: frozenset[str]
    problems: tuple[Problem, ...]


def institutions(rows: Iterable[InstitutionRow], *, closes_on: date, operator_code: str) -> Institutions | None:
    """Art. 7(7): distinct, in force on the closing date, not the applicant itself. None for an empty list."""
    listed = list(rows)
    if not listed:
        return None
    own, counted, problems = normalise_credit_code(operator_code), [], []
    for row in listed:
        if not is_valid_credit_code(row.credit_code):
            problems.append(_wrong_code(row.name))
        elif normalise_credit_code(row.credit_code) == own:
            problems.append(Problem("self", row.name, "签约机构为申报单位自身，不计入"))
        elif not covers(row.starts_on, row.ends_on or date.max, closes_on):
            problems.append(Problem("not_in_force", row.name, f"协议在申报截止日{closes_on}不在有效期内，不计入"))
        else:
            counted.append(row)
    problems += _repeated(counted, lambda row: normalise_credit_code(row.credit_code), "重复的签约机构", "按一家计")
    return Institutions(frozenset(normalise_credit_code(row.credit_code) for row in counted), tuple(problems))


@dataclass(frozen=True)
class Activities:
    """Activities of one function in one year and their person-times."""

    count: int
    person_times: int


def activities(rows: Iterable[ActivityRow], function: str, year: int) -> Activities:
    """The same activity (name and day) entered twice counts once, with the larger number of participants."""
    attended: dict[tuple[str, date], int] = {}
    for row in rows:
        if row.function == function and row.held_on.year == year:
            key = ("".join(row.name.split()), row.held_on)
            attended[key] = max(attended.get(key, 0), row.participants)
    return Activities(len(attended), sum(attended.values()))


def amounts(rows: Iterable[FinanceRow], year: int) -> tuple[Decimal | None, Decimal | None]:
    """(financed, guaranteed) in yuan in a calendar year, the same money once; None where the list has no such row."""
    listed = {row for row in rows if row.arranged_on.year == year}
    financed = [row.amount for row in listed if not row.guarantee]
    guaranteed = [row.amount for row in listed if row.guarantee]
    return _sum_or_none(financed), _sum_or_none(guaranteed)


@dataclass(frozen=True)
class Volume:
    """Service volume of one year in one unit; free and low-fee services are kept apart and never counted twice."""

    total: int
    free: int
    low_fee: int
    unit: str


def service_volume(rows: Iterable[ServiceRow], year: int) -> Volume | Problem | None:
    """Art. 7(5): None for no rows of the year, a Problem when the rows do not share one unit."""
    listed = [row for row in rows if row.year == year]
    if not listed:
        return None
    units = sorted({row.unit.strip() for row in listed})
    if len(units) > 1:
        return Problem("units", "、".join(units), "服务量计量单位不一致，请统一后再计算占比")
    by_charge = {charge: sum(row.quantity for row in listed if row.charge is charge) for charge in Charge}
    return Volume(sum(by_charge.values()), by_charge[Charge.FREE], by_charge[Charge.LOW_FEE], units[0])


def shared(claims: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Values claimed by two or more platforms, from (platform, value): the same SME, person, telephone, contract."""
    holders: dict[str, set[str]] = {}
    for platform, value in claims:
        holders.setdefault(value, set()).add(platform)
    return {value: tuple(sorted(platforms)) for value, platforms in sorted(holders.items()) if len(platforms) > 1}


def _person(row: StaffRow) -> tuple[str, str]:
    return ("identity", row.identity) if row.identity else ("name", "".join(row.name.split()))


def _is_sole_trader(row: ServedRow) -> bool:
    return row.size is Size.SOLE_TRADER or normalise_credit_code(row.credit_code).startswith(SOLE_TRADER_PREFIX)


def _wrong_code(name: str) -> Problem:
    return Problem("credit_code", name, "统一社会信用代码不正确，不计入")


def _repeated(rows: Sequence[Row], key: Callable[[Row], Hashable], what: str, how: str) -> list[Problem]:
    times: dict[Hashable, list[str]] = {}
    for row in rows:
        times.setdefault(key(row), []).append(row.name)
    return [
        Problem("repeated", names[0], f"{what}，出现{len(names)}次，{how}")
        for names in times.values()
        if len(names) > 1
    ]


def _sum_or_none(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None
