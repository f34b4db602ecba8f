"""The form of a return for correction: the words to each defect, what opens besides, the term."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.widgets import Day
from applications import openings, wording
from lifecycle import chain
from review.checklist import Item
from review.selectors.checks import Answered
from review.services.district.handling import SAY_WHAT, Defect

LONGEST = 500
Found = Sequence[tuple[Item, Answered]]


class ReturnForm(forms.Form):
    """For each item marked 需补正 its words (``text-<item>``) and further fields to open (``more-<item>``); term and remark.

    ``seen`` tells whether the checklist has changed since the page was made.
    """

    due_on = DayField(label="补正截止日期", required=False, widget=Day)
    note = forms.CharField(label="总体说明", required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, data: Any = None, *, found: Found, shortest: str) -> None:
        super().__init__(_completed(data, found), initial={"seen": digest(found)})
        self.found = found
        self.fields["due_on"].help_text = f"{shortest}。材料较多时可以给更长的时间。"
        for number, (item, answered) in enumerate(found, 1):
            self.fields[f"text-{item.key}"] = forms.CharField(
                label=f"第{number}项：告知申报单位", initial=answered.note, max_length=LONGEST, widget=forms.Textarea({"rows": 3}),
                error_messages={"required": SAY_WHAT},
            )  # fmt: skip
            if item.more_fields:
                choices = [(name, openings.label(name)) for name in item.more_fields]
                self.fields[f"more-{item.key}"] = forms.MultipleChoiceField(
                    label="另外开放的栏目", required=False, choices=choices, widget=forms.CheckboxSelectMultiple
                )

    def clean(self) -> None:
        """What the officer has not seen is not sent."""
        if self.cleaned_data.get("seen") != digest(self.found):
            self.data["seen"] = digest(self.found)
            self.add_error(None, "您打开本页之后，核对清单中的“需补正”事项有变化。请核对下列各项和通知书后再退回。")

    def rows(self) -> list[dict[str, Any]]:
        """The items with their bound fields, for the page."""
        return [
            {
                "item": item,
                "part": wording.part_label(item.part, item.of),
                "fields": "、".join(map(openings.label, item.fields)),
                "text": self[f"text-{item.key}"],
                "more": self[f"more-{item.key}"] if item.more_fields else None,
                "opened": bool(self[f"more-{item.key}"].value()) if item.more_fields else False,
            }
            for item, _ in self.found
        ]

    def defects(self) -> list[Defect]:
        """What the letter says; before the form is sent, the notes of the checklist."""
        typed = getattr(self, "cleaned_data", None)
        if typed is None:
            return [Defect.of(item, answered.note) for item, answered in self.found]
        return [
            Defect.of(item, typed.get(f"text-{item.key}", ""), typed.get(f"more-{item.key}", ()))
            for item, _ in self.found
        ]


def _completed(data: Any, found: Found) -> Any:
    """What was typed; an item marked after the page was made comes with its note."""
    if data is None:
        return None
    completed = data.copy()
    for item, answered in found:
        completed.setdefault(f"text-{item.key}", answered.note)
    return completed


def digest(found: Found) -> str:
    """The hash of the items and notes a page was made from."""
    return chain.digest([[item.key, answered.note] for item, answered in found])
