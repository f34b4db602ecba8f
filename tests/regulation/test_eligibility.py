import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from regulation import facts_json
from regulation.answers import Verdict
from regulation.eligibility import assess
from regulation.facts import Facts, Mismatch
from tests.regulation.cases import BARELY, PARAMETERS, function


def test_a_case_at_every_threshold_is_eligible():
    assert assess(BARELY, PARAMETERS).overall is Verdict.MET


def test_before_the_district_acts_a_good_case_is_open_and_never_failed():
    assessment = assess(replace(BARELY, recommended=None), PARAMETERS)
    assert assessment.overall is Verdict.NOT_YET_KNOWN
    assert [answer.key for answer in assessment.answers if answer.verdict is not Verdict.MET] == ["recommended"]


def test_one_failed_condition_fails_the_case_whatever_else_is_missing():
    assessment = assess(replace(BARELY, full_time_staff=14, qualified_staff=14, smes_last_year=None), PARAMETERS)
    assert assessment.overall is Verdict.NOT_MET


def test_an_empty_case_is_full_of_gaps_but_nothing_has_failed():
    assessment = assess(Facts(), PARAMETERS)
    assert assessment.overall is Verdict.EVIDENCE_MISSING
    assert Verdict.NOT_MET not in {answer.verdict for answer in assessment.answers}
    assert len(assessment.functions) == 10
    assert {item.verdict for item in assessment.functions} == {None}
    assert len(assessment.missing) == len(set(assessment.missing)) > 20


def test_declared_figures_that_differ_from_the_lists_are_flagged_and_the_list_is_used():
    facts = replace(BARELY, smes_last_year=99, declared={"smes_last_year": 120, "specialised_smes": 3})
    assessment = assess(facts, PARAMETERS)
    assert assessment.mismatches == (Mismatch("smes_last_year", "上年度服务中小企业数（家）", 120, 99),)
    assert assessment.overall is Verdict.NOT_MET


def test_an_assessment_can_be_frozen_as_json():
    frozen = json.loads(json.dumps(assess(replace(BARELY, declared={"full_time_staff": 20}), PARAMETERS).as_json()))
    assert frozen["overall"] == "met"
    assert frozen["conditions"][2]["article"] == "第七条第（三）项"
    assert frozen["mismatches"][0]["declared"] == 20


def test_facts_survive_json_exactly():
    declared = {"financing": function("financing", activities=6, financed=Decimal("500000000.01"), distinctive=True)}
    facts = replace(BARELY, functions={**BARELY.functions, **declared}, declared={"full_time_staff": 20})
    assert facts_json.from_json(json.loads(json.dumps(facts_json.to_json(facts)))) == facts
    assert facts_json.from_json(facts_json.to_json(Facts())) == Facts()


def test_a_case_is_judged_by_the_parameters_its_call_pinned():
    strict = replace(PARAMETERS, several_functions=3)
    assert assess(BARELY, PARAMETERS).several_or_distinctive.verdict is Verdict.MET
    assert assess(BARELY, strict).several_or_distinctive.verdict is Verdict.NOT_MET


def test_a_leap_day_platform_is_judged_on_28_february():
    facts = replace(BARELY, platform_started_on=date(2026, 2, 28), closes_on=date(2028, 2, 29))
    assert assess(facts, PARAMETERS).conditions[1].verdict is Verdict.MET
