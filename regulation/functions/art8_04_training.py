"""第八条第（四）项 培训服务: training licence and evaluation; 1000 person-times a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import FunctionRule, Precondition
from regulation.parameters import Parameters

RULE = FunctionRule(
    "training",
    "8(4)",
    "培训服务",
    (
        Precondition("training_licence", "具有培训资质", "培训资质证书"),
        Precondition("training_evaluation", "有完善的培训服务评价机制", "评价制度或评价记录"),
    ),
)


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """人次: somebody trained twice counts twice; last calendar year."""
    missing = "请在活动清单中填写培训活动的参加人次"
    return RULE.answer(facts, at_least(parameters, "training_person_times", facts.person_times, missing=missing))
