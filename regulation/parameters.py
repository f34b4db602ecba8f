"""Every number of the law, dated, with its article or the basis of the default.

``at(day)`` gives the values in force on a date. A call pins them (``pin``) when it opens and keeps judging by them
(``from_pin``), whatever changes later. An official may change a default from a date on by further ``Rule`` rows;
a value fixed by an article changes only with the regulation itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from regulation.articles import RevisionUnknown, revision_in_force
from regulation.rules import DEFAULT, RULES, Rule, Value

__all__ = ["DEFAULT", "RULES", "Parameters", "Rule", "Value", "at", "from_pin"]


@dataclass(frozen=True)
class Parameters:
    """The values in force on one date, and the rules they come from.

    Shares are exact fractions, money is Decimal yuan, counts are integers; terms are in the unit their name says.
    """

    on: date
    revision: str
    rules: tuple[Rule, ...]

    # Art. 7
    platform_years: int
    min_assets: Decimal
    min_smes: int
    min_specialised: int
    min_satisfaction: Fraction
    min_growth: Fraction
    growth_reading: str
    min_public_share: Fraction
    min_staff: int
    min_qualified_share: Fraction
    min_institutions: int
    # Art. 8
    several_functions: int
    distinctive_functions: int
    information_enterprises: int
    information_activities: int
    technology_activities: int
    startup_activities: int
    training_person_times: int
    financing_activities: int
    financing_amount: Decimal
    financing_guarantees: Decimal
    consulting_activities: int
    market_activities: int
    digital_activities: int
    green_activities: int
    talent_activities: int
    # Art. 9
    min_cases: int
    max_cases: int
    # Art. 10, 11
    calls_per_year: int
    accept_workdays: int
    correction_workdays: int
    intake_workdays: int
    sample_share: Fraction
    min_valid_share: Fraction
    reserve_share: Fraction
    # Art. 12, 13
    experts_per_case: int
    conflict_years: int
    recommendation_floor: Decimal
    min_inspectors: int
    clarification_workdays: int
    # Art. 14
    notice_workdays: int
    notice_start_workdays: int
    objections_per_day_per_ip: int
    lookup_failures_per_day_per_ip: int
    objection_intake_workdays: int
    objection_workdays: int
    claim_workdays: int
    claims_per_day_per_ip: int
    # Art. 16-20
    title_years: int
    title_end_rule: str
    platform_report_month: int
    district_report_month: int
    reminder_days: str
    evaluation_workdays: int
    rectification_workdays: int
    recheck_workdays: int
    activity_reminder_days: str
    follow_up_reminder_days: str
    unexcused_absences: int
    ban_years: int
    reply_workdays: int
    plaque_return_workdays: int
    reconsideration_days: int
    litigation_months: int
    change_filing_workdays: int
    change_check_workdays: int
    # Art. 21
    complaints_per_day_per_ip: int
    complaint_intake_workdays: int
    complaint_workdays: int

    def rule(self, name: str) -> Rule:
        """The row a value comes from. Raises KeyError for an unknown name."""
        return {rule.name: rule for rule in self.rules}[name]

    def as_rows(self) -> tuple[Rule, ...]:
        """Every rule in force in the order of the regulation, for display with label, article and basis."""
        return self.rules

    def pin(self) -> dict[str, Any]:
        """A JSON-serialisable copy that ``from_pin`` turns back into an equal object."""
        return {"on": self.on.isoformat(), "revision": self.revision, "rules": [rule.as_json() for rule in self.rules]}


VALUE_NAMES = tuple(field.name for field in fields(Parameters) if field.name not in {"on", "revision", "rules"})


def at(day: date, changes: Iterable[Rule] = ()) -> Parameters:
    """The parameters in force on a date.

    ``changes`` are rules an official has entered; they may replace defaults only. Raises ValueError when a change
    touches a value fixed by an article, and RevisionUnknown before 8 October 2022 (the numbers of the 2018 text
    are not held).
    """
    entered = tuple(changes)
    return _changed(day, entered) if entered else _of_the_table(day)


@lru_cache(maxsize=64)
def _of_the_table(day: date) -> Parameters:
    return _changed(day, ())


def _changed(day: date, entered: tuple[Rule, ...]) -> Parameters:
    revision = revision_in_force(day)
    if not revision.articles:
        raise RevisionUnknown(f"{revision.document_number}的条文数值未收录，不能按其计算；请以当年批准文件所载为准")
    for change in entered:
        _refuse_unlawful(change)
    rules = tuple(_in_force(name, day, RULES + entered) for name in VALUE_NAMES)
    return _build(day, revision.key, rules)


def from_pin(pin: Mapping[str, Any]) -> Parameters:
    """The parameters a call pinned. Raises ValueError when the pin names an unknown value.

    A value that did not exist yet when the pin was written is taken from the table as of the pin's date.
    """
    day = date.fromisoformat(pin["on"])
    rules = {row["name"]: Rule.from_json(row) for row in pin["rules"]}
    unknown = sorted(set(rules) - set(VALUE_NAMES))
    if unknown:
        raise ValueError(f"固定的参数含未知名称：{'、'.join(unknown)}")
    ordered = tuple(rules.get(name) or _in_force(name, day, RULES) for name in VALUE_NAMES)
    return _build(day, pin["revision"], ordered)


def _in_force(name: str, day: date, rules: Iterable[Rule]) -> Rule:
    # Of two rules from the same day the one entered later holds: max keeps the first, so compare on position too.
    candidates = [(rule.since, position, rule) for position, rule in enumerate(rules) if rule.name == name]
    started = [candidate for candidate in candidates if candidate[0] <= day]
    return max(started, key=lambda candidate: candidate[:2])[2]


def _refuse_unlawful(change: Rule) -> None:
    current = next((rule for rule in RULES if rule.name == change.name), None)
    if current is None:
        raise ValueError(f"没有名为“{change.name}”的参数")
    if not current.is_default:
        raise ValueError(f"“{current.label}”由{current.article_label}规定，只能随办法修订，不能单独调整")
    if type(change.value) is not type(current.value):
        raise ValueError(f"“{current.label}”的数值类型应与现行一致")


def _build(day: date, revision: str, rules: tuple[Rule, ...]) -> Parameters:
    values: dict[str, Any] = {rule.name: rule.value for rule in rules}
    return Parameters(on=day, revision=revision, rules=rules, **values)
