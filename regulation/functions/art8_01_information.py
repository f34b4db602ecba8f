"""第八条第（一）项 信息服务: an open information system; 100 enterprises and five activities a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule, Precondition
from regulation.parameters import Parameters

RULE = FunctionRule(
    "information",
    "8(1)",
    "信息服务",
    (Precondition("online_system", "有开放便利的信息服务系统，具有在线服务、线上线下联动功能", "系统地址和截图"),),
)


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Enterprises distinct by credit code and activities, both of the last calendar year; both thresholds are needed."""
    missing = "请在服务企业名单中标明接受信息服务的企业"
    return RULE.answer(
        facts,
        at_least(parameters, "information_enterprises", facts.enterprises, missing=missing),
        at_least(parameters, "information_activities", facts.activities, missing=ACTIVITIES_MISSING),
    )
