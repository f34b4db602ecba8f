"""第八条第（二）项 技术服务: the ability to organise technical resources and an expert pool; three activities a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule, Precondition
from regulation.parameters import Parameters

RULE = FunctionRule(
    "technology",
    "8(2)",
    "技术服务",
    (Precondition("expert_pool", "具有组织技术服务资源的能力和专家库", "专家库名单"),),
)


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Activities of the last calendar year."""
    return RULE.answer(
        facts, at_least(parameters, "technology_activities", facts.activities, missing=ACTIVITIES_MISSING)
    )
