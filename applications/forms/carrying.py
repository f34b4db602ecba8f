"""Keep or clear, one choice per part of an earlier application."""

from typing import Any

from django import forms

from accounts.widgets import Segments
from applications.carrying import CLEAR, KEEP, Plan


class CarryForm(forms.Form):
    """A choice for every part that can be taken over; each begins with its default."""

    def __init__(self, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in plan.offered:
            self.fields[part.name] = forms.ChoiceField(
                label=part.title, choices=((KEEP, "沿用"), (CLEAR, "清空")), initial=part.default, widget=Segments,
                help_text=part.reason, error_messages={"required": f"请选择“{part.title}”沿用还是清空。"},
            )  # fmt: skip

    @property
    def kept(self) -> list[str]:
        """The names of the parts to take over, once the form is valid."""
        return [name for name, choice in self.cleaned_data.items() if choice == KEEP]
