"""Rules that forbid a step although the stage is right. Each app keeps its own in ``guards.py``.

A guard yields the reasons in Chinese; the disabled button and the refusal show the same words.
"""

from collections.abc import Callable, Iterable, Iterator

from accounts.actors import Actor
from lifecycle.steps import BY_KEY
from lifecycle.subject import Subject

Guard = Callable[..., Iterable[str]]
_guards: dict[str, list[Guard]] = {}


def guard(*keys: str) -> Callable[[Guard], Guard]:
    """Register ``reasons(subject, actor) -> Iterable[str]`` for steps such as ``"application.recommend"``."""
    unknown = set(keys) - BY_KEY.keys()
    if unknown:
        raise LookupError(f"no such step: {', '.join(sorted(unknown))}")

    def register(function: Guard) -> Guard:
        for key in keys:
            _guards.setdefault(key, []).append(function)
        return function

    return register


def reasons(subject: Subject, name: str, actor: Actor) -> Iterator[str]:
    """Why the rules forbid the step now; nothing when they allow it."""
    for function in _guards.get(f"{subject.SUBJECT}.{name}", ()):
        yield from function(subject, actor)
