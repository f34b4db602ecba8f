"""第七条第（四）项: fixed premises and the necessary facilities and equipment."""

from regulation.answers import Answer, claimed
from regulation.facts import Facts
from regulation.parameters import Parameters


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """Two statements, each with its evidence."""
    findings = (claimed(facts.claims, "premises"), claimed(facts.claims, "equipment"))
    return Answer("premises", "7(4)", "固定场所和必要设施设备", findings)
