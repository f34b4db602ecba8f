"""第七条第（八）项: information-technology means of service, kept up to date."""

from regulation.answers import Answer, claimed
from regulation.facts import Facts
from regulation.parameters import Parameters


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """One statement with its evidence."""
    return Answer("informatisation", "7(8)", "信息化服务手段", (claimed(facts.claims, "online_means"),))
