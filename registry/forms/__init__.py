"""Forms of the book."""

from registry.forms.register import LookupForm, RegisterFilter

__all__ = ["LookupForm", "RegisterFilter"]
