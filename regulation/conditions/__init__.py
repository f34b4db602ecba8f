"""The eight basic conditions of Art. 7, one file each; all are required."""

from collections.abc import Callable

from regulation.answers import Answer
from regulation.conditions import (
    art7_1_recommended,
    art7_2_operator,
    art7_3_performance,
    art7_4_premises,
    art7_5_rules_and_charges,
    art7_6_staff,
    art7_7_resources,
    art7_8_informatisation,
)
from regulation.facts import Facts
from regulation.parameters import Parameters

CONDITIONS: tuple[Callable[[Facts, Parameters], Answer], ...] = (
    art7_1_recommended.answer,
    art7_2_operator.answer,
    art7_3_performance.answer,
    art7_4_premises.answer,
    art7_5_rules_and_charges.answer,
    art7_6_staff.answer,
    art7_7_resources.answer,
    art7_8_informatisation.answer,
)
