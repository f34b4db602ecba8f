"""Forms of activities, invitations and attendance."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.fields import DayField, LineField
from accounts.widgets import Day, Segments, Upload
from applications.forms.calls import Moment
from files.forms import DocumentField
from files.purposes import Purpose, rule_of
from registry.models import Title
from supervision.models import Activity, Invitation

EVIDENCE = rule_of(Purpose.EVIDENCE)


def _evidence(label: str) -> DocumentField:
    widget = Upload(accept=EVIDENCE.accept, limit=EVIDENCE.text)
    return DocumentField(label=label, purpose=Purpose.EVIDENCE, required=False, widget=widget, help_text="")


class AnnounceForm(forms.Form):
    """An activity of province or city."""

    name = LineField(label="活动名称", max_length=120)
    level = forms.ChoiceField(label="活动级别", choices=Activity.Level.choices, widget=Segments)
    organiser = LineField(label="组织单位", max_length=120)
    starts_at = Moment(label="开始时间")
    place = LineField(label="活动地点", max_length=200)
    content = forms.CharField(label="活动内容和参加要求", max_length=4000, widget=forms.Textarea({"rows": 5}))
    contact = LineField(label="联系人和电话", max_length=120)
    document_number = LineField(label="活动通知文号", max_length=60, required=False)
    document = _evidence("活动通知")


class InviteForm(forms.Form):
    """Which platforms are invited, and how the invitation was served."""

    way = forms.ChoiceField(label="送达方式", choices=Invitation.Way.choices, widget=Segments, initial="system")
    served_on = DayField(
        label="送达日期", required=False, widget=Day, help_text="书面、电话送达的填写；系统送达的日期就是今天，不用填。"
    )
    proof = LineField(
        label="送达凭据", max_length=200, required=False, help_text="书面、电话送达的填写，例如签收人、通话人和时间。"
    )
    titles = forms.MultipleChoiceField(
        label="示范平台", error_messages={"required": "请至少选择一家示范平台。"}, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, titles: Iterable[Title], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = {str(title.uuid): title for title in titles}
        self.fields["titles"].choices = [(key, title.platform_name) for key, title in self.listed.items()]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        """The platforms ticked so far, to keep them after an error."""
        return {str(key) for key in self["titles"].value() or ()}

    def clean_titles(self) -> list[Title]:
        return [self.listed[key] for key in self.cleaned_data["titles"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("way") not in (None, Invitation.Way.SYSTEM):
            if not cleaned.get("served_on"):
                self.add_error("served_on", "请填写送达日期。")
            if not cleaned.get("proof"):
                self.add_error("proof", "请填写送达凭据，例如签收人、通话人和时间。")
        return cleaned


class MarkForm(forms.Form):
    """What is noted of one invited platform; nothing chosen leaves it as it is."""

    STEPS = (("", "暂不登记"), ("excuse", "准假（不计缺席）"))
    AFTER_BEGINNING = (("", "暂不登记"), ("present", "出席"), ("absent", "无故缺席"), ("excuse", "准假（不计缺席）"))

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    step = forms.ChoiceField(label="出席情况", choices=STEPS, required=False)
    note = forms.CharField(label="说明", max_length=500, required=False)

    def __init__(self, *args: Any, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = self.AFTER_BEGINNING if begun else self.STEPS  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("step") == "excuse" and not cleaned.get("note"):
            self.add_error("note", "请在说明中写明准假的理由。")
        return cleaned


MarkFormSet = forms.formset_factory(MarkForm, extra=0, max_num=1000, absolute_max=1000)


class LeaveForm(forms.Form):
    """Why the platform cannot come."""

    leave_reason = forms.CharField(
        label="请假事由", max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text="写明不能参加的原因；由他人代为参加的，不用请假。",
    )  # fmt: skip
    evidence = _evidence("证明材料")


class ReasonForm(forms.Form):
    """A step that needs words."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 3}))


class ExcuseForm(forms.Form):
    """准假, with the reason."""

    note = forms.CharField(label="准假的理由", max_length=500, widget=forms.Textarea({"rows": 3}))


class NoteForm(forms.Form):
    """A mark; words are optional."""

    note = forms.CharField(label="说明", max_length=500, required=False, help_text="例如：参加人员姓名、核实情况。")


class EmptyForm(forms.Form):
    """A step that needs no words."""
