from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from regulation.answers import Verdict
from regulation.claims import CLAIMS, Claim
from regulation.eligibility import assess
from tests.regulation.cases import BARELY, PARAMETERS, answer_of, finding_of

MET, NOT_MET, MISSING, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.EVIDENCE_MISSING, Verdict.NOT_YET_KNOWN


def test_exactly_at_every_threshold_all_eight_conditions_are_met():
    answers = assess(BARELY, PARAMETERS).conditions
    assert [(answer.article_label, answer.verdict) for answer in answers] == [
        (f"第七条第（{number}）项", MET) for number in "一二三四五六七八"
    ]


@pytest.mark.parametrize(("recommended", "verdict"), [(None, UNKNOWN), (True, MET), (False, NOT_MET)])
def test_the_recommendation_is_unknown_until_the_district_acts(recommended, verdict):
    assert answer_of("recommended", recommended=recommended).verdict is verdict


@pytest.mark.parametrize(
    ("started", "closes", "verdict"),
    [
        (date(2024, 11, 30), date(2026, 11, 30), MET),
        (date(2024, 12, 1), date(2026, 11, 30), NOT_MET),
        (date(2024, 2, 29), date(2026, 2, 28), MET),
        (date(2024, 2, 29), date(2026, 2, 27), NOT_MET),
        (None, date(2026, 11, 30), MISSING),
        (date(2024, 11, 30), None, UNKNOWN),
    ],
)
def test_a_platform_is_two_years_old_on_the_corresponding_day(started, closes, verdict):
    finding = finding_of("operator", "platform_years", platform_started_on=started, closes_on=closes)
    assert finding.verdict is verdict


# Each row: answer, finding, changed facts, verdict. The threshold itself is always enough.
THRESHOLDS = [
    ("operator", "min_assets", {"total_assets": Decimal("2000000.00")}, MET),
    ("operator", "min_assets", {"total_assets": Decimal("1999999.99")}, NOT_MET),
    ("operator", "min_assets", {"total_assets": None}, MISSING),
    ("performance", "min_smes", {"smes_last_year": 100}, MET),
    ("performance", "min_smes", {"smes_last_year": 99}, NOT_MET),
    ("performance", "min_smes", {"smes_last_year": None}, MISSING),
    ("performance", "min_smes", {"smes_last_year": 0}, NOT_MET),
    ("performance", "min_specialised", {"specialised_smes": 3}, MET),
    ("performance", "min_specialised", {"specialised_smes": 2}, NOT_MET),
    ("performance", "min_satisfaction", {"satisfaction": Fraction(796, 1000)}, NOT_MET),
    ("performance", "min_satisfaction", {"satisfaction": Fraction(79999, 100000)}, NOT_MET),
    ("performance", "min_satisfaction", {"satisfaction": Fraction(80, 100)}, MET),
    ("performance", "min_satisfaction", {"satisfaction": None}, MISSING),
    ("performance", "min_growth", {"smes_last_year": 110, "smes_year_before": 100}, MET),
    ("performance", "min_growth", {"smes_last_year": 109, "smes_year_before": 100}, NOT_MET),
    ("performance", "min_growth", {"smes_last_year": 120, "smes_year_before": 110}, NOT_MET),
    ("performance", "min_growth", {"smes_last_year": 121, "smes_year_before": 110}, MET),
    ("performance", "min_growth", {"smes_year_before": None}, MISSING),
    ("rules_and_charges", "min_public_share", {"free_services": 20, "low_fee_services": 0}, MET),
    ("rules_and_charges", "min_public_share", {"free_services": 19, "low_fee_services": 0}, NOT_MET),
    ("rules_and_charges", "min_public_share", {"free_services": 90, "low_fee_services": 20}, MISSING),
    ("rules_and_charges", "min_public_share", {"total_services": 0}, MISSING),
    ("rules_and_charges", "min_public_share", {"low_fee_services": None}, MISSING),
    ("rules_and_charges", "min_public_share", {"service_unit": ""}, MISSING),
    ("staff", "min_staff", {"full_time_staff": 15}, MET),
    ("staff", "min_staff", {"full_time_staff": 14, "qualified_staff": 14}, NOT_MET),
    ("staff", "min_qualified_share", {"qualified_staff": 12}, MET),
    ("staff", "min_qualified_share", {"qualified_staff": 11}, NOT_MET),
    ("staff", "min_qualified_share", {"full_time_staff": 14, "qualified_staff": 14}, MET),
    ("staff", "min_qualified_share", {"full_time_staff": 0, "qualified_staff": 0}, NOT_MET),
    ("staff", "min_qualified_share", {"qualified_staff": None}, MISSING),
    ("resources", "min_institutions", {"institutions_in_force": 3}, MET),
    ("resources", "min_institutions", {"institutions_in_force": 2}, NOT_MET),
    ("resources", "min_institutions", {"institutions_in_force": None}, MISSING),
]


@pytest.mark.parametrize(("answer", "finding", "changes", "verdict"), THRESHOLDS)
def test_a_threshold_includes_itself_and_compares_exactly(answer, finding, changes, verdict):
    assert finding_of(answer, finding, **changes).verdict is verdict


def test_a_share_below_the_threshold_is_never_shown_as_reaching_it():
    finding = finding_of("performance", "min_satisfaction", satisfaction=Fraction(79999, 100000))
    assert finding.figure == "用户满意度：79.99%（要求不少于80%）"


def test_the_sampled_satisfaction_replaces_the_declared_one():
    declared = finding_of("performance", "min_satisfaction", satisfaction=Fraction(98, 100))
    assert (declared.verdict, declared.note) == (MET, "为申报单位自评，县区抽查结束后以抽查结果为准")
    sampled = finding_of(
        "performance", "min_satisfaction", satisfaction=Fraction(98, 100), sampled_satisfaction=Fraction(7, 10)
    )
    assert (sampled.verdict, sampled.figure) == (NOT_MET, "用户满意度：70%（要求不少于80%）")
    assert sampled.note == "为县区随机抽查结果（第十一条）；申报自评为98%"


@pytest.mark.parametrize(("decision", "verdict"), [(None, UNKNOWN), (True, MET), (False, NOT_MET)])
def test_growth_over_a_zero_base_needs_a_human_decision(decision, verdict):
    finding = finding_of("performance", "min_growth", smes_year_before=0, growth_decision=decision)
    assert finding.verdict is verdict
    assert finding.needs_decision is (decision is None)
    assert "不可计算" in finding.figure


def test_the_other_readings_of_the_growth_are_shown_beside_the_one_used():
    finding = finding_of("performance", "min_growth")
    assert finding.figure == "近两年服务中小企业数量增长（上年度比前一年度）：10%（要求不少于10%）"
    assert finding.note == "其他算法：近两年每年均达到11.11%、10%；两年累计22.22%；两年年均10.55%"


@pytest.mark.parametrize(
    ("reading", "years", "verdict"),
    [
        ("each_year", (121, 110, 100), MET),
        ("each_year", (121, 110, 101), NOT_MET),
        ("two_year_total", (110, 50, 100), MET),
        ("two_year_total", (109, 50, 100), NOT_MET),
        ("yearly_average", (121, 50, 100), MET),
        ("yearly_average", (120, 50, 100), NOT_MET),
        ("yearly_average", (121, 50, None), MISSING),
        ("each_year", (121, 110, 0), UNKNOWN),
    ],
)
def test_an_official_may_choose_another_reading_of_the_growth(reading, years, verdict):
    facts = replace(BARELY, smes_last_year=years[0], smes_year_before=years[1], smes_two_years_before=years[2])
    judged = assess(facts, replace(PARAMETERS, growth_reading=reading)).conditions[2]
    assert next(finding for finding in judged.findings if finding.key == "min_growth").verdict is verdict


def test_sole_traders_are_shown_apart_and_not_counted():
    finding = finding_of("performance", "min_smes", sole_traders_last_year=7)
    assert finding.note == "另有个体工商户7户，不计入"


@pytest.mark.parametrize("key", sorted(CLAIMS))
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (Claim(), MISSING),
        (Claim(stated=True), MISSING),
        (Claim(stated=False), NOT_MET),
        (Claim(stated=False, evidenced=True), NOT_MET),
        (Claim(stated=True, evidenced=True), MET),
    ],
)
def test_a_statement_needs_a_tick_and_evidence(key, claim, verdict):
    facts = replace(BARELY, claims={**BARELY.claims, key: claim})
    answers = {answer.citation: answer for answer in assess(facts, PARAMETERS).conditions}
    assert answers[CLAIMS[key].citation].verdict is verdict


def test_what_is_missing_is_said_in_words_an_applicant_can_act_on():
    answer = answer_of("resources", institutions_in_force=None)
    assert answer.missing == ("请导入签约服务机构名单及协议起止日期",)
    assert answer.figures[0] == "签约专业服务机构数：未提供（要求不少于3家）"
