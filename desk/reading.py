"""What the parts of one desk read of the record, read once: the open cases of a person and the terms that run for them.

A part (what is owed, what waits for others, the year's dates) says which cases of each life it wants. One query finds them all, and
each life that has any is read once for all parts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value

from accounts.actors import Actor
from accounts.models import Role
from lifecycle import deadlines
from lifecycle.subject import Subject, model_of
from registry.models import Title

# fmt: off
# How each life is reached from a person: paths to organisation, district and assigned person, and what its pages read.
SCOPES: dict[str, dict[str, str]] = {
    "application": {"organisation": "organisation", "district": "district"},
    "summary":     {"district": "district"},
    "sample":      {"organisation": "application__organisation", "district": "application__district"},
    "inspection":  {"organisation": "application__organisation", "district": "application__district", "person": "inspectors__user"},
    "score_sheet": {"person": "expert"},
    "plaque":      {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "claim":       {"district": "organisation__district"},
    "annual_report":   {"organisation": "title__platform__organisation", "district": "district"},
    "report_excuse":   {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "district_report": {"district": "district"},
    "change":      {"organisation": "organisation", "district": "district"},
    "check":       {"organisation": "title__platform__organisation", "district": "district"},
    "evaluation":  {"organisation": "title__platform__organisation", "district": "title__platform__district", "person": "evaluator"},
    "rectification": {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "invitation":  {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "ending":      {"organisation": "title__platform__organisation", "district": "title__platform__district"},
}
# Lives that begin with a title.
OF_A_TITLE = {life for life, scope in SCOPES.items() if scope.get("organisation", "").startswith("title__")}
READS: dict[str, tuple[str, ...]] = {
    "application": ("call", "organisation", "district"),
    "summary":     ("call", "district"),
    "sample":      ("application__organisation", "application__district", "application__call"),
    "inspection":  ("application__organisation", "application__district", "application__call"),
    "score_sheet": ("case__application__call", "case__panel"),
    "plaque":      ("title__platform__organisation",),
    "claim":       ("organisation__district",),
    "title_import": ("file",),
    "annual_report":   ("title__platform__organisation", "district"),
    "report_excuse":   ("title__platform__organisation",),
    "district_report": ("district",),
    "check":       ("title__platform__organisation", "district"),
    "evaluation":  ("title__platform__organisation", "evaluator"),
    "rectification": ("title__platform__organisation",),
    "invitation":  ("activity", "title__platform__organisation"),
    "ending":      ("title__platform__organisation", "title__platform__district"),
    "objection":   ("application__call", "application__district", "notice__call"),
    "panel":       ("call",),
    "meeting":     ("call",),
    "change":      ("title", "organisation", "district"),
}
PREFETCHES: dict[str, tuple[str, ...]] = {
    "application": ("call__extensions", "corrections"),
    "summary":     ("call__extensions", "recommendations__application"),
}
# fmt: on


class Part(NamedTuple):
    """A part of the desk: which cases it wants of each of its lives (None: none), and which of them, the oldest first, it looks at."""

    name: str
    lives: tuple[str, ...]
    wanted: Callable[[Actor, str], QuerySet[Any] | None]
    looked_at: slice = slice(None)


class Reading:
    """The open cases of one person for these parts of a page. Made for one request and never kept: it does not learn of later steps."""

    def __init__(self, actor: Actor, *parts: Part) -> None:
        self._found = _found(actor, parts)
        self._looked_at = {
            (part.name, life): dict(self._found[part.name, life][part.looked_at])
            for part in parts
            for life in part.lives
        }
        self._subjects = self._read()

    def numbers(self, part: Part) -> Counter[tuple[str, str]]:
        """How many cases the part has by life and state, those not looked at too."""
        return Counter((life, state) for life in part.lives for _, state in self._found[part.name, life])

    def cases(self, part: Part) -> list[Subject]:
        """The cases that the part looks at, life by life; a case that took a step between the two queries is left out."""
        return [
            case
            for life in part.lives
            for case in self._subjects[life]
            if self._looked_at[part.name, life].get(case.pk) == case.state
        ]

    @cached_property
    def dues(self) -> dict[tuple[str, int], list[deadlines.Due]]:
        """The open terms of all cases looked at, as ``deadlines.dues`` gives them."""
        return deadlines.dues(case for cases in self._subjects.values() for case in cases)

    def _read(self) -> dict[str, list[Subject]]:
        keys: dict[str, set[int]] = defaultdict(set)
        for (_, life), found in self._looked_at.items():
            keys[life].update(found)
        return {life: list(_model(life).filter(pk__in=found)) if found else [] for life, found in keys.items()}


def _found(actor: Actor, parts: Iterable[Part]) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Key and state of every case by part and life, the oldest first; one query."""
    lives = set(reachable(actor, {life for part in parts for life in part.lives}))
    asked = [
        wanted.order_by().values_list(Value(part.name), Value(life), "pk", "state")
        for part in parts
        for life in part.lives
        if life in lives and (wanted := part.wanted(actor, life)) is not None
    ]
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for name, life, key, state in sorted(asked[0].union(*asked[1:], all=True) if asked else ()):
        found[name, life].append((key, state))
    return found


def reachable(actor: Actor, lives: Iterable[str]) -> list[str]:
    """The lives, of those given, that can have a subject for the actor: most applicants have no title and nothing that follows from one."""
    if not actor.is_applicant or Title.objects.filter(platform__organisation=actor.organisation_id).exists():
        return list(lives)
    return [life for life in lives if life not in OF_A_TITLE]


def reached(actor: Actor, life: str) -> QuerySet[Subject]:
    """The subjects of a life within the actor's organisation, district or assignments; all for officers of the city."""
    found = model_of(life)._default_manager.all()
    scope = SCOPES.get(life, {})
    if actor.is_applicant:
        return found.filter(**{scope["organisation"]: actor.organisation_id})
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(**{scope["district"]: actor.district_id})
    if actor.has(Role.EXPERT, Role.INSPECTOR, Role.EVALUATOR):
        return found.filter(**{scope["person"]: actor.user_id})
    return found


def _model(life: str) -> QuerySet[Subject]:
    """Every subject of a life, with what its pages read."""
    found = model_of(life)._default_manager.select_related(*READS.get(life, ()))
    return found.prefetch_related(*PREFETCHES.get(life, ()))
