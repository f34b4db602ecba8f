"""第七条第（三）项: SMEs served, specialised ones among them, satisfaction, growth, key industries, reputation."""

from dataclasses import replace

from regulation import growth, readings
from regulation.answers import Answer, Finding, Verdict, at_least, claimed, of_rule, with_note
from regulation.facts import Facts
from regulation.parameters import Parameters
from regulation.rules import TEXT_VALUES
from regulation.wording import percent

_YEARS = {"last": "上年度", "before": "前一年度", "two_before": "再前一年度"}


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """Counts are of the last calendar year, distinct by credit code, without sole traders."""
    findings = (
        _served(facts, parameters),
        _specialised(facts, parameters),
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


def _specialised(facts: Facts, parameters: Parameters) -> Finding:
    some, all_ = facts.specialised_smes, facts.smes_last_year
    if some is not None and all_ is not None and some > all_:
        missing = "“专精特新”中小企业数大于服务中小企业数，请更正"
        shown = f"{some}家，服务中小企业{all_}家"
        return of_rule(parameters, "min_specialised", Verdict.EVIDENCE_MISSING, shown, missing=missing)
    return at_least(parameters, "min_specialised", some, missing="请在服务企业名单中标明“专精特新”中小企业")


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
    reading = parameters.growth_reading
    served = growth.Served(facts.smes_last_year, facts.smes_year_before, facts.smes_two_years_before)
    note, wanted = _other_readings(reading, served), growth.needed(reading)
    figures = {year: getattr(served, year) for year in wanted}
    if unknown := [_YEARS[year] for year, figure in figures.items() if figure is None]:
        missing = f"请导入{'、'.join(unknown)}服务企业名单"
        return _grown(parameters, Verdict.EVIDENCE_MISSING, growth.shown(reading, served), note, missing)
    if wrong := [_YEARS[year] for year, figure in figures.items() if figure < 0]:
        missing = f"{'、'.join(wrong)}服务中小企业数不能为负数，请更正"
        return _grown(parameters, Verdict.EVIDENCE_MISSING, "--", note, missing)
    if growth.has_zero_base(reading, served):
        return _decided_by_people(facts, parameters, note)
    verdict = Verdict.MET if growth.passes(reading, served, parameters.min_growth) else Verdict.NOT_MET
    return _grown(parameters, verdict, growth.shown(reading, served), note)


def _decided_by_people(facts: Facts, parameters: Parameters, note: str) -> Finding:
    shown = f"基数为零，{readings.NOT_COMPUTABLE}"
    if facts.growth_decision is None:
        missing = "基期服务中小企业数为零，须由主管部门人工判断并说明理由"
        open_ = _grown(parameters, Verdict.NOT_YET_KNOWN, shown, note, missing)
        return replace(open_, needs_decision=True)
    verdict = Verdict.MET if facts.growth_decision else Verdict.NOT_MET
    return _grown(parameters, verdict, f"{shown}；已由主管部门书面认定", note)


def _grown(parameters: Parameters, verdict: Verdict, shown: str, note: str, missing: str = "") -> Finding:
    finding = of_rule(parameters, "min_growth", verdict, shown, missing=missing, note=note)
    named = f"{finding.label}（{TEXT_VALUES[parameters.growth_reading]}）"
    return replace(finding, figure=finding.figure.replace(finding.label, named, 1))


def _other_readings(used: str, served: growth.Served) -> str:
    readings = ("last_over_before", "each_year", "two_year_total", "yearly_average")
    others = [f"{TEXT_VALUES[other]}{growth.shown(other, served)}" for other in readings if other != used]
    return "其他算法：" + "；".join(others)
