"""第八条第（七）项 市场开拓服务: at least three activities a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule
from regulation.parameters import Parameters

RULE = FunctionRule("market", "8(7)", "市场开拓服务")


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Activities of the last calendar year."""
    return RULE.answer(facts, at_least(parameters, "market_activities", facts.activities, missing=ACTIVITIES_MISSING))
