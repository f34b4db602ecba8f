"""The form of a section, made from the schema. It shows raw texts and the problems found; saving never refuses them."""

import re
from collections.abc import Mapping

from django import forms
from django.forms.utils import ErrorDict
from django.utils.html import format_html

from accounts.widgets import Day, Quantity, Segments
from applications.schema import YES, YES_NO, Field, Kind, Section

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})?", re.ASCII)
_INPUT = {Kind.URL: "url", Kind.EMAIL: "email", Kind.PHONE: "tel", Kind.MOBILE: "tel"}


class SectionForm(forms.Form):
    """Fields as typed, with the words of ``problems`` beside them."""

    use_required_attribute = False

    def __init__(self, section: Section, data: Mapping[str, str], problems: Mapping[str, str] | None = None) -> None:
        super().__init__(data=dict(data))
        self.section = section
        self.problems = problems or {}
        for field in section.fields:
            self.fields[field.key] = _form_field(section, field, data.get(field.key, ""))

    def full_clean(self) -> None:
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        for key, words in self.problems.items():
            self._errors[key] = self.error_class([words], renderer=self.renderer)

    def groups(self) -> list[dict[str, object]]:
        """Legends with their bound fields, and whether the group is opened (a declared function)."""
        return [
            {
                "legend": group.legend,
                "cite": group.fields[0].cite if group.cite else "",
                "fields": [self[field.key] for field in group.fields],
                "declared": self.data.get(group.fields[0].key) == YES,
            }
            for group in self.section.groups
        ]


def _form_field(section: Section, field: Field, raw: str) -> forms.Field:
    kind = Kind(field.kind)
    hints = {"label": field.label, "help_text": _help(section, field), "required": field.required}
    if kind == Kind.TICK:
        return forms.BooleanField(widget=forms.CheckboxInput({"value": YES}), **hints)
    if kind == Kind.YES_NO:
        return forms.ChoiceField(choices=YES_NO, widget=Segments({"class": "plain"}), **hints)
    if kind == Kind.CHOICE:
        return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect, **hints)
    return forms.CharField(widget=_widget(kind, field, raw), **hints)


def _widget(kind: Kind, field: Field, raw: str) -> forms.Widget:
    if kind == Kind.LONG:
        return forms.Textarea({"rows": 8 if field.longest > 1000 else 5})
    if kind in (Kind.MONEY, Kind.AREA, Kind.PERCENT) or (kind == Kind.INT and field.unit):
        return Quantity(unit=field.unit)
    if kind == Kind.INT:
        return forms.TextInput({"inputmode": "numeric"})
    if kind == Kind.DATE and _ISO.fullmatch(raw):
        return Day()
    widget = forms.TextInput()
    widget.input_type = _INPUT.get(kind, "text")
    return widget


def _help(section: Section, field: Field) -> str:
    """The advice, when the field is needed at all, and the article that asks for it."""
    parts = []
    if field.when and section.key != "functions":
        other = section.field(field.when[0])
        labels = dict(other.choices or YES_NO)
        chosen = "”或“".join(labels[value] for value in field.when[1])
        parts.append(f"“{other.label}”选“{chosen}”的填写。")
    if field.help:
        parts.append(field.help)
    if field.kind == Kind.LONG and field.longest < 5000 and "字" not in field.help:
        parts.append(f"{field.longest}字以内。")
    words = "".join(parts)
    cite = "" if section.key == "functions" else field.cite  # there the legend cites it
    return format_html('{} <span class="cite">{}</span>', words, cite) if cite else words
