"""Forms of the yearly call."""

from datetime import datetime
from typing import Any

from django import forms

from accounts.fields import check_year
from accounts.models import District
from applications.models import Application, Call
from applications.models.calls import TerritorialTest

EXCLUSIVE = "此刻起不再受理。整日有效的填次日 0 时，例如 12 月 31 日全天有效，填次年 1 月 1 日 00:00。"


class Moment(forms.DateTimeField):
    """A moment on the Shanghai wall clock. ValidationError for a year that nobody can mean."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        options.setdefault("error_messages", {"required": "请填写时间。"})
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value.replace("T", " ") if isinstance(value, str) else value)
        if moment is not None:
            check_year(moment)
        return moment


class CallForm(forms.Form):
    """The call while it is drafted."""

    year = forms.IntegerField(label="申报年度", min_value=2022, max_value=2099)
    title = forms.CharField(label="标题", max_length=120)
    document_number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="按办公系统给出的文号填写，例如：昆工信通〔2026〕1号。"
    )
    opens_at = Moment(label="申报开始")
    closes_at = Moment(label="申报截止", help_text=EXCLUSIVE)
    district_due_at = Moment(label="县区推荐截止", help_text=EXCLUSIVE)
    territorial_test = forms.ChoiceField(
        label="属地认定", choices=TerritorialTest.choices, widget=forms.RadioSelect, help_text="按哪一个地址确定受理申报的县(市)区、开发(度假)区（第十条）。"
    )  # fmt: skip
    requirements = forms.CharField(label="申报要求", widget=forms.Textarea({"rows": 8}))
    contact = forms.CharField(label="联系方式", max_length=200)
    portal_url = forms.URLField(label="门户网站地址", required=False, assume_scheme="https")

    @staticmethod
    def initial_of(call: Call) -> dict[str, Any]:
        """The values of a drafted call."""
        return {name: getattr(call, name) for name in CallForm.base_fields}


class ExtensionForm(forms.Form):
    """A public extension: new moments, for whom, by which document, why."""

    closes_at = Moment(label="申报截止延至", required=False, help_text=EXCLUSIVE)
    district_due_at = Moment(label="县区推荐截止延至", required=False)
    district = forms.ModelChoiceField(District.objects.all(), label="仅限县(市)区", required=False, empty_label="全市")
    receipt = forms.ModelChoiceField(
        Application.objects.none(), label="仅限单件申报", required=False, empty_label="不限",
        help_text="只用于经证实的系统故障。", to_field_name="uuid",
    )  # fmt: skip
    document_number = forms.CharField(label="文号", max_length=60, help_text="例如：昆工信通〔2026〕12号。")
    reason = forms.CharField(label="理由", widget=forms.Textarea({"rows": 4}), max_length=2000)

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = call.applications.filter(state__in=("draft", "awaiting_signature")).select_related("organisation")
        self.fields["receipt"].queryset = waiting  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of the service."""
        cleaned = dict(self.cleaned_data)
        cleaned["application"] = cleaned.pop("receipt")
        return cleaned
