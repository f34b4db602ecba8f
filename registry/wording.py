"""How titles are written for people."""

from registry.models import Amendment, Title
from regulation.functions import FUNCTIONS


def function_names(title: Title) -> list[str]:
    """The service functions of Art. 8 by name, in the order of the article."""
    return [rule.label for key, rule in FUNCTIONS.items() if key in title.functions]


def former_names(title: Title) -> list[str]:
    """原名 of the platform, then of its operator, the latest first; of any title with its amendments at hand no query."""
    names = {Amendment.Kind.PLATFORM_NAME: title.platform_name, Amendment.Kind.OPERATOR_NAME: title.operator_name}
    found = [
        entry.before
        for kind, now in names.items()
        for entry in reversed(title.amendments.all())
        if entry.kind == kind and entry.before != now
    ]
    return list(dict.fromkeys(found))
