"""Forms of the on-site inspection (Art. 13)."""

from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.models import User
from accounts.widgets import Day, Segments, Upload
from files.forms import DocumentField
from files.purposes import Purpose
from review.models import Inspection, InspectionItem
from review.selectors.experts import Conflicts, words
from review.services.inspections import Place, Visit


class PlanForm(forms.Form):
    """Day, place, people, lead."""

    visit_on = DayField(label="核查日期", widget=Day)
    place = forms.CharField(label="核查地点", max_length=200)
    inspectors = forms.MultipleChoiceField(label="核查组成员", widget=forms.CheckboxSelectMultiple)
    lead = forms.ChoiceField(label="组长", help_text="从所选成员中指定。")
    reason = forms.CharField(
        label="同名核实情况", required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="所选人员与申报单位人员同名时填写核实结果。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: list[User], conflicts: Conflicts, scored: set[int], application_id: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        reasons = {user.pk: conflicts.get((user.pk, application_id), ()) for user in people}
        free = [user for user in people if not any(reason.certain for reason in reasons[user.pk])]
        self.people = {str(user.uuid): user for user in free}
        self.excluded = [(u.name, words(reasons[u.pk])) for u in people if any(r.certain for r in reasons[u.pk])]
        labels = {str(u.uuid): _label(u, words(reasons[u.pk]), u.pk in scored) for u in free}
        self.fields["inspectors"].choices = list(labels.items())  # type: ignore[attr-defined]
        self.fields["lead"].choices = [("", "请选择"), *((str(u.uuid), u.name) for u in free)]  # type: ignore[attr-defined]

    def visit(self) -> Visit:
        """What the service plans."""
        data = self.cleaned_data
        chosen = tuple(self.people[key] for key in data["inspectors"])
        return Visit(data["visit_on"], data["place"], chosen, self.people[data["lead"]])


class ItemForm(forms.Form):
    """One item of the checklist: what was found."""

    result = forms.ChoiceField(label="核查结果", choices=InspectionItem.Result.choices, widget=Segments)
    note = forms.CharField(
        label="情况记录",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="不一致、需说明的必填。",
    )
    condition_unmet = forms.BooleanField(label="据此不符合第七条基本条件", required=False)
    existed_at_closing = forms.BooleanField(label="说明所证明的事实在申报截止时已存在", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, clarified: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not clarified:
            del self.fields["existed_at_closing"]


class PhotoForm(forms.Form):
    """A photo of an item and, where wanted, its position."""

    photo = DocumentField(
        label="照片", purpose=Purpose.PHOTO, widget=forms.FileInput({"accept": "image/*", "capture": "environment", "class": "form-control"})
    )  # fmt: skip
    latitude = forms.DecimalField(
        label="纬度", required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=6
    )
    longitude = forms.DecimalField(
        label="经度", required=False, min_value=-180, max_value=180, max_digits=9, decimal_places=6
    )
    accuracy = forms.IntegerField(label="定位精度（米）", required=False, min_value=0, max_value=1_000_000)

    def place(self) -> Place | None:
        """The position, when both coordinates were given."""
        data = self.cleaned_data
        if data["latitude"] is None or data["longitude"] is None:
            return None
        return Place(data["latitude"], data["longitude"], data["accuracy"])


class QuestionForm(forms.Form):
    """What the applicant must explain."""

    question = forms.CharField(label="需要说明的事项", max_length=2000, widget=forms.Textarea({"rows": 5}))


class ClarifyForm(forms.Form):
    """The applicant's explanation."""

    text = forms.CharField(label="说明", max_length=5000, widget=forms.Textarea({"rows": 6}))
    upload = DocumentField(label="证明文件", purpose=Purpose.EVIDENCE, required=False, widget=Upload)


class OpinionForm(forms.Form):
    """The written opinion and both signatures."""

    conclusion = forms.ChoiceField(label="核查结论", choices=Inspection.Conclusion.choices, widget=Segments)
    opinion = forms.CharField(label="现场核查意见", max_length=5000, widget=forms.Textarea({"rows": 6}))
    inspector_signature = forms.CharField(label="核查组签字", max_length=120, help_text="到场成员逐一填写姓名。")
    applicant_signature = forms.CharField(
        label="申报单位签字", max_length=60, help_text="法定代表人或现场负责人姓名；拒签的，写明“拒签”和原因。"
    )
    signed_record = DocumentField(
        label="双方签字的核查记录扫描件", purpose=Purpose.SIGNED, required=False, widget=Upload
    )


class DecideForm(forms.Form):
    """Following the opinion, or going against it with a reason."""

    reason = forms.CharField(
        label="理由", required=False, max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="与现场核查意见不一致的必填；未通过而不另写的，以核查意见为理由告知申报单位。",
    )  # fmt: skip


def _label(user: User, flagged: str, scored: bool) -> str:
    notes = [flagged] if flagged else []
    notes += ["曾评审本件"] if scored else []
    return f"{user.name}（{'；'.join(notes)}）" if notes else user.name
