from dataclasses import replace
from decimal import Decimal

import pytest

from regulation import functions
from regulation.answers import Verdict
from regulation.eligibility import assess
from regulation.facts import FunctionFacts
from tests.regulation.cases import BARELY, PARAMETERS, function

MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
YI = Decimal(100_000_000)
GOOD = FunctionFacts(activities=3)


def test_the_ten_functions_stand_in_the_order_of_the_article():
    assert [rule.citation for rule in functions.FUNCTIONS.values()] == [f"8({number})" for number in range(1, 11)]


def test_the_other_reading_of_the_financing_threshold_is_pointed_out():
    judged = functions.answer("financing", function("financing", activities=5, guaranteed=15 * YI), PARAMETERS)
    assert judged.verdict is NOT_MET
    assert judged.findings[1].note == "若将担保额作为独立条件理解则达标，请主管部门注意条文的另一种读法"


def test_a_missed_function_never_sinks_an_application_that_qualifies_through_others():
    declared = {"consulting": GOOD, "market": GOOD, "training": function("training", person_times=10)}
    assessment = assess(replace(BARELY, functions=declared), PARAMETERS)
    assert assessment.overall is MET
    assert next(item for item in assessment.functions if item.key == "training").verdict is NOT_MET


def test_an_unknown_function_is_refused():
    with pytest.raises(ValueError, match="luck"):
        assess(replace(BARELY, functions={"luck": GOOD}), PARAMETERS)
