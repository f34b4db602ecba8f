"""Forms of the proposed list and its notices (Art. 14)."""

from typing import Any

from django import forms

from accounts.fields import DayField, LineField
from accounts.widgets import Day
from applications.forms.calls import Moment
from applications.models import Application, Call
from files.forms import DocumentField
from files.purposes import Purpose
from review.models import Notice, NoticeItem
from review.services.notices import Draft, Portal

LONGEST_REASON = 1000
LETTER_RULES = (
    ("信函以到达日期为准", "信函以到达日期为准"),
    ("信函以寄出邮戳日期为准", "信函以寄出邮戳日期为准"),
)


class ChoiceOfCases(forms.ModelMultipleChoiceField):
    """Applications of the list, chosen by their UUID."""

    def __init__(self, **options: Any) -> None:
        super().__init__(to_field_name="uuid", queryset=Application.objects.none(), **options)


class SelectionForm(forms.Form):
    """Which inspected applications, and whether they go on the proposed list."""

    do = forms.ChoiceField(choices=[("propose", "列入拟认定名单"), ("not_propose", "不列入拟认定名单")])
    applications = ChoiceOfCases(error_messages={"required": "请先勾选平台。"})

    def __init__(self, *args: Any, choices: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = Application.objects.filter(pk__in=[a.pk for a in choices])


class ReasonForm(forms.Form):
    """The reason for one application, told to its applicant."""

    reason = forms.CharField(label="理由", max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not optional
        self.fields["reason"].label = "说明" if optional else "理由"


class DraftForm(forms.Form):
    """The text and dates of a notice, and who stands on it."""

    title = LineField(label="标题", max_length=160)
    applications = ChoiceOfCases(
        label="公示名单", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请至少选择一家拟认定平台。"}
    )
    planned_on = DayField(
        label="计划在门户网站发布的日期", widget=Day, help_text="也是公示的落款日期。公示首日默认为其后的下一个工作日。"
    )
    starts_on = DayField(label="公示起", widget=Day)
    ends_on = DayField(label="公示止", widget=Day)
    phone = forms.CharField(label="受理电话", max_length=60, help_text="请填写办公座机，公示中不宜出现个人手机号码。")
    supervision_phone = forms.CharField(label="监督电话（派驻纪检监察组）", max_length=60)
    address = forms.CharField(label="通信地址和邮政编码", max_length=200)
    email = forms.EmailField(label="电子邮箱", required=False)
    letter_rule = forms.ChoiceField(label="信函时间认定", choices=LETTER_RULES)

    def __init__(self, *args: Any, call: Call, choices: list[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = call.parameters.notice_workdays
        self.fields[
            "ends_on"
        ].help_text = f"首尾两日均计入，周末和节假日除外，调休上班日计入；不少于{days}个工作日（第十四条）。"
        self.order = [application.pk for application in choices]
        field = self.fields["applications"]
        field.queryset = Application.objects.filter(pk__in=[a.pk for a in choices]).select_related("organisation")
        field.label_from_instance = lambda a: f"{a.platform_name}（{a.organisation.name}）"

    @property
    def says(self) -> Draft:
        return Draft(**{name: value for name, value in self.cleaned_data.items() if name != "applications"})

    @property
    def chosen(self) -> list[Application]:
        """The chosen applications in the order of the ranking."""
        found = {a.pk: a for a in self.cleaned_data["applications"].select_related("organisation", "district")}
        return [found[pk] for pk in self.order if pk in found]


class PublishForm(forms.Form):
    """The record of the publication on the portal."""

    portal_url = forms.URLField(label="门户网站公示页面网址", assume_scheme="https", max_length=200)
    published_at = Moment(label="门户网站发布时间")
    capture = DocumentField(purpose=Purpose.CAPTURE, label="发布页面截图")
    override_reason = forms.CharField(
        label="公示文件含个人信息仍需公开的理由",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 2}),
        help_text="仅在系统提示公示文件含身份证号码、手机号码而确需公开时填写，由您署名负责。",
    )

    def portal(self, capture: Any) -> Portal:
        return Portal(
            url=self.cleaned_data["portal_url"], published_at=self.cleaned_data["published_at"], capture=capture
        )


class ExtendForm(forms.Form):
    """A later end, as after an outage of the portal."""

    ends_on = DayField(label="延长至（含当日）", widget=Day)
    reason = forms.CharField(
        label="延长原因",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text="原因会在公示页面公开。",
    )

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].help_text = f"现公示至{notice.ends_on}，只能延长，不能缩短。"


class CorrectForm(forms.Form):
    """A printed item as it should read."""

    platform_name = LineField(label="平台名称", max_length=120)
    operator_name = LineField(label="运营单位", max_length=120)
    material = forms.TypedChoiceField(
        label="更正的性质",
        coerce=lambda value: value == "yes",
        choices=[
            ("no", "文字笔误，不影响公众判断（记录并公开，公示期不变）"),
            ("yes", "实质性更正（该平台重新计算完整的公示期，其他平台不变）"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="更正原因",
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text="原因会在公示页面公开。",
    )

    @classmethod
    def of(cls, item: NoticeItem, data: Any = None) -> "CorrectForm":
        initial = {"platform_name": item.platform_name, "operator_name": item.operator_name}
        return cls(data, initial=initial)
