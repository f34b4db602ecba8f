"""On-site inspection (Art. 13): planning, the visit, clarification, the written opinion, the city's step on it."""

from review.services.inspections.clarifying import ask_clarification, clarify, close_clarification
from review.services.inspections.concluding import (
    Outcome,
    conclude,
    decide_many,
    fail_inspection,
    pass_inspection,
)
from review.services.inspections.planning import Visit, plan
from review.services.inspections.visiting import Place, add_photo, begin, save_item

__all__ = [
    "Outcome",
    "Place",
    "Visit",
    "add_photo",
    "ask_clarification",
    "begin",
    "clarify",
    "close_clarification",
    "conclude",
    "decide_many",
    "fail_inspection",
    "pass_inspection",
    "plan",
    "save_item",
]
