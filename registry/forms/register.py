"""Forms of the register: filters, and the check of one title by number and operator."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import District
from registry import standing
from registry.selectors import Wanted
from regulation.functions import FUNCTIONS


class RegisterFilter(forms.Form):
    """What the register is narrowed to. A value that is not offered narrows nothing."""

    q = forms.CharField(label="名称或证号", required=False, max_length=60, strip=True)
    district = forms.ChoiceField(label="县(市)区", required=False)
    function = forms.ChoiceField(label="服务功能", required=False)
    year = forms.TypedChoiceField(label="认定年度", required=False, coerce=int, empty_value=None)
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *standing.CHOICES])

    def __init__(self, data: Any, *, districts: Iterable[District], years: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["district"].choices = [("", "全部"), *((d.slug, d.name) for d in districts)]
        self.fields["function"].choices = [("", "全部"), *((key, rule.label) for key, rule in FUNCTIONS.items())]
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in years)]

    def wanted(self) -> Wanted:
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            words=chosen.get("q") or "", district=chosen.get("district") or "", function=chosen.get("function") or "",
            year=chosen.get("year"), standing=chosen.get("standing") or "",
        )  # fmt: skip

    def chips(self) -> list[tuple[str, str]]:
        """(name of the field, words) of every filter in force."""
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                labels = {str(key): label for key, label in getattr(self.fields[name], "choices", [])}
                found.append((name, f"{self.fields[name].label}：{labels.get(str(value), value)}"))
        return found


class LookupForm(forms.Form):
    """Both the number of the title and the operator's credit code."""

    number = forms.CharField(label="证号", max_length=40, help_text="称号凭证或牌匾上的编号，例如 KMSF-2026-001。")
    credit_code = forms.CharField(label="运营单位统一社会信用代码", max_length=30)
