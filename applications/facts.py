"""From an application to the plain facts the rules judge: ticks and amounts from the sections, figures from the lists."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from applications import evidence
from applications.drafts import Draft, closing_day, draft_of
from applications.function_figures import compared
from applications.models import Application
from applications.schema import BY_KEY, FORM, YES
from regulation import facts_json
from regulation.claims import CLAIMS, Claim
from regulation.eligibility import Assessment, assess
from regulation.facts import DECLARED_LABELS, Facts, FunctionFacts, Mismatch, mismatches
from regulation.from_lists import Computed, Lists, compute
from regulation.functions import FUNCTIONS
from regulation.problems import Problem
from regulation.rows import (
    ActivityRow,
    Charge,
    Degree,
    FinanceRow,
    InstitutionRow,
    ProfessionalTitle,
    ServedRow,
    ServiceRow,
    Size,
    StaffRow,
)
from regulation.wording import share_of_percent

__all__ = ["FORM", "assess_draft", "closing_day", "computed_of", "declared_mismatches", "facts_of", "problems_of"]

_DECLARED_IN = {
    "smes_last_year": "service",
    "smes_year_before": "service",
    "smes_two_years_before": "service",
    "specialised_smes": "service",
    "total_services": "service",
    "free_services": "service",
    "low_fee_services": "service",
    "full_time_staff": "management",
    "qualified_staff": "management",
    "institutions_in_force": "resources",
}


def facts_of(application: Application) -> Facts:
    """The facts as they stand in the draft now."""
    return computed_of(draft_of(application)).facts


def computed_of(draft: Draft) -> Computed:
    """Facts with every figure computed from the lists, the sampling frame, and what people must look at, by row number."""
    application = draft.application
    computed = compute(
        _declared(draft),
        lists_of(draft.rows),
        closes_on=draft.closes_on,
        operator_code=application.organisation.credit_code,
    )
    return replace(computed, problems=tuple(_numbered(draft, problem) for problem in computed.problems))


def _numbered(draft: Draft, problem: Problem) -> Problem:
    """The problem with the numbers the rows bear on the page, which have gaps where rows were deleted."""
    rows = draft.rows.get(problem.source)
    return replace(problem, rows=tuple(rows[row - 1]["position"] for row in problem.rows)) if rows else problem


def assess_draft(draft: Draft, computed: Computed | None = None) -> Assessment:
    """The eligibility answer by the parameters the call has pinned, with the rows that do not count."""
    computed = computed or computed_of(draft)
    return assess(computed.facts, draft.application.call.parameters).with_rows(computed.problems)


def problems_of(content: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What people must look at in the lists of a frozen content, rows counted from 1 as 附件1 prints them."""
    facts = facts_json.from_json(content["facts"])
    assert facts.closes_on  # no version is frozen without it
    code = content["organisation"]["credit_code"]
    return compute(facts, lists_of(content["lists"]), closes_on=facts.closes_on, operator_code=code).problems


def declared_mismatches(functions: Mapping[str, str], facts: Facts) -> tuple[Mismatch, ...]:
    """Every declared figure that differs from the computed one: those of Art. 7, then those of the functions (Art. 8).

    ``functions`` are the raw texts of the section of that name, of a draft or of a frozen version.
    """
    found = list(mismatches(facts))
    for one in compared(functions, facts.functions):
        if one.declared != one.listed:
            found.append(Mismatch(one.key, one.label, one.declared, one.listed))
    return tuple(found)


def mismatches_of(content: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    """``declared_mismatches`` of a frozen content."""
    return declared_mismatches(content["sections"].get("functions", {}), facts_json.from_json(content["facts"]))


def lists_of(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Lists:
    """The rows of the lists as the rules read them, from a draft or from a frozen version."""
    return Lists(
        served=tuple(
            ServedRow(
                r["credit_code"], r["name"], r["year"], Size(r["size"]), r["is_specialised"], tuple(r["functions"])
            )
            for r in rows.get("served", ())
        ),
        staff=tuple(
            StaffRow(
                r["name"],
                r["id_number"],
                r["is_full_time"],
                Degree(r["education"]),
                ProfessionalTitle(r["professional_title"]),
            )
            for r in rows.get("staff", ())
        ),
        institutions=tuple(
            InstitutionRow(r["credit_code"], r["name"], _day(r["starts_on"]), _day(r["ends_on"] or None))
            for r in rows.get("institutions", ())
        ),
        activities=tuple(
            ActivityRow(r["function"], r["name"], _day(r["held_on"]), r["participants"])
            for r in rows.get("activities", ())
        ),
        finance=tuple(
            FinanceRow(
                r["credit_code"], _day(r["arranged_on"]), Decimal(r["amount"]), r["is_guarantee"], r["provider"],
                r["product"],
            )
            for r in rows.get("financing", ())
        ),
        services=tuple(
            ServiceRow(r["year"], r["quantity"], r["unit"], Charge(r["charge"])) for r in rows.get("services", ())
        ),
    )  # fmt: skip


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _declared(draft: Draft) -> Facts:
    service = draft.data("service")
    percent = _value(service, "service", "satisfaction")
    return Facts(
        claims=_claims(draft),
        platform_started_on=_value(draft.data("identity"), "identity", "started_on"),
        total_assets=_value(draft.data("finance"), "finance", "total_assets"),
        satisfaction=None if percent is None else share_of_percent(percent),
        service_unit=service.get("service_unit", "").strip(),
        functions={key: _function(draft, key) for key in draft.functions},
        declared=_figures(draft),
    )


def _figures(draft: Draft) -> dict[str, int]:
    found = {}
    for name in DECLARED_LABELS:
        section = _DECLARED_IN.get(name)
        value = _value(draft.data(section), section, name) if section else None
        if value is not None:
            found[name] = value
    return found


def _claims(draft: Draft) -> dict[str, Claim]:
    found = {}
    for section in BY_KEY.values():
        for field in section.fields:
            if field.claim and field.key in CLAIMS:
                stated = _value(draft.data(section.key), section.key, field.key)
                found[field.key] = Claim(stated, evidence.shown(draft, field.key))
    if draft.says_yes("finance", "abnormal") or draft.says_yes("finance", "dishonest"):
        found["good_credit"] = Claim(False, found["good_credit"].evidenced)
    return found


def _function(draft: Draft, key: str) -> FunctionFacts:
    data = draft.data("functions")
    return FunctionFacts(
        distinctive=data.get(f"{key}.distinctive") == YES,
        preconditions={
            item.key: Claim(_value(data, "functions", f"{key}.{item.key}"), evidence.shown(draft, f"{key}.{item.key}"))
            for item in FUNCTIONS[key].preconditions
        },
    )


def _value(data: Mapping[str, str], section: str, key: str) -> Any:
    return BY_KEY[section].field(key).value(data.get(key, ""))
