"""``manage.py check`` fails when table, states, models and services disagree, or a view declares no access."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver
from django_fsm import FSMFieldMixin

from lifecycle import states, steps
from lifecycle.subject import Subject, subject_models

EXEMPT_NAMESPACES = ("admin",)


def check_table(**_: object) -> list[CheckMessage]:
    """Every row has a service, a method and a model; every state a label and a way in."""
    problems = [*_services(), *_states(), *_models()]
    return [Error(text, id="lifecycle.E001") for text in problems]


def _services() -> Iterator[str]:
    for row in steps.STEPS:
        module, _, name = row.service.rpartition(".")
        try:
            found = callable(getattr(import_module(module), name, None))
        except ImportError as error:
            yield f"{row.key}: {row.service} does not import ({error})"
            continue
        if not found:
            yield f"{row.key}: {row.service} is missing"


def _states() -> Iterator[str]:
    for subject in steps.subjects():
        known, used = set(states.STATES.get(subject, {})), set(steps.states_of(subject))
        if known != used:
            yield f"{subject}: states page and table differ in {sorted(known ^ used)}"
        yield from (f"{subject}: {state} cannot be reached" for state in sorted(used - reachable(subject)))


def reachable(subject: str) -> set[str]:
    """The states that some sequence of steps leads to from creation."""
    rows = steps.steps_of(subject)
    found = {row.target for row in rows if row.creates}
    while True:
        more = {row.target for row in rows if found & set(row.sources)} - found
        if not more:
            return found
        found |= more


def _models() -> Iterator[str]:
    models = {model.SUBJECT: model for model in subject_models()}
    yield from (f"{subject}: no model has this life" for subject in steps.subjects() if subject not in models)
    for subject, model in models.items():
        rows = {(r.name, s, r.target) for r in steps.steps_of(subject) for s in (r.sources or ("",))}
        bound = set(transitions(model))
        if rows != bound:
            yield f"{subject}: transitions of the model differ from the table in {sorted(rows ^ bound)}"


def transitions(model: type[Subject]) -> Iterator[tuple[str, str, str]]:
    """(method, source, target) of every django-fsm transition of the model's state."""
    field: Any = model._meta.get_field("state")  # type: ignore[misc]
    if isinstance(field, FSMFieldMixin):
        for transition in field.get_all_transitions(model):
            yield transition.name, transition.source, transition.target


def check_access(**_: object) -> list[CheckMessage]:
    """Every address outside Django's admin declares who may open it."""
    return [
        Error(f"{route} ({name}) declares no access", id="lifecycle.E002")
        for route, name, view in views()
        if not hasattr(view, "access")
    ]


def views(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str, Any]]:
    """(route, namespaced name, view) of every address of the URL conf except Django's admin."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, f"{namespace}{pattern.name}", pattern.callback
        elif pattern.namespace not in EXEMPT_NAMESPACES:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from views(pattern, route, inner)
