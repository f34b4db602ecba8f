"""Forms of going back: reopening, withdrawing, answering a correction."""

from typing import Any

from django import forms

from applications import corrections
from applications.models import Correction
from applications.services.answers import LONGEST


class ReopenForm(forms.Form):
    """Why the draft goes back to the filer."""

    reason = forms.CharField(
        label="退回修改的原因", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawForm(forms.Form):
    """Why the application is withdrawn."""

    reason = forms.CharField(
        label="撤回原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写撤回原因。"},
    )


class AnswerField(forms.CharField):
    """Needed before the correction is filed, but kept half-done until then."""

    def validate(self, value: str) -> None:
        """Blank is allowed for now."""


class AnswersForm(forms.Form):
    """One answer per item of a correction, with what was seen when the page was made."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, correction: Correction, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": corrections.answers_digest(correction)})
        super().__init__(*args, **kwargs)
        self.items = list(correction.items.all())
        for item in self.items:
            self.fields[f"item_{item.pk}"] = AnswerField(
                label=f"补正说明：{corrections.item_label(item)}",
                initial=item.answer,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="说明补充、更正了什么；没有可补充的，请说明原因。",
            )

    @property
    def answers(self) -> dict[int, str]:
        """The answers by the items' keys."""
        return {item.pk: self.cleaned_data[f"item_{item.pk}"] for item in self.items}
