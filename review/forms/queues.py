"""The filter of a queue."""

from typing import Any

from django import forms

from lifecycle.states import STATES
from review.selectors.queues import STATES_SEEN, Choice


class QueueFilter(forms.Form):
    """Text, state and year; the tab travels along."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label="关键词", required=False, max_length=60, widget=forms.TextInput({"placeholder": "平台、单位、代码或编号"})
    )
    state = forms.ChoiceField(label="状态", required=False)
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state, STATES["application"][state].label) for state in STATES_SEEN]
        self.fields["state"].choices = [("", "全部状态"), *states]
        self.fields["year"].choices = [("", "全部年度"), *((year, f"{year}年") for year in years)]

    @property
    def choice(self) -> Choice:
        """What is filtered by; a value that is not offered is no filter."""
        self.is_valid()
        given = self.cleaned_data
        return Choice(
            tab=given.get("tab", ""),
            text=given.get("q", "").strip(),
            state=given.get("state", ""),
            year=given.get("year"),
        )

    def chips(self, choice: Choice) -> list[tuple[str, str]]:
        """(parameter, words) of each filter in force."""
        found = [("q", f"含“{choice.text}”")] if choice.text else []
        found += [("state", STATES["application"][choice.state].label)] if choice.state else []
        return found + ([("year", f"{choice.year}年")] if choice.year else [])
