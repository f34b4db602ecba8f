"""附件1 as data: sections, groups, fields, and how raw text is read."""

from applications.schema.fields import NO, YES, YES_NO, Field, Kind
from applications.schema.sections import BY_KEY, SECTIONS, Group, Section, declared_functions, figures_of

FORM = "2022"

__all__ = [
    "BY_KEY",
    "FORM",
    "NO",
    "SECTIONS",
    "YES",
    "YES_NO",
    "Field",
    "Group",
    "Kind",
    "Section",
    "declared_functions",
    "figures_of",
]
