"""第八条第（八）项 数字化赋能服务: at least three activities a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule
from regulation.parameters import Parameters

RULE = FunctionRule("digital", "8(8)", "数字化赋能服务")


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Activities of the last calendar year."""
    return RULE.answer(facts, at_least(parameters, "digital_activities", facts.activities, missing=ACTIVITIES_MISSING))
