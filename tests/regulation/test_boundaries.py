"""边界表：第七条、第八条的每一个数量要求，略低、正好、略高、缺失、矛盾各是什么结论。

One table for people who know the regulation and not the code: each row changes some figures of a case that meets every
demand exactly (``cases.BARELY``) and says what the rule must answer. Nothing is ever rounded; "以上""不低于""不少于" include the
number itself; contradictory figures are never judged but have to be put right.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from regulation import functions
from regulation.answers import Verdict
from regulation.claims import CLAIMS, Claim
from regulation.eligibility import assess
from regulation.facts import DECLARED_LABELS, Facts, FunctionFacts
from tests.regulation.cases import BARELY, PARAMETERS, SHOWN, finding_of, function

符合, 不符合, 缺材料, 待定 = Verdict.MET, Verdict.NOT_MET, Verdict.EVIDENCE_MISSING, Verdict.NOT_YET_KNOWN
YUAN, YI = Decimal("0.01"), Decimal(100_000_000)
D, S = date, Fraction
SITUATIONS = {"略低", "正好", "略高", "缺失", "矛盾"}

# fmt: off
# 条款        判断的数                 情形     说明                                        改动的数                                                                   结论
CONDITIONS: tuple[tuple[str, str, str, str, dict[str, Any], Verdict], ...] = (
    ("operator", "platform_years",     "略低", "差一天满两年",                             {"platform_started_on": D(2024, 12, 1), "closes_on": D(2026, 11, 30)},     不符合),
    ("operator", "platform_years",     "正好", "截止日正是两年后的对应日",                 {"platform_started_on": D(2024, 11, 30), "closes_on": D(2026, 11, 30)},    符合),
    ("operator", "platform_years",     "略高", "两年零一天",                               {"platform_started_on": D(2024, 11, 29), "closes_on": D(2026, 11, 30)},    符合),
    ("operator", "platform_years",     "略低", "2月29日启动，差一天",                      {"platform_started_on": D(2024, 2, 29), "closes_on": D(2026, 2, 27)},      不符合),
    ("operator", "platform_years",     "正好", "2月29日启动，平年以2月28日为对应日",       {"platform_started_on": D(2024, 2, 29), "closes_on": D(2026, 2, 28)},      符合),
    ("operator", "platform_years",     "略高", "2月28日启动，闰年2月29日截止",             {"platform_started_on": D(2026, 2, 28), "closes_on": D(2028, 2, 29)},      符合),
    ("operator", "platform_years",     "缺失", "没有填启动服务日期",                       {"platform_started_on": None},                                             缺材料),
    ("operator", "platform_years",     "缺失", "申报截止日还没有公布",                     {"closes_on": None},                                                       待定),
    ("operator", "platform_years",     "矛盾", "启动服务日期晚于申报截止日",               {"platform_started_on": D(2026, 12, 1), "closes_on": D(2026, 11, 30)},     缺材料),

    ("operator", "min_assets",         "略低", "差一分钱",                                 {"total_assets": Decimal("1999999.99")},                                   不符合),
    ("operator", "min_assets",         "正好", "200万元整",                                {"total_assets": Decimal("2000000.00")},                                   符合),
    ("operator", "min_assets",         "略高", "多一分钱",                                 {"total_assets": Decimal("2000000.01")},                                   符合),
    ("operator", "min_assets",         "缺失", "没有填资产总额",                           {"total_assets": None},                                                    缺材料),
    ("operator", "min_assets",         "矛盾", "资产总额为负数",                           {"total_assets": Decimal("-2000000.00")},                                  缺材料),

    ("performance", "min_smes",        "略低", "99家",                                     {"smes_last_year": 99},                                                    不符合),
    ("performance", "min_smes",        "正好", "100家",                                    {"smes_last_year": 100},                                                   符合),
    ("performance", "min_smes",        "略高", "101家",                                    {"smes_last_year": 101},                                                   符合),
    ("performance", "min_smes",        "略低", "名单在，但上年度一家也没有",               {"smes_last_year": 0, "specialised_smes": 0},                              不符合),
    ("performance", "min_smes",        "略低", "99家，另有个体工商户50户不计入",           {"smes_last_year": 99, "sole_traders_last_year": 50},                      不符合),
    ("performance", "min_smes",        "缺失", "没有名单",                                 {"smes_last_year": None},                                                  缺材料),
    ("performance", "min_smes",        "矛盾", "负数",                                     {"smes_last_year": -1},                                                    缺材料),

    ("performance", "min_specialised", "略低", "2家",                                      {"specialised_smes": 2},                                                   不符合),
    ("performance", "min_specialised", "正好", "3家，都在服务的中小企业之内",              {"specialised_smes": 3},                                                   符合),
    ("performance", "min_specialised", "略高", "4家",                                      {"specialised_smes": 4},                                                   符合),
    ("performance", "min_specialised", "缺失", "没有标明",                                 {"specialised_smes": None},                                                缺材料),
    ("performance", "min_specialised", "矛盾", "“专精特新”多于服务的中小企业",             {"specialised_smes": 111},                                                 缺材料),
    ("performance", "min_specialised", "矛盾", "负数",                                     {"specialised_smes": -3},                                                  缺材料),

    ("performance", "min_satisfaction", "略低", "79.6%，四舍五入才到80%",                  {"satisfaction": S(796, 1000)},                                            不符合),
    ("performance", "min_satisfaction", "略低", "79.999%",                                 {"satisfaction": S(79999, 100000)},                                        不符合),
    ("performance", "min_satisfaction", "正好", "80%",                                     {"satisfaction": S(80, 100)},                                              符合),
    ("performance", "min_satisfaction", "略高", "80.01%",                                  {"satisfaction": S(8001, 10000)},                                          符合),
    ("performance", "min_satisfaction", "略低", "自评98%，抽查10份7份满意",                {"satisfaction": S(98, 100), "sampled_satisfaction": S(7, 10)},            不符合),
    ("performance", "min_satisfaction", "正好", "自评70%，抽查10份8份满意",                {"satisfaction": S(70, 100), "sampled_satisfaction": S(8, 10)},            符合),
    ("performance", "min_satisfaction", "缺失", "没有自评，抽查也没有结束",                {"satisfaction": None},                                                    缺材料),
    ("performance", "min_satisfaction", "矛盾", "101%",                                    {"satisfaction": S(101, 100)},                                             缺材料),

    ("performance", "min_growth",      "略低", "100家到109家，9%",                         {"smes_last_year": 109, "smes_year_before": 100},                          不符合),
    ("performance", "min_growth",      "略低", "110家到120家，9.09%",                      {"smes_last_year": 120, "smes_year_before": 110},                          不符合),
    ("performance", "min_growth",      "正好", "100家到110家，正好10%",                    {"smes_last_year": 110, "smes_year_before": 100},                          符合),
    ("performance", "min_growth",      "正好", "90家到99家，90家的十分之一正是9家",        {"smes_last_year": 99, "smes_year_before": 90},                            符合),
    ("performance", "min_growth",      "略低", "90家到98家，8.88%",                        {"smes_last_year": 98, "smes_year_before": 90},                            不符合),
    ("performance", "min_growth",      "略高", "100家到111家，11%",                        {"smes_last_year": 111, "smes_year_before": 100},                          符合),
    ("performance", "min_growth",      "缺失", "没有前一年度的名单",                       {"smes_year_before": None},                                                缺材料),
    ("performance", "min_growth",      "缺失", "基数为零，不可计算，由人判断",             {"smes_year_before": 0},                                                   待定),
    ("performance", "min_growth",      "正好", "基数为零，主管部门书面认定符合",           {"smes_year_before": 0, "growth_decision": True},                          符合),
    ("performance", "min_growth",      "略低", "基数为零，主管部门书面认定不符合",         {"smes_year_before": 0, "growth_decision": False},                         不符合),
    ("performance", "min_growth",      "略高", "再前一年度没有名单，默认算法用不到",       {"smes_two_years_before": None},                                           符合),
    ("performance", "min_growth",      "矛盾", "前一年度为负数",                           {"smes_year_before": -100},                                                缺材料),

    ("rules_and_charges", "min_public_share", "略低", "100次中19次",                       {"free_services": 15, "low_fee_services": 4},                              不符合),
    ("rules_and_charges", "min_public_share", "略低", "1000次中199次，19.9%",              {"total_services": 1000, "free_services": 100, "low_fee_services": 99},    不符合),
    ("rules_and_charges", "min_public_share", "正好", "100次中公益性15次、低收费5次",      {"free_services": 15, "low_fee_services": 5},                              符合),
    ("rules_and_charges", "min_public_share", "正好", "只有低收费20次",                    {"free_services": 0, "low_fee_services": 20},                              符合),
    ("rules_and_charges", "min_public_share", "略高", "100次中21次",                       {"free_services": 15, "low_fee_services": 6},                              符合),
    ("rules_and_charges", "min_public_share", "缺失", "没有填低收费服务量",                {"low_fee_services": None},                                                缺材料),
    ("rules_and_charges", "min_public_share", "缺失", "总服务量为零",                      {"total_services": 0, "free_services": 0, "low_fee_services": 0},          缺材料),
    ("rules_and_charges", "min_public_share", "缺失", "没有注明计量单位",                  {"service_unit": ""},                                                      缺材料),
    ("rules_and_charges", "min_public_share", "矛盾", "公益性与低收费之和大于总量",        {"free_services": 90, "low_fee_services": 20},                             缺材料),
    ("rules_and_charges", "min_public_share", "矛盾", "公益性大于总量",                    {"free_services": 101, "low_fee_services": 0},                             缺材料),
    ("rules_and_charges", "min_public_share", "矛盾", "负数",                              {"free_services": 25, "low_fee_services": -1},                             缺材料),

    ("staff", "min_staff",             "略低", "14人",                                     {"full_time_staff": 14},                                                   不符合),
    ("staff", "min_staff",             "正好", "15人",                                     {"full_time_staff": 15},                                                   符合),
    ("staff", "min_staff",             "略高", "16人",                                     {"full_time_staff": 16},                                                   符合),
    ("staff", "min_staff",             "缺失", "没有名单",                                 {"full_time_staff": None},                                                 缺材料),
    ("staff", "min_staff",             "矛盾", "负数",                                     {"full_time_staff": -15, "qualified_staff": 0},                            缺材料),

    ("staff", "min_qualified_share",   "略低", "15人中11人，73.33%",                       {"full_time_staff": 15, "qualified_staff": 11},                            不符合),
    ("staff", "min_qualified_share",   "正好", "15人中12人，正好80%",                      {"full_time_staff": 15, "qualified_staff": 12},                            符合),
    ("staff", "min_qualified_share",   "略低", "16人中12人，75%",                          {"full_time_staff": 16, "qualified_staff": 12},                            不符合),
    ("staff", "min_qualified_share",   "略低", "1000人中799人，79.9%",                     {"full_time_staff": 1000, "qualified_staff": 799},                         不符合),
    ("staff", "min_qualified_share",   "略高", "15人中13人",                               {"full_time_staff": 15, "qualified_staff": 13},                            符合),
    ("staff", "min_qualified_share",   "略低", "名单上没有专职人员",                       {"full_time_staff": 0, "qualified_staff": 0},                              不符合),
    ("staff", "min_qualified_share",   "缺失", "没有填学历和职称",                         {"qualified_staff": None},                                                 缺材料),
    ("staff", "min_qualified_share",   "矛盾", "其中的人数多于专职人数",                   {"full_time_staff": 15, "qualified_staff": 16},                            缺材料),

    ("resources", "min_institutions",  "略低", "2家",                                      {"institutions_in_force": 2},                                              不符合),
    ("resources", "min_institutions",  "正好", "3家",                                      {"institutions_in_force": 3},                                              符合),
    ("resources", "min_institutions",  "略高", "4家",                                      {"institutions_in_force": 4},                                              符合),
    ("resources", "min_institutions",  "缺失", "没有名单",                                 {"institutions_in_force": None},                                           缺材料),
    ("resources", "min_institutions",  "矛盾", "负数",                                     {"institutions_in_force": -3},                                             缺材料),
)

# 功能          判断的数                     情形     说明                                    上一自然年度的数                                                            结论
FUNCTIONS: tuple[tuple[str, str, str, str, dict[str, Any], Verdict], ...] = (
    ("information", "information_enterprises", "略低", "99家",                              {"enterprises": 99, "activities": 5},                                      不符合),
    ("information", "information_enterprises", "正好", "100家、5次",                        {"enterprises": 100, "activities": 5},                                     符合),
    ("information", "information_enterprises", "略高", "101家",                             {"enterprises": 101, "activities": 5},                                     符合),
    ("information", "information_enterprises", "缺失", "名单没有标明服务功能",              {"activities": 5},                                                         缺材料),
    ("information", "information_enterprises", "矛盾", "负数",                              {"enterprises": -100, "activities": 5},                                    缺材料),
    ("information", "information_activities",  "略低", "100家但只有4次，两项都要达到",      {"enterprises": 100, "activities": 4},                                     不符合),
    ("information", "information_activities",  "正好", "5次",                               {"enterprises": 100, "activities": 5},                                     符合),
    ("information", "information_activities",  "略高", "6次",                               {"enterprises": 100, "activities": 6},                                     符合),
    ("information", "information_activities",  "缺失", "没有活动清单",                      {"enterprises": 100},                                                      缺材料),
    ("information", "information_activities",  "矛盾", "负数",                              {"enterprises": 100, "activities": -5},                                    缺材料),
    ("startup", "startup_activities",          "略低", "4次",                               {"activities": 4},                                                         不符合),
    ("startup", "startup_activities",          "正好", "5次",                               {"activities": 5},                                                         符合),
    ("startup", "startup_activities",          "略高", "6次",                               {"activities": 6},                                                         符合),
    ("startup", "startup_activities",          "缺失", "没有活动清单",                      {},                                                                        缺材料),
    ("startup", "startup_activities",          "矛盾", "负数",                              {"activities": -1},                                                        缺材料),
    ("training", "training_person_times",      "略低", "999人次",                           {"person_times": 999},                                                     不符合),
    ("training", "training_person_times",      "正好", "1000人次",                          {"person_times": 1000},                                                    符合),
    ("training", "training_person_times",      "略高", "1001人次",                          {"person_times": 1001},                                                    符合),
    ("training", "training_person_times",      "缺失", "没有活动清单",                      {},                                                                        缺材料),
    ("training", "training_person_times",      "矛盾", "负数",                              {"person_times": -1000},                                                   缺材料),
    ("financing", "financing_activities",      "略低", "5次，金额都够",                     {"activities": 5, "financed": 5 * YI, "guaranteed": 15 * YI},              不符合),
    ("financing", "financing_activities",      "正好", "6次、融资5亿元",                    {"activities": 6, "financed": 5 * YI},                                     符合),
    ("financing", "financing_activities",      "略高", "7次",                               {"activities": 7, "financed": 5 * YI},                                     符合),
    ("financing", "financing_activities",      "缺失", "没有活动清单",                      {"financed": 5 * YI},                                                      缺材料),
    ("financing", "financing_activities",      "矛盾", "负数",                              {"activities": -6, "financed": 5 * YI},                                    缺材料),
    ("financing", "financing_amounts",         "略低", "融资、担保都差一分钱",              {"activities": 6, "financed": 5 * YI - YUAN, "guaranteed": 15 * YI - YUAN}, 不符合),
    ("financing", "financing_amounts",         "略低", "融资加担保合计够，各自不够",        {"activities": 6, "financed": 4 * YI, "guaranteed": 14 * YI},              不符合),
    ("financing", "financing_amounts",         "正好", "融资5亿元，没有担保",               {"activities": 6, "financed": 5 * YI},                                     符合),
    ("financing", "financing_amounts",         "正好", "新增担保15亿元，没有融资",          {"activities": 6, "guaranteed": 15 * YI},                                  符合),
    ("financing", "financing_amounts",         "略高", "担保15亿元零一分",                  {"activities": 6, "financed": 0 * YI, "guaranteed": 15 * YI + YUAN},       符合),
    ("financing", "financing_amounts",         "缺失", "没有融资、担保明细",                {"activities": 6},                                                         缺材料),
    ("financing", "financing_amounts",         "矛盾", "金额为负数",                        {"activities": 6, "financed": -5 * YI, "guaranteed": 15 * YI},             缺材料),
    *(
        (key, f"{key}_activities", situation, words, figures, verdict)
        for key in ("technology", "consulting", "market", "digital", "green", "talent")
        for situation, words, figures, verdict in (
            ("略低", "2次", {"activities": 2}, 不符合),
            ("正好", "3次", {"activities": 3}, 符合),
            ("略高", "4次", {"activities": 4}, 符合),
            ("缺失", "没有活动清单", {}, 缺材料),
            ("矛盾", "负数", {"activities": -3}, 缺材料),
        )
    ),
)

GOOD, MISSED, OPEN = FunctionFacts(activities=3), FunctionFacts(activities=2), FunctionFacts()
SPECIAL, MISSED_SPECIAL, OPEN_SPECIAL = (replace(one, distinctive=True) for one in (GOOD, MISSED, OPEN))
# 第八条：多种功能，或者一项特色功能                     申报的功能                                                      结论
SEVERAL: tuple[tuple[str, dict[str, FunctionFacts], Verdict], ...] = (
    ("两项达标即为多种",                                 {"consulting": GOOD, "market": GOOD},                           符合),
    ("三项达标",                                         {"consulting": GOOD, "market": GOOD, "digital": GOOD},          符合),
    ("一项达标，没有作为特色申报",                       {"consulting": GOOD},                                           不符合),
    ("一项达标并作为特色申报",                           {"consulting": SPECIAL},                                        符合),
    ("作为特色申报的一项没有达标，另一项达标",           {"consulting": MISSED_SPECIAL, "market": GOOD},                 不符合),
    ("两项达标，第三项没有达标，不受影响",               {"consulting": GOOD, "market": GOOD, "digital": MISSED},        符合),
    ("一项特色达标，其余两项没有达标，不受影响",         {"consulting": SPECIAL, "market": MISSED, "digital": MISSED},   符合),
    ("两项达标，第三项缺材料，不受影响",                 {"consulting": GOOD, "market": GOOD, "digital": OPEN},          符合),
    ("一项达标，另一项缺材料，还可能达标",               {"consulting": GOOD, "market": OPEN},                           缺材料),
    ("一项没有达标，另一项缺材料，不可能达标",           {"consulting": MISSED, "market": OPEN},                         不符合),
    ("一项没有达标，作为特色的一项缺材料，还可能达标",   {"consulting": MISSED, "market": OPEN_SPECIAL},                 缺材料),
    ("没有申报任何功能",                                 {},                                                             缺材料),
)

STATEMENTS = (
    ("没有填写",           Claim(),                              缺材料),
    ("声明具备，没有证明", Claim(stated=True),                   缺材料),
    ("声明具备，附有证明", Claim(stated=True, evidenced=True),   符合),
    ("声明不具备",         Claim(stated=False),                  不符合),
    ("声明不具备却附证明", Claim(stated=False, evidenced=True),  不符合),
)
# fmt: on


@pytest.mark.parametrize(
    ("answer", "key", "changes", "verdict"),
    [pytest.param(row[0], row[1], row[4], row[5], id=f"{row[1]}-{row[2]}-{row[3]}") for row in CONDITIONS],
)
def test_a_condition_at_its_boundary(answer, key, changes, verdict):
    assert finding_of(answer, key, **changes).verdict is verdict


@pytest.mark.parametrize(
    ("key", "figure", "facts", "verdict"),
    [pytest.param(row[0], row[1], row[4], row[5], id=f"{row[1]}-{row[2]}-{row[3]}") for row in FUNCTIONS],
)
def test_a_function_at_its_boundary(key, figure, facts, verdict):
    judged = functions.answer(key, function(key, **facts), PARAMETERS)
    assert judged.verdict is verdict
    if verdict is not 符合:
        assert next(finding for finding in judged.findings if finding.key == figure).verdict is verdict


@pytest.mark.parametrize(("declared", "verdict"), [pytest.param(*row[1:], id=row[0]) for row in SEVERAL])
def test_several_functions_or_a_distinctive_one(declared, verdict):
    assert assess(replace(BARELY, functions=declared), PARAMETERS).several_or_distinctive.verdict is verdict


@pytest.mark.parametrize("key", sorted(CLAIMS))
@pytest.mark.parametrize(("claim", "verdict"), [pytest.param(*row[1:], id=row[0]) for row in STATEMENTS])
def test_a_condition_without_a_number_needs_a_statement_and_its_proof(key, claim, verdict):
    facts = replace(BARELY, claims={**BARELY.claims, key: claim})
    answers = {answer.citation: answer for answer in assess(facts, PARAMETERS).conditions}
    assert answers[CLAIMS[key].citation].verdict is verdict


PRECONDITIONS = [(key, item.key) for key, rule in functions.FUNCTIONS.items() for item in rule.preconditions]


@pytest.mark.parametrize(("key", "name"), PRECONDITIONS)
@pytest.mark.parametrize(("claim", "verdict"), [pytest.param(*row[1:], id=row[0]) for row in STATEMENTS])
def test_a_precondition_of_a_function_needs_a_statement_and_its_proof(key, name, claim, verdict):
    plenty = function(key, enterprises=500, activities=50, person_times=5000)
    facts = replace(plenty, preconditions={**plenty.preconditions, name: claim})
    assert functions.answer(key, facts, PARAMETERS).verdict is verdict


@pytest.mark.parametrize(("recommended", "verdict"), [(None, 待定), (True, 符合), (False, 不符合)])
def test_the_recommendation_is_unknown_until_the_district_acts(recommended, verdict):
    assert finding_of("recommended", "recommended", recommended=recommended).verdict is verdict


@pytest.mark.parametrize("name", DECLARED_LABELS)
@pytest.mark.parametrize("difference", [-1, 1])
def test_a_declared_figure_that_differs_is_flagged_and_never_judged(name, difference):
    told = getattr(BARELY, name) + difference
    assessment, agreed = assess(replace(BARELY, declared={name: told}), PARAMETERS), assess(BARELY, PARAMETERS)
    assert [(one.declared, one.computed) for one in assessment.mismatches] == [(told, getattr(BARELY, name))]
    assert assessment.answers == agreed.answers


def test_the_table_has_every_situation_of_every_number_of_the_law():
    tried: dict[str, set[str]] = {}
    for _, key, situation, *_ in (*CONDITIONS, *FUNCTIONS):
        tried.setdefault(key, set()).add(situation)
    assert {key: SITUATIONS - found for key, found in tried.items() if found != SITUATIONS} == {}
    assert set(tried) == _numbers_of_the_law()


def _numbers_of_the_law() -> set[str]:
    """The findings with a number: everything the conditions and functions find, without statements."""
    declared = {key: FunctionFacts() for key in functions.FUNCTIONS}
    assessment = assess(Facts(functions=declared), PARAMETERS)
    answers = [*assessment.conditions, *(item.answer for item in assessment.functions if item.answer)]
    keys = {finding.key for answer in answers for finding in answer.findings}
    return {key for key in keys if key not in CLAIMS and "." not in key and key != "recommended"}


@pytest.mark.parametrize(
    ("reading", "years", "verdict"),
    [
        pytest.param("each_year", (121, 110, 100), 符合, id="每年都正好10%"),
        pytest.param("each_year", (121, 110, 101), 不符合, id="前一段只有8.9%"),
        pytest.param("each_year", (121, 110, 0), 待定, id="最早一年为零"),
        pytest.param("two_year_total", (110, 50, 100), 符合, id="两年累计正好10%"),
        pytest.param("two_year_total", (109, 50, 100), 不符合, id="两年累计9%"),
        pytest.param("yearly_average", (121, 50, 100), 符合, id="年均正好10%"),
        pytest.param("yearly_average", (120, 50, 100), 不符合, id="年均9.54%"),
        pytest.param("yearly_average", (121, 50, None), 缺材料, id="没有最早一年"),
        pytest.param("last_over_before", (110, 100, 0), 符合, id="默认算法不看最早一年"),
    ],
)
def test_another_reading_of_the_growth_has_its_own_boundary(reading, years, verdict):
    facts = replace(BARELY, smes_last_year=years[0], smes_year_before=years[1], smes_two_years_before=years[2])
    judged = assess(facts, replace(PARAMETERS, growth_reading=reading)).conditions[2]
    assert next(finding for finding in judged.findings if finding.key == "min_growth").verdict is verdict


def test_what_has_to_be_put_right_is_said_with_the_figure():
    assert (SHOWN.stated, SHOWN.evidenced) == (True, True)
    said = finding_of("staff", "min_qualified_share", full_time_staff=15, qualified_staff=16)
    assert said.missing == "人数不能为负数，其中的人数不能大于专职人数，请更正"
    assert said.note == "专职15人，其中本科及以上学历或中级及以上职称16人（按人员并集）"
