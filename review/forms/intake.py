"""Forms of the city's intake."""

from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.widgets import Day
from regulation.articles import article_label
from review.forms.district import ReasonForm
from review.services.intake import GROUNDS


class SendBackForm(ReasonForm):
    """Why the case goes back, and by when the district answers."""

    due_on = DayField(label="重新推荐截止日期", required=False, widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = "留空时按市级受理期限计算。"


class IneligibleForm(ReasonForm):
    """Which item is not met, and why."""

    ground = forms.ChoiceField(
        label="不符合的条件", choices=[("", "请选择"), *((g, article_label(g)) for g in GROUNDS)]
    )
    field_order = ("ground", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "事实和理由"


class FalsifiedForm(ReasonForm):
    """What is false, and on what evidence that rests."""

    evidence = forms.CharField(label="查证依据", max_length=1000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "不实的材料和内容"
