"""Forms of the collective decision on matters of supervision: one ruling per case; the minutes as in every meeting."""

from typing import Any

from django import forms

from accounts.widgets import Segments
from supervision.models import Ending, ResolutionItem
from supervision.models.resolutions import ruling_words
from supervision.selectors.resolutions import AgendaItem

Outcome = ResolutionItem.Outcome
NOT_NOW = ("", "本次不审议")


class RulingForm(forms.Form):
    """What the minutes say of one case; left alone, the meeting did not take it up."""

    outcome = forms.ChoiceField(label="决定", required=False, widget=Segments)
    reason = forms.CharField(
        label="理由", required=False, widget=forms.Textarea({"rows": 3}), max_length=2000,
        help_text="会议认定的事实和理由，写入决定书或者告知示范平台。",
    )  # fmt: skip
    recall_plaque = forms.BooleanField(label="会议同时决定责令交回牌匾", required=False)

    def __init__(self, data: Any, *, item: AgendaItem) -> None:
        super().__init__(data, prefix=f"r-{item.case.uuid}", initial={"outcome": ""})
        self.item = item
        offered = (Outcome.END, Outcome.KEEP) if item.is_ending else (Outcome.APPROVE, Outcome.REFUSE)
        self.fields["outcome"].choices = [*((key, ruling_words(item.case, key)) for key in offered), NOT_NOW]
        if not isinstance(item.case, Ending) or item.case.kind != Ending.Kind.REVOKE:
            del self.fields["recall_plaque"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") and not cleaned.get("reason"):
            self.add_error("reason", f"请写明对“{self.item.case.title.platform_name}”作出决定的理由")
        return cleaned

    @property
    def is_taken_up(self) -> bool:
        return bool(self.cleaned_data.get("outcome"))


class ConfirmForm(forms.Form):
    """What the second officer has compared with the minutes."""

    same_meeting = forms.BooleanField(
        label="会议类别、日期、纪要编号、出席、回避和表决情况与会议纪要一致",
        error_messages={"required": "请对照会议纪要核对会议情况后勾选。"},
    )
    same_rulings = forms.BooleanField(
        label="每一件的决定和理由与会议纪要一致，没有遗漏和多列",
        error_messages={"required": "请对照会议纪要逐件核对决定后勾选。"},
    )
