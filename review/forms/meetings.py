"""Forms of the collective decision: minutes, one ruling per application, the second officer's comparison, the announcement."""

from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.widgets import Day, Segments, Upload
from files.forms import DocumentField
from review.models import Meeting, MeetingItem
from review.selectors.decisions import AgendaItem

Outcome = MeetingItem.Outcome
NOT_NOW = ("", "本次不审议")


class MinutesForm(forms.Form):
    """What the minutes say of the meeting."""

    kind = forms.ChoiceField(label="会议类别", choices=Meeting.Kind.choices, widget=Segments)
    held_on = DayField(label="会议日期", widget=Day, help_text="不早于所审议平台的公示期满，不晚于今天。")
    minutes_number = forms.CharField(label="会议纪要编号", max_length=60)
    minutes = DocumentField(label="会议纪要", purpose="minutes", widget=Upload)
    attendance = forms.CharField(
        label="出席人员", widget=forms.Textarea({"rows": 3}), max_length=2000, help_text="姓名和职务，按纪要抄录。"
    )
    recusals = forms.CharField(
        label="回避情况",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=1000,
        help_text="纪要载明的回避人员和事由。",
    )
    vote = forms.CharField(
        label="表决情况",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=1000,
        help_text="纪要载明的应到、实到和票数。",
    )


class RulingForm(forms.Form):
    """What the minutes say of one application; left alone, the meeting did not take it up."""

    outcome = forms.ChoiceField(label="决定", required=False, widget=Segments)
    reason = forms.CharField(
        label="理由", required=False, widget=forms.Textarea({"rows": 2}), max_length=2000,
        help_text="不予认定、暂缓认定须写明理由，将告知申报单位。",
    )  # fmt: skip

    def __init__(self, data: Any, *, item: AgendaItem) -> None:
        super().__init__(data, prefix=f"r-{item.application.uuid}", initial={"outcome": ""})
        self.item = item
        offered = [c for c in Outcome.choices if not (item.was_deferred and c[0] == Outcome.DEFER)]
        self.fields["outcome"].choices = [*offered, NOT_NOW]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") in (Outcome.DECLINE, Outcome.DEFER) and not cleaned.get("reason"):
            label = Outcome(cleaned["outcome"]).label
            self.add_error("reason", f"请写明“{self.item.application.platform_name}”{label}的理由")
        return cleaned

    @property
    def is_taken_up(self) -> bool:
        return bool(self.cleaned_data.get("outcome"))


class ConfirmForm(forms.Form):
    """What the second officer has compared with the minutes."""

    same_meeting = forms.BooleanField(
        label="会议类别、日期、纪要编号、出席人员、回避和表决情况与会议纪要一致",
        error_messages={"required": "请对照会议纪要核对会议情况后勾选。"},
    )
    same_rulings = forms.BooleanField(
        label="每一家平台的决定和理由与会议纪要一致，没有遗漏和多列",
        error_messages={"required": "请对照会议纪要逐家核对决定后勾选。"},
    )


class RejectForm(forms.Form):
    """Where the entry differs from the minutes."""

    reason = forms.CharField(label="与会议纪要不符之处", widget=forms.Textarea({"rows": 3}), max_length=1000)


class AnnounceForm(forms.Form):
    """The document of the office system and its announcement on the portal."""

    document_number = forms.CharField(
        label="认定文号", max_length=60, help_text="办公系统给出的编号，例如 昆工信通〔2026〕12号。"
    )
    issued_on = DayField(label="印发日期", widget=Day)
    portal_url = forms.URLField(label="门户网站公告地址", max_length=200, assume_scheme="https")
    signed_document = DocumentField(label="签发的认定文件", purpose="signed", required=False, widget=Upload)
    looked_through = forms.BooleanField(
        label="已核对该文件中没有身份证号码、手机号码等个人信息，可以公开", required=False
    )
    override_reason = forms.CharField(
        label="含个人信息仍予公开的理由", required=False, widget=forms.Textarea({"rows": 2}), max_length=500,
        help_text="系统在文件中发现个人信息而确需公开时填写，将记入办理记录。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("signed_document") and not cleaned.get("looked_through"):
            self.add_error("looked_through", "请核对文件可以公开后勾选。")
        return cleaned
