"""The lists an applicant imports, as plain rows: served enterprises, staff, institutions, activities, money, volume."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A closed list whose members people know by their Chinese label."""

    @property
    def label(self) -> str:
        """The Chinese word."""
        raise NotImplementedError

    @classmethod
    def from_label(cls, text: str) -> Self:
        """The member with this Chinese label, spaces ignored. ValueError lists what may be written."""
        wanted = "".join(text.split())
        for member in cls:
            if member.label == wanted:
                return member
        raise ValueError(f"请填写{'、'.join(member.label for member in cls)}之一，现为“{text}”")


class Size(Labelled):
    """规模: large enterprises and sole traders are served too, but are not SMEs of Art. 7(3)."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"
    SOLE_TRADER = "sole_trader"

    @property
    def label(self) -> str:
        """大型, 中型, 小型, 微型 or 个体工商户."""
        names = {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型", "sole_trader": "个体工商户"}
        return names[self]


class Degree(Labelled):
    """学历."""

    BELOW_BACHELOR = "below_bachelor"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"

    @property
    def label(self) -> str:
        """大专及以下, 本科, 硕士 or 博士."""
        return {"below_bachelor": "大专及以下", "bachelor": "本科", "master": "硕士", "doctor": "博士"}[self]


class ProfessionalTitle(Labelled):
    """职称等级; 中级 and above qualify under Art. 7(6)."""

    NONE = "none"
    JUNIOR = "junior"
    MIDDLE = "middle"
    ASSOCIATE_SENIOR = "associate_senior"
    SENIOR = "senior"

    @property
    def label(self) -> str:
        """无, 初级, 中级, 副高级 or 正高级."""
        names = {"none": "无", "junior": "初级", "middle": "中级", "associate_senior": "副高级", "senior": "正高级"}
        return names[self]


class Charge(Labelled):
    """收费方式 of a service."""

    FREE = "free"
    LOW_FEE = "low_fee"
    PAID = "paid"

    @property
    def label(self) -> str:
        """公益性, 低收费 or 市场化."""
        return {"free": "公益性", "low_fee": "低收费", "paid": "市场化"}[self]


@dataclass(frozen=True)
class ServedRow:
    """One enterprise served in one calendar year; ``functions`` are the keys of Art. 8 it was served under."""

    credit_code: str
    name: str
    year: int
    size: Size = Size.SMALL
    specialised: bool = False
    functions: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffRow:
    """One person of the roster; ``identity`` is whatever tells two persons apart (a keyed hash of the ID number)."""

    name: str
    identity: str
    full_time: bool
    degree: Degree = Degree.BELOW_BACHELOR
    title: ProfessionalTitle = ProfessionalTitle.NONE

    @property
    def qualified(self) -> bool:
        """Bachelor's degree or above, or a mid-level title or above (Art. 7(6))."""
        return self.degree is not Degree.BELOW_BACHELOR or self.title not in (
            ProfessionalTitle.NONE,
            ProfessionalTitle.JUNIOR,
        )


@dataclass(frozen=True)
class InstitutionRow:
    """A contracted professional service institution; both dates inclusive, no end means until further notice."""

    credit_code: str
    name: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class ActivityRow:
    """One service activity; ``function`` is a key of Art. 8, ``participants`` are person-times."""

    function: str
    name: str
    held_on: date
    participants: int = 0


@dataclass(frozen=True)
class FinanceRow:
    """Money brought to one SME on one day: financing or, when ``guarantee``, a new guarantee; amount in yuan.

    Rows that agree in everything are the same money.
    """

    credit_code: str
    arranged_on: date
    amount: Decimal
    guarantee: bool = False
    provider: str = ""
    product: str = ""


@dataclass(frozen=True)
class ServiceRow:
    """Service volume of one year and one kind of charge, in the stated unit (次, 人次, 小时…)."""

    year: int
    quantity: int
    unit: str
    charge: Charge
