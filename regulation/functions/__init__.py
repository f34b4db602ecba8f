"""The ten service functions of Art. 8, one file each, in the order of the article."""

import re
from collections.abc import Callable

from regulation.answers import Answer
from regulation.facts import FunctionFacts
from regulation.functions import (
    art8_01_information,
    art8_02_technology,
    art8_03_startup,
    art8_04_training,
    art8_05_financing,
    art8_06_consulting,
    art8_07_market,
    art8_08_digital,
    art8_09_green,
    art8_10_talent,
)
from regulation.functions.rule import FunctionRule, Precondition
from regulation.parameters import Parameters

__all__ = ["ANSWERS", "FUNCTIONS", "FunctionRule", "Precondition", "answer", "keys_of_names"]

_MODULES = (
    art8_01_information,
    art8_02_technology,
    art8_03_startup,
    art8_04_training,
    art8_05_financing,
    art8_06_consulting,
    art8_07_market,
    art8_08_digital,
    art8_09_green,
    art8_10_talent,
)
FUNCTIONS: dict[str, FunctionRule] = {module.RULE.key: module.RULE for module in _MODULES}
ANSWERS: dict[str, Callable[[FunctionFacts, Parameters], Answer]] = {
    module.RULE.key: module.answer for module in _MODULES
}


def answer(key: str, facts: FunctionFacts, parameters: Parameters) -> Answer:
    """The answer for one declared function. Raises KeyError for an unknown key."""
    return ANSWERS[key](facts, parameters)


def keys_of_names(text: str) -> list[str]:
    """Keys of Art. 8 from 信息服务、培训服务; ValueError names what is no function."""
    labels = {rule.label: key for key, rule in FUNCTIONS.items()}
    names = [name.strip() for name in re.split("[、，,;；]", text) if name.strip()]
    found = [labels.get(name) or labels.get(f"{name}服务") for name in names]
    if None in found:
        wrong = names[found.index(None)]
        raise ValueError(f"“{wrong}”不是第八条的服务功能，请填写{'、'.join(labels)}，多项用顿号隔开")
    return [key for key in dict.fromkeys(found) if key]
