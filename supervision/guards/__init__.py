"""What stands in the way of each step: one module per duty, all registered on import."""

from importlib import import_module
from pkgutil import iter_modules

for _module in sorted(found.name for found in iter_modules(__path__, f"{__name__}.")):
    import_module(_module)
