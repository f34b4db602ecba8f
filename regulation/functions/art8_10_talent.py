"""第八条第（十）项 人力资源服务: at least three activities a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule
from regulation.parameters import Parameters

RULE = FunctionRule("talent", "8(10)", "人力资源服务")


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Activities of the last calendar year."""
    return RULE.answer(facts, at_least(parameters, "talent_activities", facts.activities, missing=ACTIVITIES_MISSING))
