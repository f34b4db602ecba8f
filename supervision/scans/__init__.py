"""What is due in the supervision: one module per duty, each with ``scan(now) -> int``. Running them twice tells nobody twice."""

from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules


def scan(now: datetime) -> int:
    """Tell what is due at ``now`` under every duty; returns how many recipients were given."""
    modules = sorted(found.name for found in iter_modules(__path__, f"{__name__}."))
    return sum(import_module(module).scan(now) for module in modules)
