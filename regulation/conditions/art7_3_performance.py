"""第七条第（三）项: SMEs served, specialised ones among them, satisfaction, growth, key industries, reputation."""

from regulation import growth
from regulation.answers import Answer, Finding, Verdict, at_least, claimed, with_note
from regulation.facts import Facts
from regulation.parameters import Parameters
from regulation.rules import TEXT_VALUES
from regulation.wording import percent

_YEARS = {"last": "上年度", "before": "前一年度", "two_before": "再前一年度"}


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """Counts are of the last calendar year, distinct by credit code, without sole traders."""
    findings = (
        _served(facts, parameters),
        at_least(
            parameters, "min_specialised", facts.specialised_smes, missing="请在服务企业名单中标明“专精特新”中小企业"
        ),
        _satisfaction(facts, parameters),
        _growth(facts, parameters),
        claimed(facts.claims, "key_industries"),
        claimed(facts.claims, "reputation"),
    )
    return Answer("performance", "7(3)", "服务业绩突出", findings)


def _served(facts: Facts, parameters: Parameters) -> Finding:
    finding = at_least(parameters, "min_smes", facts.smes_last_year, missing="请导入上年度服务企业名单")
    if facts.sole_traders_last_year:
        return with_note(finding, f"另有个体工商户{facts.sole_traders_last_year}户，不计入")
    return finding


def _satisfaction(facts: Facts, parameters: Parameters) -> Finding:
    if facts.sampled_satisfaction is None:
        note = "" if facts.satisfaction is None else "为申报单位自评，县区抽查结束后以抽查结果为准"
        return at_least(
            parameters, "min_satisfaction", facts.satisfaction, missing="请填写用户满意度及调查方式", note=note
        )
    note = "为县区随机抽查结果（第十一条）"
    if facts.satisfaction is not None and facts.satisfaction != facts.sampled_satisfaction:
        note += f"；申报自评为{percent(facts.satisfaction)}"
    return at_least(parameters, "min_satisfaction", facts.sampled_satisfaction, missing="", note=note)


def _growth(facts: Facts, parameters: Parameters) -> Finding:
    rule, reading = parameters.rule("min_growth"), parameters.growth_reading
    served = growth.Served(facts.smes_last_year, facts.smes_year_before, facts.smes_two_years_before)
    unknown = [_YEARS[year] for year in growth.needed(reading) if getattr(served, year) is None]
    figure = f"{rule.label}（{TEXT_VALUES[reading]}）：{growth.shown(reading, served)}（要求不少于{rule.shown}）"
    note = _other_readings(reading, served)
    if unknown:
        missing = f"请导入{'、'.join(unknown)}服务企业名单"
        return Finding(rule.name, rule.label, Verdict.EVIDENCE_MISSING, figure, missing, note)
    if growth.has_zero_base(reading, served):
        return _decided_by_people(facts, parameters, note)
    verdict = Verdict.MET if growth.passes(reading, served, parameters.min_growth) else Verdict.NOT_MET
    return Finding(rule.name, rule.label, verdict, figure, note=note)


def _decided_by_people(facts: Facts, parameters: Parameters, note: str) -> Finding:
    rule = parameters.rule("min_growth")
    figure = f"{rule.label}：基数为零，不可计算（要求不少于{rule.shown}）"
    if facts.growth_decision is None:
        missing = "基期服务中小企业数为零，须由主管部门说明理由后认定"
        return Finding(rule.name, rule.label, Verdict.NOT_YET_KNOWN, figure, missing, note, needs_decision=True)
    verdict = Verdict.MET if facts.growth_decision else Verdict.NOT_MET
    return Finding(rule.name, rule.label, verdict, f"{figure}，已由主管部门书面认定", note=note)


def _other_readings(used: str, served: growth.Served) -> str:
    readings = ("last_over_before", "each_year", "two_year_total", "yearly_average")
    others = [f"{TEXT_VALUES[other]}{growth.shown(other, served)}" for other in readings if other != used]
    return "其他算法：" + "；".join(others)
