"""三分钟自测: plain questions, the same facts and the same rules as filing. Nothing of it is stored, logged or put into an address."""

from desk.self_check.answers import Answers, read
from desk.self_check.questions import PARTS, sheet

__all__ = ["PARTS", "Answers", "read", "sheet"]
