"""第八条第（九）项 绿色发展服务: the ability to save, protect, test and assess; three activities a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule, Precondition
from regulation.parameters import Parameters

RULE = FunctionRule(
    "green",
    "8(9)",
    "绿色发展服务",
    (Precondition("green_ability", "具备开展节能、环保、检测、评估能力", "能力证明或资质证书"),),
)


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Activities of the last calendar year."""
    return RULE.answer(facts, at_least(parameters, "green_activities", facts.activities, missing=ACTIVITIES_MISSING))
