"""The form of 初审测评: per finding the officer's word, per head a conclusion and an opinion."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from accounts.widgets import Segments
from regulation.measurement import HEADS, Item
from review.models import Measurement
from review.selectors.measurement import Change, basis
from review.services.district.measuring import Conclusion, Decision

YES, NO, OPEN = ("yes", "符合"), ("no", "不符合"), ("", "暂不认定")
SAYS = {"yes": True, "no": False, "": None}
WORD = {met: word for word, met in SAYS.items()}
LONGEST_REASON = 500


class MeasureForm(forms.Form):
    """``decision_<key>`` and ``reason_<key>`` per finding, ``<head>_met`` and ``<head>_note`` per head."""

    def __init__(self, *args: Any, items: Iterable[Item], changes: Iterable[Change] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = tuple(items)
        self.changed = {change.label: change for change in changes}
        for item in self.items:
            self._ask(item)
        for head in HEADS:
            self.fields[f"{head.key}_met"] = forms.TypedChoiceField(
                label=f"{head.label}测评结论",
                choices=(("yes", "合格"), ("no", "不合格")),
                widget=Segments,
                coerce="yes".__eq__,
            )
            self.fields[f"{head.key}_note"] = forms.CharField(
                label=f"{head.label}测评意见", max_length=1000, widget=forms.Textarea({"rows": 3})
            )

    def _ask(self, item: Item) -> None:
        """A choice unless the figure falls short, which nobody can decide otherwise; words always."""
        if choices := choices_of(item):
            self.fields[f"decision_{item.key}"] = forms.ChoiceField(
                label=f"{item.finding.label}测评", required=False, choices=choices, widget=Segments
            )
        self.fields[f"reason_{item.key}"] = forms.CharField(
            label=f"{item.finding.label}：{'认定理由' if item.decidable else '说明'}", required=False, max_length=LONGEST_REASON,
        )  # fmt: skip

    def heads(self) -> list[dict[str, Any]]:
        """The page: every head with its rows, conclusion and opinion."""
        return [
            {
                "head": head,
                "rows": [self._row(item) for item in self.items if item.head is head],
                "met": self[f"{head.key}_met"],
                "note": self[f"{head.key}_note"],
            }
            for head in HEADS
        ]

    def _row(self, item: Item) -> dict[str, Any]:
        choice = f"decision_{item.key}"
        return {
            "item": item,
            "choice": self[choice] if choice in self.fields else None,
            "reason": self[f"reason_{item.key}"],
            "change": self.changed.get(item.finding.label),
        }

    def conclusions(self, offered: Mapping[str, Conclusion], now: Mapping[str, Conclusion]) -> dict[str, Conclusion]:
        """basic, operation and performance as the service takes them.

        An opinion left as it was ``offered`` counts the findings as they are decided ``now``.
        """
        found = {}
        for head in HEADS:
            met, note = self.cleaned_data[f"{head.key}_met"], self.cleaned_data[f"{head.key}_note"]
            found[head.key] = Conclusion(met, now[head.key].note if note == offered[head.key].note else note)
        return found

    def decisions(self) -> dict[str, Decision]:
        """The officer's word on every finding."""
        given = self.cleaned_data
        return {
            item.key: Decision(SAYS[given.get(f"decision_{item.key}", "")], given[f"reason_{item.key}"])
            for item in self.items
        }


def choices_of(item: Item) -> tuple[tuple[str, str], ...]:
    """What a person may find: a good figure may prove untrue, an open one is decided, a short one stands."""
    if item.met is False:
        return ()
    if item.met:
        return (YES, NO)
    return (YES, NO, OPEN) if item.decidable else (NO, OPEN)


def initial_of(
    items: Iterable[Item], before: Measurement | None, proposed: Mapping[str, Conclusion], *, fresh: bool
) -> dict[str, Any]:
    """What the form begins with: words and decisions of the last measurement where the figure is the same, else what the rules say.

    ``fresh`` says that nothing has changed since, so that the former conclusions stand too.
    """
    kept = {line["key"]: line for line in before.findings} if before else {}
    given: dict[str, Any] = {}
    for item in items:
        line = kept.get(item.key)
        same = line is not None and line["basis"] == basis(item)
        given[f"decision_{item.key}"] = WORD[line["met"] if same and line else item.met]
        given[f"reason_{item.key}"] = line["note"] if line else ""
    for head in HEADS:
        met, note = proposed[head.key].met, proposed[head.key].note
        if before and fresh:
            met, note = getattr(before, f"{head.key}_met"), getattr(before, f"{head.key}_note")
        given |= {f"{head.key}_met": "yes" if met else "no", f"{head.key}_note": note}
    return given
