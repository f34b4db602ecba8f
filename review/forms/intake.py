"""Forms of the city's intake."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.widgets import Day
from applications import schema
from applications.listforms import LISTS
from regulation.articles import article_label
from regulation.materials import CLASSES
from review.checklist import LIST, MATERIAL, SECTION
from review.forms.district import ReasonForm
from review.models.recommending import ACT, ACTS
from review.services.intake import GROUNDS, Doubt

PARTS = [
    ("", "请选择"),
    ("县区办理", [(f"{ACT}-{key}", label) for key, label in ACTS.items()]),
    ("填报内容", [(f"{SECTION}-{one.key}", one.title) for one in schema.SECTIONS]),
    ("清单", [(f"{LIST}-{kind}", form.title) for kind, form in LISTS.items()]),
    ("证明材料", [(f"{MATERIAL}-{one.number}", f"{one.number} {one.label}") for one in CLASSES]),
]
FIRST_ROWS, MORE_ROWS, MOST_ROWS = 3, 2, 40


class SendBackForm(forms.Form):
    """What the district must look at again, item by item (``part_N``, ``text_N``), and by when it answers."""

    note = forms.CharField(label="总体说明", required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))
    due_on = DayField(label="重新推荐截止日期", required=False, widget=Day)

    def __init__(self, data: Any = None, *, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["due_on"].help_text = "留空时按市级受理期限计算，不早于县区推荐截止。"
        for number in range(1, (rows or self.asked(data or {}, more=0)) + 1):
            first = number == 1
            self.fields[f"part_{number}"] = forms.ChoiceField(label="核实事项", choices=PARTS, required=first)
            self.fields[f"text_{number}"] = forms.CharField(
                label="需核实的内容", max_length=500, required=first, widget=forms.Textarea({"rows": 2})
            )

    @staticmethod
    def asked(data: Mapping[str, Any], more: int = MORE_ROWS) -> int:
        """How many rows the page needs after what it sent, ``more`` of them empty."""
        given = sum(name.startswith("part_") for name in data)
        return min(max(given, FIRST_ROWS) + more, MOST_ROWS)

    @property
    def numbers(self) -> range:
        """The numbers of the rows."""
        return range(1, sum(name.startswith("part_") for name in self.fields) + 1)

    @property
    def pairs(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """The rows for the page."""
        return [(number, self[f"part_{number}"], self[f"text_{number}"]) for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        """Every row but the first, which is required, whole or empty."""
        given = super().clean() or {}
        for number in self.numbers[1:]:
            part, text = given.get(f"part_{number}"), given.get(f"text_{number}")
            if part and not text:
                self.add_error(f"text_{number}", "请写明需县区核实的内容。")
            if text and not part:
                self.add_error(f"part_{number}", "请选择核实事项。")
        return given

    def doubts(self) -> list[Doubt]:
        """The items as the service takes them."""
        rows = [(self.cleaned_data.get(f"part_{n}"), self.cleaned_data.get(f"text_{n}")) for n in self.numbers]
        return [Doubt(*part.split("-", 1), text) for part, text in rows if part and text]


class IneligibleForm(ReasonForm):
    """Which item is not met, and why."""

    ground = forms.ChoiceField(
        label="不符合的条件", choices=[("", "请选择"), *((g, article_label(g)) for g in GROUNDS)]
    )
    field_order = ("ground", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "事实和理由"


class FalsifiedForm(ReasonForm):
    """What is false, and on what evidence that rests."""

    evidence = forms.CharField(label="查证依据", max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "不实的材料和内容"
