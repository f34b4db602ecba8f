"""Forms of ending a title: findings, delivery, reply, referral, announcement, and orders of courts."""

from typing import Any

from django import forms

from accounts.fields import DayField, LineField
from accounts.models import User
from accounts.widgets import Day, Segments, Upload
from files import intake
from files.forms import DocumentField
from files.models import StoredFile
from files.purposes import Purpose
from supervision.models import Ending
from supervision.services import endings as services
from timekeeping import clock

LONG = 4000


def words(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea({"rows": rows}), **options)


def received(upload: Any, purpose: str, user: User) -> StoredFile | None:
    """The chosen file stored, or None when none was chosen."""
    return intake.receive(upload, purpose=purpose, uploaded_by=user) if upload else None


class OpenForm(forms.Form):
    """The findings. Ground, day and lines come filled in when the system proposed the case."""

    ground = forms.ChoiceField(
        label="事由", choices=Ending.Ground.choices, widget=forms.RadioSelect,
        help_text="前三项依第十九条取消称号；有违法违规等行为的，依第十六条撤销称号。",
    )  # fmt: skip
    facts_on = DayField(
        label="事实发生日期", widget=Day, help_text="持续或者多次发生的，填最后一次的日期；适用该日有效的规定。"
    )
    findings = words("查明的事实", 6, help_text="时间、地点、经过和后果，写入事先告知书。不写举报人等他人的个人信息。")
    evidence = DocumentField(label="证据材料", purpose=Purpose.EVIDENCE, widget=Upload, required=False)
    evidence_2 = DocumentField(label="证据材料（第二份）", purpose=Purpose.EVIDENCE, widget=Upload, required=False)

    def uploads(self, user: User) -> list[StoredFile]:
        chosen = (self.cleaned_data["evidence"], self.cleaned_data["evidence_2"])
        return [stored for upload in chosen if (stored := received(upload, Purpose.EVIDENCE, user))]


class NotifyForm(forms.Form):
    """How the notice reached the platform."""

    method = forms.ChoiceField(label="送达方式", choices=Ending.Delivery.choices, widget=Segments, initial="system")
    delivered_on = DayField(
        label="送达日期", widget=Day, help_text="系统送达的为今天；其他方式以送达回证、邮寄签收的日期为准。"
    )
    proof = DocumentField(
        label="送达凭证",
        purpose=Purpose.EVIDENCE,
        widget=Upload,
        required=False,
        help_text="系统送达以外的方式须上传。",
    )

    def given(self, user: User) -> dict[str, Any]:
        typed = self.cleaned_data
        proof = received(typed["proof"], Purpose.EVIDENCE, user)
        return {"delivery": services.Delivery(typed["method"], typed["delivered_on"], proof)}


class ReplyForm(forms.Form):
    """What the platform has to say."""

    statement = words("陈述申辩内容", 8, help_text="对事实、依据有异议的，请逐项说明；没有异议的，也可以说明整改情况。")
    file = DocumentField(label="证明材料", purpose=Purpose.EVIDENCE, widget=Upload, required=False)

    def given(self, user: User) -> dict[str, Any]:
        stored = received(self.cleaned_data["file"], Purpose.EVIDENCE, user)
        return {"statement": self.cleaned_data["statement"], "files": [stored] if stored else []}


class ReferForm(forms.Form):
    reason = words("复核意见", help_text="对事实、证据和陈述申辩逐项复核的意见，供会议研究。")

    def given(self, user: User) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class DropForm(forms.Form):
    reason = words("终止程序的理由", help_text="将告知示范平台。")

    def given(self, user: User) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class AnnounceForm(forms.Form):
    """The document of the office system and its announcement on the portal."""

    document_number = forms.CharField(
        label="决定文号", max_length=60, help_text="办公系统给出的编号，例如 昆工信通〔2026〕12号。"
    )
    issued_on = DayField(label="印发日期", widget=Day)
    portal_url = forms.URLField(label="门户网站公告地址", max_length=200, assume_scheme="https")
    signed_document = DocumentField(label="签发的决定书", purpose=Purpose.SIGNED, widget=Upload)
    looked_through = forms.BooleanField(
        label="已核对决定书中没有身份证号码、手机号码等个人信息，可以公开",
        error_messages={"required": "请核对决定书可以公开后勾选。"},
    )
    override_reason = forms.CharField(
        label="含个人信息仍予公开的理由", required=False, widget=forms.Textarea({"rows": 2}), max_length=500,
        help_text="系统在文件中发现个人信息而确需公开时填写，将记入办理记录。",
    )  # fmt: skip

    def given(self, user: User) -> dict[str, Any]:
        typed = {name: value for name, value in self.cleaned_data.items() if name != "looked_through"}
        typed["signed_document"] = received(typed["signed_document"], Purpose.SIGNED, user)
        return {"announcement": services.Announcement(**typed)}


class OrderForm(forms.Form):
    """The document of a court or superior authority."""

    authority = LineField(label="作出机关", max_length=120, help_text="人民法院或者上级机关的全称。")
    reference = LineField(label="文书编号", max_length=80)
    made_on = DayField(label="作出日期", widget=Day)
    file = DocumentField(label="文书", purpose=Purpose.SIGNED, widget=Upload)

    def given(self, user: User) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        typed["file"] = received(typed["file"], Purpose.SIGNED, user)
        return {"order": services.Order(**typed)}


class RecoverForm(forms.Form):
    """A plaque handed in."""

    recovered_on = DayField(label="收回日期", widget=Day, initial=clock.today)
    recovered_from = LineField(label="交回人", max_length=60)

    def given(self, user: User) -> dict[str, Any]:
        return dict(self.cleaned_data)


class VoidForm(forms.Form):
    """A plaque declared void in public."""

    reason = words("未交回的情况", 3)
    portal_url = forms.URLField(label="作废公告地址", max_length=200, assume_scheme="https")
    capture = DocumentField(label="公告页面截图", purpose=Purpose.CAPTURE, widget=Upload, required=False)

    def given(self, user: User) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        typed["capture"] = received(typed["capture"], Purpose.CAPTURE, user)
        return typed
