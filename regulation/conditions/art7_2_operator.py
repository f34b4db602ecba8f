"""第七条第（二）项: legal person, platform two years old, able to serve, assets, sound management, finances, credit."""

from dataclasses import replace

from regulation.answers import Answer, Finding, Verdict, at_least, claimed, of_rule
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
    started, closes = facts.platform_started_on, facts.closes_on
    if started is None:
        return _age(parameters, Verdict.EVIDENCE_MISSING, "未提供", "请填写平台启动服务日期并附证明")
    shown = f"{chinese_date(started)}启动服务"
    if closes is None:
        return _age(parameters, Verdict.NOT_YET_KNOWN, shown, "申报截止日尚未确定")
    shown += f"，申报截止日为{chinese_date(closes)}"
    if started > closes:
        return _age(parameters, Verdict.EVIDENCE_MISSING, shown, "启动服务日期晚于申报截止日，请更正")
    old_enough = corresponding_day(started, parameters.platform_years) <= closes
    return _age(parameters, Verdict.MET if old_enough else Verdict.NOT_MET, shown)


def _age(parameters: Parameters, verdict: Verdict, shown: str, missing: str = "") -> Finding:
    finding = of_rule(parameters, "platform_years", verdict, shown, missing=missing)
    demand = f"（要求截至申报截止日成立{parameters.rule('platform_years').shown}以上）"
    return replace(finding, figure=f"{finding.label}：{shown}{demand}")
