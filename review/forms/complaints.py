"""Forms about complaints: the public's, the city's register, handling and answer, the look-up (Art. 21)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import LineField, needed_when
from accounts.widgets import Segments
from applications.forms.calls import Moment
from files.forms import DocumentField
from files.models import StoredFile
from files.purposes import Purpose
from registry import selectors as registry
from registry.models import Title
from review.forms.objections import EVIDENCE, LONGEST_CONTENT, LONGEST_TEXT, PhoneField
from review.models import Complaint
from review.services.complaints import Report
from review.services.objections import Objector
from timekeeping import clock

ANONYMOUS = Complaint.Signed.ANONYMOUS
UNLESS_ANONYMOUS = "匿名的不填"
SIGNED = [("person", "个人实名"), ("unit", "单位"), ("anonymous", "匿名")]


class ReportForm(forms.Form):
    """What every complaint says, however it came, and who sends it unless it is nameless."""

    about = forms.ChoiceField(label="反映对象", choices=[("", "请选择"), *Complaint.About.choices])
    named = needed_when(LineField(label="平台、单位或事项名称", required=False, max_length=120), "反映示范平台的必填")
    content = forms.CharField(
        label="反映内容", max_length=LONGEST_CONTENT, widget=forms.Textarea({"rows": 8}),
        help_text="请写明时间、地点、事实和可以核实的线索。",
    )  # fmt: skip
    signed = forms.ChoiceField(label="以何种方式反映", choices=SIGNED, widget=Segments, initial="person")
    name = needed_when(LineField(label="姓名或单位名称", required=False, max_length=120), UNLESS_ANONYMOUS)
    phone = needed_when(PhoneField(label="联系电话", required=False, max_length=30), UNLESS_ANONYMOUS)
    email = forms.EmailField(label="电子邮箱", required=False)
    address = LineField(label="通信地址", required=False, max_length=200)

    def clean_content(self) -> str:
        return str(self.cleaned_data["content"]).replace("\x00", "")

    @property
    def uploads(self) -> list[Any]:
        return [self.cleaned_data[name] for name in EVIDENCE if self.cleaned_data.get(name)]

    def complainant(self, *, consented: bool = False) -> Objector | None:
        """Who complains; None for a nameless complaint, whatever was typed into the fields."""
        typed = self.cleaned_data
        if typed["signed"] == ANONYMOUS:
            return None
        at = clock.now() if consented else None
        return Objector(typed["name"], typed["phone"], typed["email"], typed["address"], consented_at=at)

    def report(self, evidence: list[StoredFile], title: Title | None = None) -> Report:
        typed = self.cleaned_data
        return Report(
            about=typed["about"], content=typed["content"], signed=typed["signed"], named=typed["named"], title=title,
            evidence=evidence,
        )  # fmt: skip


class ComplaintForm(ReportForm):
    """The public's complaint; a name is optional."""

    evidence_1 = DocumentField(purpose=Purpose.EVIDENCE, label="材料一", required=False)
    evidence_2 = DocumentField(purpose=Purpose.EVIDENCE, label="材料二", required=False)
    evidence_3 = DocumentField(purpose=Purpose.EVIDENCE, label="材料三", required=False)
    consent = forms.BooleanField(
        label="本人确认所反映的情况属实，已阅读上述个人信息处理说明。",
        error_messages={"required": "请阅读个人信息处理说明并确认后提交。"},
    )
    website = forms.CharField(label="请勿填写此栏", required=False, max_length=200)

    groups = (
        ("反映内容", ("about", "named", "content")),
        ("材料", EVIDENCE),
        ("反映人", ("signed", "name", "phone", "email", "address")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = "用于核实情况和查询办理进度。"
        self.fields["email"].help_text = "填写后，办理进展会发到这个邮箱。"
        self.fields["name"].help_text = "选择匿名的，姓名、电话、邮箱和地址都不必填写，填写了也不会保存。"
        self.fields["website"].widget.attrs.update({"autocomplete": "off", "tabindex": "-1"})

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("“请勿填写此栏”应保持空白，请清空后重新提交。")
        return ""

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in self.groups]


class TitleField(LineField):
    """The number of a title of the book, cleaned to the title; empty is None."""

    def clean(self, value: Any) -> Title | None:
        number = str(super().clean(value))
        found = Title.objects.filter(number__iexact="".join(number.split())).first() if number else None
        if number and found is None:
            raise ValidationError("名录中没有这个证号，请核对；不确定的可以留空。")
        return found


class RegisterForm(ReportForm):
    """A complaint that came on paper, in person, by telephone or was passed on."""

    channel = forms.ChoiceField(
        label="来源", choices=[c for c in Complaint.Channel.choices if c[0] != Complaint.Channel.ONLINE]
    )
    received_at = Moment(label="收到时间")
    title = TitleField(label="涉及的证号", required=False, max_length=40)
    evidence_1 = DocumentField(purpose=Purpose.EVIDENCE, label="来件扫描", required=False)
    evidence_2 = DocumentField(purpose=Purpose.EVIDENCE, label="附件", required=False)

    field_order = ("channel", "received_at", "about", "named", "title", "content", "evidence_1", "evidence_2", "signed")


class HandleForm(forms.Form):
    """Which title of the book the complaint concerns."""

    title = TitleField(
        label="涉及的证号",
        required=False,
        max_length=40,
        help_text="涉及某个示范平台的填写，关联后记入该平台的全过程。",
    )


class AnswerForm(forms.Form):
    """What was found, and what is answered."""

    findings = forms.CharField(
        label="核实情况", required=False, max_length=LONGEST_CONTENT, widget=forms.Textarea({"rows": 6}),
        help_text="核实经过、证据和认定的事实，仅市局和审计监察人员可见。",
    )  # fmt: skip
    answer_text = forms.CharField(
        label="答复内容", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 5}),
        help_text="反映人凭回执编号和查询码（或电话）可以看到。",
    )  # fmt: skip


class FollowForm(forms.Form):
    """Receipt number, and the code of the receipt or the telephone."""

    number = forms.CharField(label="回执编号", max_length=40, help_text="如 TS-2026-0001，见提交后的回执。")
    secret = forms.CharField(
        label="查询码或联系电话", max_length=40, help_text="回执上的8位查询码，或者提交时填写的联系电话。"
    )


def title_of(token: str) -> Title | None:
    """The announced title of a public page's token, so that a complaint begun there is about it."""
    return registry.by_token(token) if token else None
