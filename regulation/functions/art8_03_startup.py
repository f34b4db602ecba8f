"""第八条第（三）项 创业服务: guidance plan, projects, guide, mentors, hotline; five activities a year."""

from regulation.answers import Answer, at_least
from regulation.facts import FunctionFacts
from regulation.functions.rule import ACTIVITIES_MISSING, FunctionRule, Precondition
from regulation.parameters import Parameters

RULE = FunctionRule(
    "startup",
    "8(3)",
    "创业服务",
    (
        Precondition("guidance_plan", "具有系统的创业指导方案", "创业指导方案"),
        Precondition("project_library", "建有创业项目库", "项目库清单"),
        Precondition("startup_guide", "建有创业指南", "创业指南"),
        Precondition("mentors", "建有创业导师团队", "创业导师名单及证明"),
        Precondition("hotline", "开通创业服务热线", "热线号码及公布情况"),
    ),
)


def answer(facts: FunctionFacts, parameters: Parameters) -> Answer:
    """Activities of the last calendar year."""
    return RULE.answer(facts, at_least(parameters, "startup_activities", facts.activities, missing=ACTIVITIES_MISSING))
