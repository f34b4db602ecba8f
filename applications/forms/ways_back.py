"""Forms of going back: reopening, withdrawing, answering a correction."""

from collections.abc import Mapping
from typing import Any

from django import forms

from applications.models import Correction
from applications.services.answers import LONGEST, Reply, reply_of, revision


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


class TickField(forms.BooleanField):
    """Needed before the correction is filed, but left open until then."""

    def validate(self, value: bool) -> None:
        """Open is allowed for now."""


class AnswersForm(forms.Form):
    """One answer and one tick per item of a correction, with the state of the answers the page was made from.

    ``replies`` are shown instead of what stands there, by the items' pk.
    """

    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, correction: Correction, data: Any = None, *, replies: Mapping[int, Reply] | None = None) -> None:
        super().__init__(data, initial={"revision": revision(correction)})
        self.items = list(correction.items.all())
        for number, item in enumerate(self.items, 1):
            shown = (replies or {}).get(item.pk, reply_of(item))
            self.fields[f"item_{item.pk}"] = AnswerField(
                label=f"第{number}项补正说明",
                initial=shown.answer,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="说明补充、更正了什么；没有可补充的，请说明原因。",
            )
            self.fields[f"done_{item.pk}"] = TickField(label=f"第{number}项已补正", initial=shown.done)

    @property
    def answers(self) -> dict[int, Reply]:
        """The answers by the items' keys."""
        typed = self.cleaned_data
        return {item.pk: Reply(typed[f"item_{item.pk}"], typed[f"done_{item.pk}"]) for item in self.items}
