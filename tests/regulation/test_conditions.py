from dataclasses import replace
from fractions import Fraction

import pytest

from regulation.answers import Verdict
from regulation.eligibility import assess
from regulation.problems import Problem
from tests.regulation.cases import BARELY, PARAMETERS, answer_of, finding_of

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_YET_KNOWN


def test_exactly_at_every_threshold_all_eight_conditions_are_met():
    answers = assess(BARELY, PARAMETERS).conditions
    assert [(answer.article_label, answer.verdict) for answer in answers] == [
        (f"第七条第（{number}）项", MET) for number in "一二三四五六七八"
    ]


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


def test_sole_traders_are_shown_apart_and_not_counted():
    finding = finding_of("performance", "min_smes", sole_traders_last_year=7)
    assert finding.note == "另有个体工商户7户，不计入"


def test_what_is_missing_is_said_in_words_an_applicant_can_act_on():
    answer = answer_of("resources", institutions_in_force=None)
    assert answer.missing == ("请导入签约服务机构名单及协议起止日期",)
    assert answer.figures[0] == "签约专业服务机构数：未提供（要求不少于3家）"


def test_every_answer_names_its_article_and_how_its_figure_is_counted():
    assessment = assess(BARELY, PARAMETERS)
    declared = [item.answer for item in assessment.functions if item.answer]
    findings = [finding for answer in (*assessment.answers, *declared) for finding in answer.findings]
    assert [finding.key for finding in findings if not finding.basis.startswith("第")] == []
    counted = {finding.key for finding in findings if "要求" in finding.figure}
    assert counted == {finding.key for finding in findings if finding.reading}


def test_the_readings_are_said_in_words():
    said = {key: finding_of(answer, key).reading for answer, key in (
        ("operator", "platform_years"), ("performance", "min_smes"), ("staff", "min_qualified_share"),
        ("resources", "min_institutions"),
    )}  # fmt: skip
    assert said["platform_years"].startswith("自平台启动服务之日起算，至申报截止日满2年")
    assert "个体工商户另列" in said["min_smes"]
    assert "人员并集，不是两列相加" in said["min_qualified_share"]
    assert said["min_institutions"].startswith("申报截止日（含当日）协议有效")


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("last_over_before", "增长率＝（上年度－前一年度）÷前一年度"),
        ("two_year_total", "增长率＝（上年度－再前一年度）÷再前一年度"),
    ],
)
def test_the_growth_is_explained_as_the_call_reads_it(reading, words):
    judged = assess(BARELY, replace(PARAMETERS, growth_reading=reading)).conditions[2]
    said = next(finding for finding in judged.findings if finding.key == "min_growth").reading
    assert said.startswith(words)
    assert "基期为零的不可计算，须人工判断并说明理由" in said


def test_growth_over_a_zero_base_says_that_a_person_must_judge_with_reasons():
    finding = finding_of("performance", "min_growth", smes_year_before=0)
    assert "基数为零，不可计算，须人工判断并说明理由" in finding.figure
    assert (finding.needs_decision, finding.missing) == (True, "基期服务中小企业数为零，须由主管部门人工判断并说明理由")


def test_rows_of_the_lists_stand_beside_the_figures_they_touch():
    problem = Problem(
        "credit_code", "示例企业", "统一社会信用代码不正确，不计入", "served", (3,), ("min_smes", "min_growth")
    )
    findings = {f.key: f for answer in assess(BARELY, PARAMETERS).with_rows([problem]).answers for f in answer.findings}
    assert {key for key, finding in findings.items() if finding.rows == (problem,)} == {"min_smes", "min_growth"}
    assert problem.words == "第3行“示例企业”：统一社会信用代码不正确，不计入"


@pytest.mark.parametrize(
    ("rows", "words"),
    [((), ""), ((4,), "第4行"), ((1, 2), "第1、2行"), ((9, 1, 2, 3), "第1至3、9行"), (range(1, 41, 2), "第1、3、5、7、9、11、13、15、17、19、21、23等20行")],
)  # fmt: skip
def test_many_rows_are_named_in_few_words(rows, words):
    assert Problem("repeated", "", "重复", rows=tuple(rows)).row_words == words
