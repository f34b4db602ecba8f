"""Conflicts of interest between a reviewer and a case, found in what the applicant filed (default, within three years).

Pure functions over plain data. A *certain* conflict (same body by credit code or name) shuts the person out; a *possible* one
(only the same personal name) is shown to the officer, who decides with a reason.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from regulation.identifiers import normalise_credit_code

Row = Mapping[str, Any]

DECLARATION = (
    "在申报单位任职、兼职，或三年内曾任职、兼职",
    "所在单位与申报单位为同一单位，或有隶属、投资、合同合作关系",
    "所在单位是申报单位的签约服务机构，或是其申报的服务对象",
    "担任申报单位的创业导师、顾问，或列入其专职服务人员名单",
    "与申报单位负责人、主要管理人员有近亲属关系",
    "三年内与申报单位有经济往来，或参与过其申报材料的编制",
    "其他可能影响公正评审的情形",
)


@dataclass(frozen=True)
class Person:
    """Who is to review: the name, and the employer as far as the pool knows it."""

    name: str
    employer: str = ""
    employer_code: str = ""


class Kind(StrEnum):
    """How a person and an applicant are related."""

    MEMBER = "member"
    CONTRACTOR = "contractor"
    CLIENT = "client"
    NAMESAKE = "namesake"


@dataclass(frozen=True)
class Conflict:
    """One reason against a person on a case."""

    kind: Kind
    text: str

    @property
    def certain(self) -> bool:
        """Whether it excludes by itself; a shared personal name is only shown."""
        return self.kind is not Kind.NAMESAKE


def between(person: Person, content: Mapping[str, Any], *, since: date) -> tuple[Conflict, ...]:
    """Every conflict that the frozen version shows; relations that ended before ``since`` no longer count."""
    lists = content.get("lists", {})
    return (
        *_employed(person, content["organisation"]),
        *_contracted(person, lists.get("institutions", ()), since),
        *_served(person, lists.get("served", ()), since),
        *_listed(person, lists.get("staff", ())),
    )


def belongs(person: Person, organisation: Row) -> bool:
    """Whether the person works for the applicant, by credit code or, where none is known, by name."""
    return _same_body(person, organisation)


def _employed(person: Person, organisation: Row) -> Iterator[Conflict]:
    if belongs(person, organisation):
        yield Conflict(Kind.MEMBER, "工作单位即申报单位")
    if _plain(person.name) == _plain(organisation.get("legal_representative")):
        yield Conflict(Kind.NAMESAKE, "与申报单位法定代表人同名")


def _contracted(person: Person, rows: Iterable[Row], since: date) -> Iterator[Conflict]:
    if any(_same_body(person, row) and not _ended(row.get("ends_on"), since) for row in rows):
        yield Conflict(Kind.CONTRACTOR, "工作单位是申报单位的签约服务机构")


def _served(person: Person, rows: Iterable[Row], since: date) -> Iterator[Conflict]:
    if any(_same_body(person, row) and int(row.get("year") or since.year) >= since.year for row in rows):
        yield Conflict(Kind.CLIENT, "工作单位是申报单位的服务对象")


def _listed(person: Person, rows: Iterable[Row]) -> Iterator[Conflict]:
    named = [row for row in rows if _plain(row.get("name")) == _plain(person.name)]
    if any(row.get("is_mentor") for row in named):
        yield Conflict(Kind.NAMESAKE, "与申报单位创业导师同名")
    elif named:
        yield Conflict(Kind.NAMESAKE, "与申报单位服务人员同名")


def _same_body(person: Person, body: Row) -> bool:
    code = normalise_credit_code(str(body.get("credit_code") or ""))
    if person.employer_code and code:
        return normalise_credit_code(person.employer_code) == code
    return bool(person.employer) and _plain(person.employer) == _plain(body.get("name"))


def _ended(day: object, since: date) -> bool:
    return bool(day) and date.fromisoformat(str(day)) < since


@lru_cache(maxsize=1 << 16)
def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split()).casefold()
