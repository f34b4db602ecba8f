"""Forms about objections: the public's, the city's register, its findings, the look-up (Art. 14)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import LineField, needed_when
from accounts.widgets import Segments
from applications.forms.calls import Moment
from applications.models import Application
from files.forms import DocumentField
from files.models import StoredFile
from files.purposes import Purpose
from regulation.identifiers import check_phone
from review.models import Notice, NoticeItem, Objection
from review.services.objections import Objector, Statement
from timekeeping import clock

LONGEST_CONTENT = 5000
LONGEST_TEXT = 2000
EVIDENCE = ("evidence_1", "evidence_2", "evidence_3")
OTHER = "other"
SIGNED_ONLINE = [("person", "个人（真实姓名）"), ("unit", "单位（加盖公章）")]


class StatementForm(forms.Form):
    """What every objection says, however it came."""

    platform = forms.ChoiceField(label="有异议的平台")
    named = needed_when(
        LineField(
            label="单位或事项名称", required=False, max_length=120,
            help_text="所指平台不在名单上，或对整个名单有异议时填写。",
        ), "不在名单上的必填",
    )  # fmt: skip
    content = forms.CharField(
        label="异议内容", max_length=LONGEST_CONTENT, widget=forms.Textarea({"rows": 8}),
        help_text="请写明事实、理由和可以核实的线索。",
    )  # fmt: skip

    def __init__(self, *args: Any, notice: Notice, items: list[NoticeItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notice = notice
        self.items = {str(item.position): item for item in items}
        listed = [(key, f"{item.platform_name}（{item.operator_name}）") for key, item in self.items.items()]
        self.fields["platform"].choices = [("", "请选择"), *listed, (OTHER, "不在名单上的单位，或整个名单")]

    def clean_content(self) -> str:
        return str(self.cleaned_data["content"]).replace("\x00", "")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("platform") == OTHER and not found.get("named"):
            self.add_error("named", "请填写您所指的单位或事项名称。")
        return found

    @property
    def application(self) -> Application | None:
        item = self.items.get(self.cleaned_data["platform"])
        return item.application if item else None

    def statement(self, signed: str, evidence: list[StoredFile]) -> Statement:
        typed = self.cleaned_data
        named = typed["named"] if typed["platform"] == OTHER else ""
        return Statement(
            notice=self.notice, signed=signed, content=typed["content"], application=self.application, named=named,
            evidence=evidence,
        )  # fmt: skip


class PhoneField(forms.CharField):
    """A mobile or a landline with area code."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return check_phone(text) if text else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


class ObjectionForm(StatementForm):
    """The public's objection: real name or seal, a telephone, evidence, consent to the privacy notice."""

    evidence_1 = DocumentField(purpose=Purpose.EVIDENCE, label="证据材料一", required=False)
    evidence_2 = DocumentField(purpose=Purpose.EVIDENCE, label="证据材料二", required=False)
    evidence_3 = DocumentField(purpose=Purpose.EVIDENCE, label="证据材料三", required=False)
    signed = forms.ChoiceField(label="以何种名义提出", choices=SIGNED_ONLINE, widget=Segments)
    name = LineField(label="真实姓名或单位全称", max_length=120)
    sealed_letter = needed_when(
        DocumentField(purpose=Purpose.SIGNED, label="加盖公章的异议书扫描件", required=False), "以单位名义的必填"
    )
    phone = PhoneField(
        label="联系电话", max_length=30, help_text="用于核实情况和查询办理进度。单位请同时在异议书中写明联系人。"
    )
    email = forms.EmailField(label="电子邮箱", required=False, help_text="填写后，办理进展会发到这个邮箱。")
    address = LineField(label="通信地址", required=False, max_length=200)
    consent = forms.BooleanField(
        label="本人确认以上姓名（单位）属实，已阅读并同意上述个人信息处理说明。",
        error_messages={"required": "请阅读并同意个人信息处理说明后提交。"},
    )
    website = forms.CharField(label="请勿填写此栏", required=False, max_length=200)

    groups = (
        ("异议内容", ("platform", "named", "content")),
        ("证据材料", EVIDENCE),
        ("提出人", ("signed", "name", "sealed_letter", "phone", "email", "address")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letter = self.fields["sealed_letter"]
        letter.help_text = f"以单位名义提出时上传。{letter.help_text}"
        self.fields["website"].widget.attrs.update({"autocomplete": "off", "tabindex": "-1"})

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("“请勿填写此栏”应保持空白，请清空后重新提交。")
        return ""

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        unsealed = not found.get("sealed_letter") and "sealed_letter" not in self.errors
        if found.get("signed") == Objection.Signed.UNIT and unsealed:
            self.add_error("sealed_letter", "以单位名义提出的，请上传加盖公章的异议书扫描件。")
        return found

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    @property
    def uploads(self) -> list[tuple[Any, str]]:
        """The uploads with their purposes; the sealed letter comes first."""
        typed = self.cleaned_data
        letter = [(typed["sealed_letter"], Purpose.SIGNED)] if typed.get("sealed_letter") else []
        return letter + [(typed[name], Purpose.EVIDENCE) for name in EVIDENCE if typed.get(name)]

    @property
    def objector(self) -> Objector:
        typed = self.cleaned_data
        return Objector(typed["name"], typed["phone"], typed["email"], typed["address"], consented_at=clock.now())


class RegisterForm(StatementForm):
    """An objection that came on paper, in person or was passed on."""

    channel = forms.ChoiceField(
        label="来源", choices=[c for c in Objection.Channel.choices if c[0] != Objection.Channel.ONLINE]
    )
    received_at = Moment(label="收到时间", help_text="信函按公示载明的规则认定。")
    signed = forms.ChoiceField(label="署名", choices=Objection.Signed.choices, widget=Segments)
    name = LineField(label="姓名或单位名称", required=False, max_length=120)
    phone = PhoneField(label="联系电话", required=False, max_length=30)
    email = forms.EmailField(label="电子邮箱", required=False)
    address = LineField(label="通信地址", required=False, max_length=200)
    evidence_1 = DocumentField(purpose=Purpose.EVIDENCE, label="来件扫描", required=False)
    evidence_2 = DocumentField(purpose=Purpose.EVIDENCE, label="附件", required=False)

    field_order = ("channel", "received_at", "platform", "named", "content", "evidence_1", "evidence_2", "signed")

    @property
    def uploads(self) -> list[tuple[Any, str]]:
        typed = self.cleaned_data
        return [(typed[name], Purpose.EVIDENCE) for name in EVIDENCE[:2] if typed.get(name)]

    @property
    def objector(self) -> Objector | None:
        typed = self.cleaned_data
        if typed["signed"] == Objection.Signed.ANONYMOUS:
            return None
        return Objector(typed["name"], typed["phone"], typed["email"], typed["address"])


class FollowForm(forms.Form):
    """Receipt number and telephone."""

    number = forms.CharField(label="回执编号", max_length=40, help_text="如 YY-2026-0001，见提交后的回执。")
    phone = forms.CharField(label="联系电话", max_length=40, help_text="提交异议时填写的联系电话。")


class InvestigateForm(forms.Form):
    """Nothing more is asked."""


class LeadForm(forms.Form):
    """Why an anonymous letter is a lead, and where it goes."""

    reason = forms.CharField(label="处理理由和去向", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 4}))


class AnswerForm(forms.Form):
    """The answer to somebody whose objection holds nobody."""

    answer_text = forms.CharField(
        label="答复内容", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6}),
        help_text="异议人凭回执编号和电话可以看到；逾期的可以告知投诉举报渠道（第二十一条）。",
    )  # fmt: skip


class FindingsForm(forms.Form):
    """What the investigation found, what is told to the applicant, what is answered."""

    findings = forms.CharField(
        label="调查情况", max_length=LONGEST_CONTENT, widget=forms.Textarea({"rows": 6}),
        help_text="调查经过、证据和认定的事实，仅市局和审计监察人员可见。",
    )  # fmt: skip
    conclusion = forms.CharField(
        label="核查结论", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 3}),
        help_text="告知申报单位和县区并留档。不得出现异议人的姓名、单位、电话等信息。",
    )  # fmt: skip
    answer_text = forms.CharField(
        label="答复异议人", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 4}),
        help_text="异议人凭回执编号和电话可以看到。",
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """A file collected in the investigation."""

    file = DocumentField(purpose=Purpose.EVIDENCE, label="调查证据")
    note = forms.CharField(label="说明", required=False, max_length=120)


class OpeningForm(forms.Form):
    """Why somebody opens the identity of an objector."""

    reason = forms.CharField(label="查看理由", max_length=200, help_text="查看人、时间和理由会留下记录。")
