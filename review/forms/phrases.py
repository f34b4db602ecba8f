"""A common phrase and the item it is for."""

from typing import Any

from django import forms

from applications.wording import part_label
from review import checklist


class PhraseForm(forms.Form):
    """One new phrase."""

    item = forms.ChoiceField(label="用于核对事项", required=False)
    text = forms.CharField(label="常用语", max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "任何事项"), *choices()]  # type: ignore[attr-defined]
        self.fields["text"].help_text = "例如：请补充加盖公章的上一年度财务报表。写明请补充或请更正什么。"


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The items of the checklist in their groups."""
    return [
        (part_label(part, of), [(item.key, item.label) for item in checklist.of_part(part, of)])
        for part, of in checklist.parts()
    ]
