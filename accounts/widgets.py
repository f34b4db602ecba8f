"""Widgets of the design: short choices side by side, dates, money, one file."""

from typing import Any

from django import forms


class Segments(forms.RadioSelect):
    """Two to four short choices side by side, such as 符合 / 需补正 / 不适用."""

    template_name = "django/forms/widgets/segments.html"


class Day(forms.DateInput):
    """A date by the browser's own picker; typed as 2026-11-23 without one."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Money(forms.NumberInput):
    """An amount, right-aligned, followed by its unit."""

    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None, unit: str = "万元") -> None:
        super().__init__({"inputmode": "decimal", "step": "any", **(attrs or {})})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class Upload(forms.FileInput):
    """One file (or several) with what is accepted said below."""

    template_name = "django/forms/widgets/upload.html"

    def __init__(self, attrs: dict[str, Any] | None = None, accept: str = "", limit: str = "") -> None:
        super().__init__({**({"accept": accept} if accept else {}), **(attrs or {})})
        self.limit = limit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["limit"] = self.limit
        return context


class Quantity(forms.TextInput):
    """A number with its unit in a plain text input, so that whatever was half typed survives a saved draft."""

    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None, unit: str = "") -> None:
        super().__init__({"inputmode": "decimal", **(attrs or {})})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context
