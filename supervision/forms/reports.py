"""Forms of the annual report, of excuses and of the district's report."""

from typing import Any

from django import forms

from accounts.widgets import Upload
from applications.forms.materials import DocumentsField
from applications.forms.signing import SigningForm
from files.forms import DocumentField
from files.purposes import Purpose, rule_of
from supervision.models import ReportAttachment
from supervision.selectors import reports


class AttachmentForm(forms.Form):
    """Files of one kind."""

    document = forms.ChoiceField(label="材料名称", choices=ReportAttachment.Document.choices, widget=forms.RadioSelect)
    files = DocumentsField(label="文件", purpose=Purpose.MATERIAL)
    note = forms.CharField(label="说明", max_length=200, required=False)


class SignReportForm(SigningForm):
    """The undertaking of the signatory, proved by the own password."""

    undertaking = forms.BooleanField(
        label="我已核对年度总结、工作计划和全部附件，代表本单位承诺内容真实、准确、完整",
        error_messages={"required": "请核对后勾选承诺。"},
    )


class ReportScanForm(forms.Form):
    """The signed and sealed report as a scan."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    scan = DocumentField(
        purpose=Purpose.SIGNED,
        label="签字盖章的年度报告扫描件",
        widget=Upload(accept=rule_of(Purpose.SIGNED).accept, limit=rule_of(Purpose.SIGNED).text),
        help_text="",
    )


class ReopenForm(forms.Form):
    """Why the draft goes back."""

    reason = forms.CharField(label="退回修改的原因", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))


class ReturnForm(forms.Form):
    """Everything that is missing, said at once."""

    reason = forms.CharField(
        label="需要补充或者更正的内容",
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text="一次性写明全部内容，示范平台收到的就是这段文字。首次报送的时间不受影响。",
    )


class EmptyForm(forms.Form):
    """A step that needs no words."""


class ExcuseForm(forms.Form):
    """Why the report does not come in time."""

    reason = forms.CharField(
        label="未能按期报送的原因", max_length=2000, widget=forms.Textarea({"rows": 6}),
        help_text="写明原因、起止时间和补报时间。说明不延长报送期限，由市局审定是否认可。",
    )  # fmt: skip
    evidence = DocumentField(
        purpose=Purpose.EVIDENCE, label="证明材料", required=False,
        widget=Upload(accept=rule_of(Purpose.EVIDENCE).accept, limit=rule_of(Purpose.EVIDENCE).text), help_text="",
    )  # fmt: skip


class AcceptExcuseForm(forms.Form):
    """The city accepts; words are optional."""

    reason = forms.CharField(label="审定意见", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))


class RefuseExcuseForm(forms.Form):
    """The city refuses, with words."""

    reason = forms.CharField(label="不予认可的理由", max_length=500, widget=forms.Textarea({"rows": 3}))


class ForwardForm(forms.Form):
    """What the district adds in its own words."""

    note = forms.CharField(
        label="本区情况说明", max_length=2000, required=False, widget=forms.Textarea({"rows": 5}),
        help_text="指导、督促和检查的情况；未报送、逾期报送的原因和催报情况。",
    )  # fmt: skip


class QueueFilter(forms.Form):
    """Which reports of a year to list."""

    year = forms.TypedChoiceField(label="报告年度", coerce=int, required=False)
    standing = forms.ChoiceField(
        label="报送情况", required=False, choices=[("", "全部"), *[c for c in reports.CHOICES if c[0] != "coming"]]
    )

    def __init__(self, data: Any, *, years: list[int], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["year"].choices = [(year, f"{year}年度") for year in years]  # type: ignore[attr-defined]

    def value(self, name: str, default: Any) -> Any:
        """The chosen value, or the default for none or a strange one."""
        self.is_valid()
        found = self.cleaned_data.get(name)
        return default if found in (None, "") else found


class YearFilter(QueueFilter):
    """Which year to look at."""

    standing = None  # type: ignore[assignment]
