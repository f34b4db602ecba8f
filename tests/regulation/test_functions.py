from dataclasses import replace
from decimal import Decimal

import pytest

from regulation import functions
from regulation.answers import Verdict
from regulation.eligibility import assess
from regulation.facts import FunctionFacts
from tests.regulation.cases import BARELY, PARAMETERS, answer_of, function

MET, NOT_MET, MISSING = Verdict.MET, Verdict.NOT_MET, Verdict.EVIDENCE_MISSING
YI = Decimal(100_000_000)


def test_the_ten_functions_stand_in_the_order_of_the_article():
    assert [rule.citation for rule in functions.FUNCTIONS.values()] == [f"8({number})" for number in range(1, 11)]


THRESHOLDS = [
    ("information", {"enterprises": 100, "activities": 5}, MET),
    ("information", {"enterprises": 99, "activities": 5}, NOT_MET),
    ("information", {"enterprises": 100, "activities": 4}, NOT_MET),
    ("technology", {"activities": 3}, MET),
    ("technology", {"activities": 2}, NOT_MET),
    ("startup", {"activities": 5}, MET),
    ("startup", {"activities": 4}, NOT_MET),
    ("training", {"person_times": 1000}, MET),
    ("training", {"person_times": 999}, NOT_MET),
    ("financing", {"activities": 6, "financed": 5 * YI}, MET),
    ("financing", {"activities": 6, "guaranteed": 15 * YI}, MET),
    ("financing", {"activities": 6, "financed": 5 * YI - 1, "guaranteed": 15 * YI - 1}, NOT_MET),
    ("financing", {"activities": 5, "financed": 5 * YI, "guaranteed": 15 * YI}, NOT_MET),
    ("financing", {"activities": 6}, MISSING),
    ("consulting", {"activities": 3}, MET),
    ("consulting", {"activities": 2}, NOT_MET),
    ("market", {"activities": 3}, MET),
    ("market", {"activities": 2}, NOT_MET),
    ("digital", {"activities": 3}, MET),
    ("digital", {"activities": 2}, NOT_MET),
    ("green", {"activities": 3}, MET),
    ("green", {"activities": 2}, NOT_MET),
    ("talent", {"activities": 3}, MET),
    ("talent", {"activities": 2}, NOT_MET),
    ("talent", {}, MISSING),
]


@pytest.mark.parametrize(("key", "figures", "verdict"), THRESHOLDS)
def test_a_function_meets_its_yearly_threshold(key, figures, verdict):
    assert functions.answer(key, function(key, **figures), PARAMETERS).verdict is verdict


@pytest.mark.parametrize("key", ["information", "technology", "startup", "training", "green"])
def test_a_function_without_evidence_of_its_preconditions_stays_open(key):
    plenty = FunctionFacts(enterprises=500, activities=50, person_times=5000)
    assert functions.answer(key, plenty, PARAMETERS).verdict is MISSING


def test_the_other_reading_of_the_financing_threshold_is_pointed_out():
    judged = functions.answer("financing", function("financing", activities=5, guaranteed=15 * YI), PARAMETERS)
    assert judged.verdict is NOT_MET
    assert judged.findings[1].note == "若将担保额作为独立条件理解则达标，请主管部门注意条文的另一种读法"


def two(first: FunctionFacts, second: FunctionFacts | None = None) -> Verdict:
    declared = {"consulting": first} | ({"market": second} if second else {})
    return answer_of("several_or_distinctive", functions=declared).verdict


GOOD, BAD, OPEN = FunctionFacts(activities=3), FunctionFacts(activities=2), FunctionFacts()


def test_two_functions_met_are_several():
    assert two(GOOD, GOOD) is MET


def test_one_function_met_is_enough_only_when_declared_distinctive():
    assert two(GOOD) is NOT_MET
    assert two(replace(GOOD, distinctive=True)) is MET


def test_a_distinctive_function_that_misses_its_threshold_does_not_qualify():
    assert two(replace(BAD, distinctive=True), GOOD) is NOT_MET


def test_a_missed_function_never_sinks_an_application_that_qualifies_through_others():
    declared = {"consulting": GOOD, "market": GOOD, "training": function("training", person_times=10)}
    assessment = assess(replace(BARELY, functions=declared), PARAMETERS)
    assert assessment.overall is MET
    assert next(item for item in assessment.functions if item.key == "training").verdict is NOT_MET


def test_functions_still_open_leave_the_question_open_only_while_they_could_decide_it():
    assert two(GOOD, OPEN) is MISSING
    assert two(BAD, OPEN) is NOT_MET
    assert two(BAD, replace(OPEN, distinctive=True)) is MISSING


def test_no_function_declared_is_a_gap_and_not_a_failure():
    answer = answer_of("several_or_distinctive", functions={})
    assert (answer.verdict, answer.article_label) == (MISSING, "第八条")


def test_an_unknown_function_is_refused():
    with pytest.raises(ValueError, match="luck"):
        assess(replace(BARELY, functions={"luck": GOOD}), PARAMETERS)
