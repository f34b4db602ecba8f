"""Forms of rectification: the order, the platform's report, going back, the recheck."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.fields import DayField, LineField
from accounts.widgets import Day, Upload
from applications.forms.materials import DocumentsField
from files.forms import DocumentField
from files.purposes import Purpose
from supervision.services.rectifications import Recheck


class OrderForm(forms.Form):
    """What has to be put right under every failing criterion, why, and by when."""

    grounds = forms.CharField(label="责令整改的理由", max_length=2000, widget=forms.Textarea({"rows": 4}))
    due_on = DayField(label="整改期限的最后一日", widget=Day)

    def __init__(self, *args: Any, failing: Sequence[tuple[str, str, str]], earliest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label, found in failing:
            self.fields[f"requirement-{key}"] = forms.CharField(
                label=f"整改要求：{label}", max_length=1000, widget=forms.Textarea({"rows": 3}), help_text=f"测评情况：{found}"
            )  # fmt: skip
        self.fields["due_on"].help_text = f"不能早于{earliest}。"
        self.order_fields([*(name for name in self.fields if name.startswith("requirement-")), "grounds", "due_on"])

    def given(self) -> dict[str, Any]:
        """What was typed, for the service."""
        typed = self.cleaned_data
        requirements = {
            name.removeprefix("requirement-"): value for name, value in typed.items() if name.startswith("requirement-")
        }
        return {"requirements": requirements, "grounds": typed["grounds"], "due_on": typed["due_on"]}


class ReportForm(forms.Form):
    """What the platform has put right, with proof."""

    text = forms.CharField(label="整改情况", max_length=5000, widget=forms.Textarea({"rows": 8}), help_text="对照整改要求逐项说明做了什么、何时完成、效果如何。")  # fmt: skip
    files = DocumentsField(label="整改证明材料", purpose=Purpose.EVIDENCE)


class SendBackForm(forms.Form):
    """What is still open, and a later last day if one is given."""

    reason = forms.CharField(label="还需要整改或者补充的内容", max_length=2000, widget=forms.Textarea({"rows": 5}), help_text="一次性写明全部内容，示范平台收到的就是这段文字。")  # fmt: skip
    due_on = DayField(
        label="新的整改期限", widget=Day, required=False, help_text="不填的，按原定期限；原定期限已过的必须填写。"
    )


class RecheckForm(forms.Form):
    """What was found at the recheck."""

    rechecked_on = DayField(label="复查日期", widget=Day)
    recheckers = LineField(label="复查人员", max_length=120, help_text="姓名，用顿号分开。")
    findings = forms.CharField(label="复查情况", max_length=4000, widget=forms.Textarea({"rows": 6}), help_text="对照整改要求逐项写明，将告知示范平台。")  # fmt: skip
    evidence = DocumentField(label="复查记录或者证据", purpose=Purpose.EVIDENCE, widget=Upload, required=False)

    def recheck(self) -> Recheck:
        """What was typed, for the service."""
        return Recheck(**self.cleaned_data)
