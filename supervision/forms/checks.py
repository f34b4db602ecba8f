"""Forms of checks and guidance."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.fields import DayField, LineField
from accounts.widgets import Day, Segments
from applications.forms.materials import DocumentsField, ManyUploads
from files.purposes import Purpose, rule_of
from registry.models import Title
from supervision.models import Check

EVIDENCE = rule_of(Purpose.EVIDENCE)


def _files(label: str) -> DocumentsField:
    widget = ManyUploads({"multiple": True}, accept=EVIDENCE.accept, limit=EVIDENCE.text)
    return DocumentsField(label=label, purpose=Purpose.EVIDENCE, required=False, widget=widget, help_text="")


class RecordForm(forms.Form):
    """What the district found and advised."""

    title = forms.ChoiceField(label="示范平台")
    kind = forms.ChoiceField(label="检查方式", choices=Check.Kind.choices, widget=Segments)
    checked_on = DayField(label="检查日期", widget=Day)
    people = LineField(label="参加人员", max_length=200, help_text="检查人员和平台在场人员的姓名、职务，用顿号分开。")
    findings = forms.CharField(label="检查情况", max_length=4000, widget=forms.Textarea({"rows": 6}))
    advice = forms.CharField(
        label="指导意见", max_length=4000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="对平台的建议和改进要求，平台会收到。",
    )  # fmt: skip
    follow_up_by = DayField(
        label="复查期限", required=False, widget=Day, help_text="需要复查的，填最后一日；不需要的留空。"
    )
    files = _files("检查材料（照片、记录等）")

    def __init__(self, *args: Any, titles: Iterable[Title], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = {str(title.uuid): title for title in titles}
        choices = [(key, f"{title.platform_name}（{title.number}）") for key, title in self.titles.items()]
        self.fields["title"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]

    def clean_title(self) -> Title:
        return self.titles[self.cleaned_data["title"]]


class FollowUpForm(forms.Form):
    """What the second look showed."""

    followed_up_on = DayField(label="复查日期", widget=Day)
    people = LineField(label="参加人员", max_length=200)
    result = forms.CharField(
        label="复查结果", max_length=4000, widget=forms.Textarea({"rows": 5}), help_text="逐项写明指导意见的落实情况。"
    )
    files = _files("复查材料")
