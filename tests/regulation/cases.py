"""A case that meets every condition exactly at its threshold; tests move one figure at a time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from regulation import parameters
from regulation.answers import Answer, Finding
from regulation.claims import CLAIMS, Claim
from regulation.eligibility import assess
from regulation.facts import Facts, FunctionFacts
from regulation.functions import FUNCTIONS

PARAMETERS = parameters.at(date(2026, 11, 23))
SHOWN = Claim(stated=True, evidenced=True)


def function(key: str, **figures: object) -> FunctionFacts:
    """A declared function with every precondition shown."""
    shown = {item.key: SHOWN for item in FUNCTIONS[key].preconditions}
    return replace(FunctionFacts(preconditions=shown), **figures)


BARELY = Facts(
    closes_on=date(2026, 11, 30),
    claims=dict.fromkeys(CLAIMS, SHOWN),
    recommended=True,
    platform_started_on=date(2024, 11, 30),
    total_assets=Decimal("2000000.00"),
    smes_last_year=110,
    smes_year_before=100,
    smes_two_years_before=90,
    sole_traders_last_year=0,
    specialised_smes=3,
    satisfaction=Fraction(4, 5),
    total_services=100,
    free_services=15,
    low_fee_services=5,
    service_unit="次",
    full_time_staff=15,
    qualified_staff=12,
    institutions_in_force=3,
    functions={
        "technology": function("technology", activities=3),
        "consulting": function("consulting", activities=3),
    },
)


def answer_of(key: str, **changes: object) -> Answer:
    """The answer with this key for the barely passing case with some figures changed."""
    answers = assess(replace(BARELY, **changes), PARAMETERS).answers
    return next(answer for answer in answers if answer.key == key)


def finding_of(answer_key: str, finding_key: str, **changes: object) -> Finding:
    """One finding of that answer."""
    return next(finding for finding in answer_of(answer_key, **changes).findings if finding.key == finding_key)
