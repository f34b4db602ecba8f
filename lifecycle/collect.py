"""Finds what each room contributes under a fixed module name: ``invariants.check``, ``scans.scan``, ``guards``."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


def modules(name: str) -> Iterator[tuple[str, object]]:
    """(app label, module) for every installed room that has a module ``name``, in the order of INSTALLED_APPS."""
    for config in apps.get_app_configs():
        dotted = f"{config.name}.{name}"
        if not config.name.startswith("django.") and find_spec(config.name) and find_spec(dotted):
            yield config.label, import_module(dotted)


def invariants() -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    """(room, check) of every room; a check yields one line per broken invariant."""
    for label, module in modules("invariants"):
        yield label, module.check  # type: ignore[attr-defined]


def scans() -> Iterator[tuple[str, Callable[[datetime], int]]]:
    """(room, scan) of every room; a scan tells what is due at ``now`` and returns how much it wrote."""
    for label, module in modules("scans"):
        yield label, module.scan  # type: ignore[attr-defined]
