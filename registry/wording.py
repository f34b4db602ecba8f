"""How titles are written for people."""

from registry.models import Title
from regulation.functions import FUNCTIONS


def function_names(title: Title) -> list[str]:
    """The service functions of Art. 8 by name, in the order of the article."""
    return [rule.label for key, rule in FUNCTIONS.items() if key in title.functions]
