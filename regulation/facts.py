"""All figures Art. 7 and 8 ask for, as one plain frozen object. None means unknown, never zero.

The figures are those computed from the lists (``regulation.figures``); what the applicant declared is kept apart in
``declared`` and is only compared, never judged. The one exception is satisfaction, declared by its nature until the
district's sample closes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from regulation.claims import Claim


@dataclass(frozen=True)
class FunctionFacts:
    """One declared service function in the last calendar year; amounts in yuan."""

    distinctive: bool = False
    enterprises: int | None = None
    activities: int | None = None
    person_times: int | None = None
    financed: Decimal | None = None
    guaranteed: Decimal | None = None
    preconditions: Mapping[str, Claim] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """The case before the rules. Dates are inclusive, money in yuan, shares exact fractions between 0 and 1."""

    closes_on: date | None = None
    claims: Mapping[str, Claim] = field(default_factory=dict)
    # Art. 7(1)
    recommended: bool | None = None
    # Art. 7(2)
    platform_started_on: date | None = None
    total_assets: Decimal | None = None
    # Art. 7(3)
    smes_last_year: int | None = None
    smes_year_before: int | None = None
    smes_two_years_before: int | None = None
    sole_traders_last_year: int | None = None
    specialised_smes: int | None = None
    satisfaction: Fraction | None = None
    sampled_satisfaction: Fraction | None = None
    growth_decision: bool | None = None
    # Art. 7(5)
    total_services: int | None = None
    free_services: int | None = None
    low_fee_services: int | None = None
    service_unit: str = ""
    # Art. 7(6)
    full_time_staff: int | None = None
    qualified_staff: int | None = None
    # Art. 7(7)
    institutions_in_force: int | None = None
    # Art. 8
    functions: Mapping[str, FunctionFacts] = field(default_factory=dict)
    # What the applicant wrote in the form, by the same names as above.
    declared: Mapping[str, int] = field(default_factory=dict)

    @property
    def public_share(self) -> Fraction | None:
        """Free and low-fee services in all services of last year (Art. 7(5)); None unless all three are known."""
        if self.free_services is None or self.low_fee_services is None:
            return None
        return _share(self.free_services + self.low_fee_services, self.total_services)

    @property
    def qualified_share(self) -> Fraction | None:
        """Qualified staff in all full-time staff (Art. 7(6)); None unless both are known."""
        return _share(self.qualified_staff, self.full_time_staff)


def _share(part: int | None, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(part, whole)


@dataclass(frozen=True)
class Mismatch:
    """A declared figure that differs from the one computed from the lists; people decide, the rules use the list."""

    name: str
    label: str
    declared: int | Decimal
    computed: int | Decimal | None


DECLARED_LABELS = {
    "smes_last_year": "上年度服务中小企业数（家）",
    "smes_year_before": "前一年度服务中小企业数（家）",
    "smes_two_years_before": "再前一年度服务中小企业数（家）",
    "specialised_smes": "“专精特新”中小企业数（家）",
    "total_services": "总服务量",
    "free_services": "公益性服务量",
    "low_fee_services": "低收费服务量",
    "full_time_staff": "专职服务人员数（人）",
    "qualified_staff": "本科及以上学历或中级及以上职称人员数（人）",
    "institutions_in_force": "签约专业服务机构数（家）",
}


def mismatches(facts: Facts) -> tuple[Mismatch, ...]:
    """Every declared figure that is not exactly the computed one, in the order of the regulation."""
    return tuple(
        Mismatch(name, label, facts.declared[name], getattr(facts, name))
        for name, label in DECLARED_LABELS.items()
        if name in facts.declared and facts.declared[name] != getattr(facts, name)
    )
