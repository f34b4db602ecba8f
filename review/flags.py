"""Automatic flags: what an officer should ask about an application. Questions, never verdicts. Pure: plain data in, flags out.

A flag's key holds a fingerprint of exactly what is flagged. So an answer given on one version answers the same flag on the next
as long as the flagged rows are word for word the same, and a changed row, or another application that joins, asks anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from files.canonical import fingerprint
from regulation.facts import Mismatch
from regulation.figures import SOLE_TRADER_PREFIX
from regulation.identifiers import (
    is_valid_credit_code,
    normalise_credit_code,
    organisation_code_agrees,
    plain_phone,
)
from regulation.rows import Size
from review.checklist import LIST, SECTION
from timekeeping.dates import covers

Row = Mapping[str, Any]
Content = Mapping[str, Any]
SERVED, STAFF, INSTITUTIONS, ACTIVITIES, FINANCING, SERVICES = (
    "served", "staff", "institutions", "activities", "financing", "services",
)  # fmt: skip
CODED = (SERVED, INSTITUTIONS, FINANCING)


@dataclass(frozen=True)
class Flag:
    """One question. ``part`` and ``of`` name the part as the checklist does; ``rows`` are indices into the list of the frozen
    content, ``files`` UUIDs of materials; ``hint`` is the short word beside a flagged row.
    """

    kind: str
    part: str
    of: str
    question: str
    hint: str = ""
    rows: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def key(self) -> str:
        """How an answer names the flag; stays the same as long as what is flagged does."""
        return f"{self.kind}.{self.evidence[:40]}"

    @property
    def slug(self) -> str:
        """The part in the contents of the workbench."""
        return f"{self.part}-{self.of}"


@dataclass(frozen=True)
class Case:
    """What the flags of one application are found in: its frozen content, its people's telephones in one spelling, and the
    declared figures that differ from the lists, each with the section where it was declared.
    """

    content: Content
    closes_on: date
    own_phones: frozenset[str] = frozenset()
    mismatches: tuple[tuple[str, Mismatch], ...] = ()

    @property
    def year(self) -> int:
        """The last calendar year, which the figures are of."""
        return self.closes_on.year - 1

    @property
    def operator(self) -> str:
        """The applicant's own code."""
        return normalise_credit_code(self.content["organisation"]["credit_code"])

    def rows(self, kind: str) -> list[Row]:
        """The rows of one list, empty when it was never begun."""
        return list(self.content["lists"].get(kind, ()))


def of_case(case: Case) -> list[Flag]:
    """Everything to ask about one application by itself, in the order of the contents."""
    checks = (_figures, _codes, _sizes, _own_codes, _phones, _staff, _dates)
    return [flag for check in checks for flag in check(case)]


def of_rows(
    case: Case, kind: str, of: str, wanted: Callable[[Row], bool], question: str, hint: str, *, joined: object = ""
) -> Iterator[Flag]:
    """One flag over all rows of a list that are ``wanted``; none when no row is. ``{n}`` in the question is their number.

    ``joined`` is what besides the rows makes the flag the one it is, such as the other application.
    """
    found = [(place, row) for place, row in enumerate(case.rows(of)) if wanted(row)]
    if found:
        yield Flag(
            kind, LIST, of, question.format(n=len(found)), hint, tuple(place for place, _ in found),
            tuple(str(row.get("name") or row.get("service") or "") for _, row in found),
            evidence=fingerprint([kind, of, str(joined), [dict(row) for _, row in found]]),
        )  # fmt: skip


def _figures(case: Case) -> Iterator[Flag]:
    for section, one in case.mismatches:
        computed = "无法计算" if one.computed is None else f"为 {one.computed}"
        yield Flag(
            "declared", SECTION, section, f"{one.label}填报 {one.declared}，按清单{computed}：以哪一个为准，差在哪里？",
            evidence=fingerprint([one.name, one.declared, one.computed]),
        )  # fmt: skip


def _codes(case: Case) -> Iterator[Flag]:
    for of in CODED:
        yield from of_rows(
            case, "credit_code", of, lambda row: not is_valid_credit_code(row["credit_code"]),
            "{n} 行的统一社会信用代码校验不符：是抄错，还是没有这家单位？", "信用代码校验不符",
        )  # fmt: skip
        yield from of_rows(
            case, "organisation_code", of, _disagrees,
            "{n} 行信用代码的第17位与组织机构代码校验不符（早期赋码也有此情况，仅供参考）：代码是否属实？", "代码第17位请核对",
        )  # fmt: skip


def _disagrees(row: Row) -> bool:
    return is_valid_credit_code(row["credit_code"]) and not organisation_code_agrees(row["credit_code"])


def _sizes(case: Case) -> Iterator[Flag]:
    yield from of_rows(
        case, "large", SERVED, lambda row: row["size"] == Size.LARGE,
        "{n} 行填为大型企业，不计入服务中小企业数：规模是否属实？", "大型企业，不计入",
    )  # fmt: skip
    yield from of_rows(
        case, "sole_trader", SERVED, _undeclared_sole_trader,
        "{n} 行的信用代码属个体工商户（92开头），规模填为企业，不计入：是企业还是个体工商户？", "代码属个体工商户",
    )  # fmt: skip


def _undeclared_sole_trader(row: Row) -> bool:
    return row["size"] != Size.SOLE_TRADER and normalise_credit_code(row["credit_code"]).startswith(SOLE_TRADER_PREFIX)


def _own_codes(case: Case) -> Iterator[Flag]:
    questions = {
        SERVED: "{n} 行服务企业就是申报单位自身，不计入：为什么列入？",
        INSTITUTIONS: "{n} 行签约机构就是申报单位自身，不计入：为什么列入？",
        FINANCING: "{n} 行融资企业就是申报单位自身：是否属于对外服务？",
    }
    for of, question in questions.items():
        yield from of_rows(
            case,
            "self",
            of,
            lambda row: normalise_credit_code(row["credit_code"]) == case.operator,
            question,
            "申报单位自身",
        )


def _phones(case: Case) -> Iterator[Flag]:
    holders: dict[str, set[str]] = defaultdict(set)
    for row in case.rows(SERVED):
        if phone := plain_phone(row.get("phone") or ""):
            holders[phone].add(row["credit_code"])
    yield from of_rows(
        case, "own_phone", SERVED, lambda row: plain_phone(row.get("phone") or "") in case.own_phones,
        "{n} 行服务企业的电话与申报单位人员的相同：能否联系到企业本身？", "电话与申报单位相同",
    )  # fmt: skip
    yield from of_rows(
        case, "repeated_phone", SERVED, lambda row: len(holders[plain_phone(row.get("phone") or "")]) > 1,
        "{n} 行不同的服务企业留了同一个电话：能否分别联系到？", "几家共用电话",
    )  # fmt: skip


def _staff(case: Case) -> Iterator[Flag]:
    """Twice by identity number; or by name where an identity number is missing to tell two persons apart."""
    rows = case.rows(STAFF)
    by_identity, by_name = _groups(rows, _identity), _groups(rows, _name)
    yield from of_rows(
        case, "staff_repeated", STAFF, lambda row: bool(_identity(row)) and len(by_identity[_identity(row)]) > 1,
        "{n} 行人员的身份证号重复，按一人计：是否重复填写？", "身份证号重复",
    )  # fmt: skip
    yield from of_rows(
        case, "staff_namesake", STAFF,
        lambda row: len(by_name[_name(row)]) > 1 and not all(_identity(one) for one in by_name[_name(row)]),
        "{n} 行人员同名，未全部填写身份证号：是同一人还是同名？", "同名",
    )  # fmt: skip


def _groups(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _identity(row: Row) -> str:
    return str(row.get("id_number") or "").upper()


def _name(row: Row) -> str:
    return "".join(str(row["name"]).split())


def _dates(case: Case) -> Iterator[Flag]:
    year = case.year
    yield from of_rows(
        case, "outside_year", ACTIVITIES, lambda row: not _in_year(row["held_on"], year),
        f"{{n}} 行活动不在{year}年内，不计入：日期是否正确？", f"不在{year}年",
    )  # fmt: skip
    yield from of_rows(
        case, "served_elsewhere", SERVED, lambda row: bool(row.get("served_on")) and not _in_year(row["served_on"], row["year"]),
        "{n} 行的服务日期不在所填的服务年度：按哪一年计？", "日期与年度不符",
    )  # fmt: skip
    yield from of_rows(
        case, "not_in_force", INSTITUTIONS, lambda row: not _in_force(row, case.closes_on),
        f"{{n}} 行协议在申报截止日{case.closes_on}不在有效期内，不计入：是否已续签？", "截止日不在有效期",
    )  # fmt: skip
    yield from of_rows(
        case, "outside_year", FINANCING, lambda row: not _in_year(row["arranged_on"], year),
        f"{{n}} 行融资不在{year}年内，不计入：日期是否正确？", f"不在{year}年",
    )  # fmt: skip
    yield from of_rows(
        case, "outside_year", SERVICES, lambda row: row["year"] != year,
        f"{{n}} 行服务量不是{year}年的，不计入：年度是否正确？", f"不是{year}年",
    )  # fmt: skip


def _in_year(day: str, year: int) -> bool:
    return date.fromisoformat(day).year == year


def _in_force(row: Row, on: date) -> bool:
    ends_on = date.fromisoformat(row["ends_on"]) if row.get("ends_on") else date.max
    return covers(date.fromisoformat(row["starts_on"]), ends_on, on)


def hints(flags: Iterable[Flag], of: str) -> dict[int, list[str]]:
    """For each flagged row of a list the short words beside it, each once."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for flag in flags:
        if (flag.part, flag.of) == (LIST, of):
            for place in flag.rows:
                found[place][flag.hint] = None
    return {place: list(words) for place, words in found.items()}
