"""The score sheet as a form: one field per item of the pinned rubric."""

from typing import Any

from django import forms

from regulation.rubric import Item, Rubric
from review import points
from review.services.scoring import Entries


class PointsField(forms.CharField):
    """Points with at most two decimals; full-width digits are understood, anything else is refused in words."""

    def __init__(self, item: Item) -> None:
        super().__init__(
            label=item.label, required=False, max_length=12,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "form-control num", "data-points": ""}),
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        try:
            return points.read(super().clean(value) or "")
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error


class SheetForm(forms.Form):
    """Points and notes of every item, and the opinion. ``revision`` tells a page that somebody saved after."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opinion = forms.CharField(label="评审意见", required=False, max_length=5000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for item in rubric.items:
            self.fields[f"points-{item.key}"] = PointsField(item)
            self.fields[f"note-{item.key}"] = forms.CharField(
                label=f"{item.label}：说明", required=False, max_length=300, widget=forms.TextInput()
            )
        self.order_fields(
            [name for name in self.fields if name not in ("opinion", "revision")] + ["opinion", "revision"]
        )

    @property
    def rows(self) -> list[tuple[Item, Any, Any]]:
        """Each item with its two bound fields."""
        return [(item, self[f"points-{item.key}"], self[f"note-{item.key}"]) for item in self.rubric.items]

    def entries(self) -> Entries:
        """What was typed, for the service."""
        data = self.cleaned_data
        return Entries(
            points={item.key: data[f"points-{item.key}"] for item in self.rubric.items},
            notes={item.key: data[f"note-{item.key}"] for item in self.rubric.items},
            opinion=data["opinion"],
        )
