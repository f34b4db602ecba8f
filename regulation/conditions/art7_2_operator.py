"""第七条第（二）项: legal person, platform two years old, able to serve, assets, sound management, finances, credit."""

from regulation.answers import Answer, Finding, Verdict, at_least, claimed
from regulation.facts import Facts
from regulation.parameters import Parameters
from timekeeping.dates import chinese_date, corresponding_day

_CLAIMS = ("service_qualification", "good_management", "good_finances", "good_credit")


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """Age is that of the platform, measured at the closing date of the call; assets are last year-end's, in yuan."""
    findings = (
        claimed(facts.claims, "legal_person"),
        _platform_age(facts, parameters),
        at_least(parameters, "min_assets", facts.total_assets, missing="请填写上年末资产总额，并附上年度财务报表"),
        *(claimed(facts.claims, key) for key in _CLAIMS),
    )
    return Answer("operator", "7(2)", "运营主体、成立年限、资产和信用", findings)


def _platform_age(facts: Facts, parameters: Parameters) -> Finding:
    rule = parameters.rule("platform_years")
    demand = f"（要求截至申报截止日成立{rule.shown}以上）"
    if facts.platform_started_on is None:
        figure, missing = f"{rule.label}：未提供{demand}", "请填写平台启动服务日期并附证明"
        return Finding(rule.name, rule.label, Verdict.EVIDENCE_MISSING, figure, missing)
    started = f"{rule.label}：{chinese_date(facts.platform_started_on)}启动服务"
    if facts.closes_on is None:
        figure, missing = f"{started}{demand}", "申报截止日尚未确定"
        return Finding(rule.name, rule.label, Verdict.NOT_YET_KNOWN, figure, missing)
    old_enough = corresponding_day(facts.platform_started_on, parameters.platform_years) <= facts.closes_on
    figure = f"{started}，申报截止日为{chinese_date(facts.closes_on)}{demand}"
    return Finding(rule.name, rule.label, Verdict.MET if old_enough else Verdict.NOT_MET, figure)
