"""第八条第（五）项 融资服务: six activities a year, and financing or new guarantees of the stated amount.

The text reads "活动6次以上，融资总额5亿元以上，或…担保额15亿元以上". Default reading: activities AND (financing OR guarantees);
where the other reading, (activities AND financing) OR guarantees, answers differently, the finding says so.
"""

from regulation import readings
from regulation.answers import Answer, Finding, Verdict, at_least, with_note
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule
from regulation.parameters import Parameters
from regulation.wording import wan_yuan

RULE = FunctionRule("financing", "8(5)", "融资服务")
AMOUNTS, LABEL = "financing_amounts", "年帮助融资总额或新增担保额"


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Amounts in yuan in the last calendar year."""
    activities = at_least(parameters, "financing_activities", facts.activities, missing=ACTIVITIES_MISSING)
    amounts = _amounts(facts, parameters)
    guaranteed = facts.guaranteed is not None and facts.guaranteed >= parameters.financing_guarantees
    if guaranteed and activities.verdict is not Verdict.MET:
        amounts = with_note(amounts, "若将担保额作为独立条件理解则达标，请主管部门注意条文的另一种读法")
    return RULE.answer(facts, activities, amounts)


def _amounts(facts: FunctionFacts, parameters: Parameters) -> Finding:
    financed, guaranteed = facts.financed, facts.guaranteed
    if financed is None and guaranteed is None:
        return _finding(parameters, Verdict.EVIDENCE_MISSING, f"{LABEL}：未提供", "请导入上年度融资、担保明细")
    parts = [f"融资总额{wan_yuan(financed)}"] if financed is not None else []
    parts += [f"新增担保额{wan_yuan(guaranteed)}"] if guaranteed is not None else []
    shown = "，".join(parts)
    if min(amount for amount in (financed, guaranteed) if amount is not None) < 0:
        return _finding(parameters, Verdict.EVIDENCE_MISSING, shown, "金额不能为负数，请更正")
    enough = (financed is not None and financed >= parameters.financing_amount) or (
        guaranteed is not None and guaranteed >= parameters.financing_guarantees
    )
    return _finding(parameters, Verdict.MET if enough else Verdict.NOT_MET, shown)


def _finding(parameters: Parameters, verdict: Verdict, shown: str, missing: str = "") -> Finding:
    financing, guarantees = parameters.rule("financing_amount"), parameters.rule("financing_guarantees")
    demand = f"（要求融资总额不少于{financing.shown}，或新增担保额不少于{guarantees.shown}）"
    reading = readings.words(AMOUNTS, parameters)
    return Finding(AMOUNTS, LABEL, verdict, shown + demand, missing, basis=financing.article_label, reading=reading)
