"""What must hold in the supervision: one module per duty, each with ``check() -> Iterator[str]``."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules


def check() -> Iterator[str]:
    """One line per broken invariant of any duty."""
    for module in sorted(found.name for found in iter_modules(__path__, f"{__name__}.")):
        yield from import_module(module).check()
