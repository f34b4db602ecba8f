"""Figures from lists, not from declarations: plain rows in, exact counts out, with everything doubtful listed.

Rows outside the stated year do not count; the same credit code, person or contract counts once. What cannot be
read safely (a wrong code, two different units) is never guessed but returned as a ``Problem`` for people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from regulation.identifiers import is_valid_credit_code, normalise_credit_code
from regulation.problems import Problem, repeated, together
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

SOLE_TRADER_PREFIX = "92"
"""Credit codes of 个体工商户 begin with these characters (GB 32100-2015: market regulation, sole trader)."""
WRONG_CODE = "统一社会信用代码不正确，不计入"


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
    numbered = [(number, row) for number, row in enumerate(rows, 1) if row.year == year]
    if not numbered:
        return None
    valid = [row for _, row in numbered if is_valid_credit_code(row.credit_code)]
    own = normalise_credit_code(operator_code)
    sole = {normalise_credit_code(row.credit_code) for row in valid if _is_sole_trader(row)}
    large = {normalise_credit_code(row.credit_code) for row in valid if row.size is Size.LARGE}
    codes = frozenset(normalise_credit_code(row.credit_code) for row in valid) - sole - large - {own}
    specialised = codes & {normalise_credit_code(row.credit_code) for row in valid if row.specialised}
    return Served(codes, specialised, frozenset(sole), tuple(_problems_of_served(numbered, own)))


def _problems_of_served(numbered: list[tuple[int, ServedRow]], own: str) -> list[Problem]:
    problems = [_wrong_code(number, row.name) for number, row in numbered if not is_valid_credit_code(row.credit_code)]
    valid = [(number, row) for number, row in numbered if is_valid_credit_code(row.credit_code)]
    problems += repeated(valid, _code_of, lambda row: row.name, "重复的服务企业", "按一家计")
    themselves = [(number, row) for number, row in valid if own and _code_of(row) == own]
    return problems + together(themselves, "self", "服务企业名单含申报单位自身，不计入")


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
    numbered = list(enumerate(rows, 1))
    if not numbered:
        return None
    full_time = [row for _, row in numbered if row.full_time]
    persons = {_person(row) for row in full_time}
    qualified = {_person(row) for row in full_time if row.qualified}
    nameless = [(number, row) for number, row in numbered if not row.identity]
    problems = together(nameless, "identity", "未填写证件号码，按姓名区分")
    problems += repeated(numbered, _person, lambda row: row.name, "重复的人员", "按一人计")
    return Staff(len(persons), len(qualified), tuple(problems))


@dataclass(frozen=True)
class Institutions:
    """Distinct institutions under contract on the closing date."""

    in_force: frozenset[str]
    problems: tuple[Problem, ...]


def institutions(rows: Iterable[InstitutionRow], *, closes_on: date, operator_code: str) -> Institutions | None:
    """Art. 7(7): distinct, in force on the closing date, not the applicant itself. None for an empty list."""
    numbered = list(enumerate(rows, 1))
    if not numbered:
        return None
    own = normalise_credit_code(operator_code)
    refused = {number: _why_not(row, closes_on, own) for number, row in numbered}
    counted = [(number, row) for number, row in numbered if not refused[number]]
    problems = [Problem(*why, rows=(number,)) for number, why in refused.items() if why]
    problems += repeated(counted, _code_of, lambda row: row.name, "重复的签约机构", "按一家计")
    return Institutions(frozenset(_code_of(row) for _, row in counted), tuple(problems))


def _why_not(row: InstitutionRow, closes_on: date, own: str) -> tuple[str, str, str] | None:
    """Why a contract does not count, as kind, subject and words; None when it does."""
    if not is_valid_credit_code(row.credit_code):
        return "credit_code", row.name, WRONG_CODE
    if _code_of(row) == own:
        return "self", row.name, "签约机构为申报单位自身，不计入"
    if row.ends_on and row.ends_on < row.starts_on:
        return "dates", row.name, "协议终止日早于起始日，不计入，请更正"
    if not covers(row.starts_on, row.ends_on or date.max, closes_on):
        return "not_in_force", row.name, f"协议在申报截止日{closes_on}不在有效期内，不计入"
    return None


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
            attended[_event(row)] = max(attended.get(_event(row), 0), row.participants)
    return Activities(len(attended), sum(attended.values()))


def problems_of_activities(rows: Iterable[ActivityRow], function: str, year: int, *, by_persons: bool) -> list[Problem]:
    """Activities of one function that do not count or count once; where persons are counted, those that name none."""
    own = [(number, row) for number, row in enumerate(rows, 1) if row.function == function]
    inside = [(number, row) for number, row in own if row.held_on.year == year]
    outside = [(number, row) for number, row in own if row.held_on.year != year]
    problems = together(outside, "other_year", f"不在{year}年内，不计入")
    problems += repeated(inside, _event, lambda row: row.name, "同名同日的活动", "按一次计")
    nobody = [(number, row) for number, row in inside if by_persons and not row.participants]
    return problems + together(nobody, "participants", "未填写参加人次，按零计")


def problems_of_amounts(rows: Iterable[FinanceRow], year: int) -> list[Problem]:
    """Financing and guarantees arranged in another year, and money that stands in the list twice."""
    numbered = list(enumerate(rows, 1))
    outside = [(number, row) for number, row in numbered if row.arranged_on.year != year]
    inside = [(number, row) for number, row in numbered if row.arranged_on.year == year]
    problems = together(outside, "other_year", f"不在{year}年内，不计入")
    return problems + repeated(inside, lambda row: row, lambda row: row.provider, "各列都相同的融资、担保", "按一笔计")


def problems_of_functions(rows: Iterable[ServedRow], year: int) -> list[Problem]:
    """Enterprises of the year that name no service function and so count for none."""
    silent = [(number, row) for number, row in enumerate(rows, 1) if row.year == year and not row.functions]
    return together(silent, "no_function", "未标明服务功能，不计入各项功能的服务企业数")


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


def _event(row: ActivityRow) -> tuple[str, date]:
    return "".join(row.name.split()), row.held_on


def _code_of(row: ServedRow | InstitutionRow) -> str:
    return normalise_credit_code(row.credit_code)


def _is_sole_trader(row: ServedRow) -> bool:
    return row.size is Size.SOLE_TRADER or _code_of(row).startswith(SOLE_TRADER_PREFIX)


def _wrong_code(number: int, name: str) -> Problem:
    return Problem("credit_code", name, WRONG_CODE, rows=(number,))


def _sum_or_none(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None
