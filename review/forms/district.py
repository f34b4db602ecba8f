"""Forms of the district's desk."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import District
from applications.models import Application
from review import checklist
from review.models import CheckItem, SendBack
from review.selectors.flags import Told
from review.selectors.workbench import Part
from review.services.district.handling import is_active
from review.services.flags import Noted

LONGEST_NOTE = 500


class ChecksForm(forms.Form):
    """The answers on the items of one part: ``v-<item>`` the verdict, ``n-<item>`` what the applicant is told, ``p-<item>`` a common
    phrase to insert there, ``s-<item>`` the token of the answer that the page showed.
    """

    def __init__(self, *args: Any, part: Part | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items_of = checklist.of_part(part.kind, part.key) if part else ()
        for item in self.items_of:
            self.fields[f"v-{item.key}"] = forms.ChoiceField(
                label=item.label, required=False, choices=[("", "未核"), *CheckItem.Verdict.choices]
            )
            self.fields[f"n-{item.key}"] = forms.CharField(
                label=f"{item.label}：告知申报单位", required=False, max_length=LONGEST_NOTE
            )
            self.fields[f"p-{item.key}"] = forms.UUIDField(label="常用语", required=False)
            self.fields[f"s-{item.key}"] = forms.CharField(required=False, max_length=16)

    def answers(self) -> dict[str, tuple[str, str]]:
        """Item → (verdict, note)."""
        given = self.cleaned_data
        return {item.key: (given[f"v-{item.key}"], given[f"n-{item.key}"]) for item in self.items_of}

    def seen(self) -> dict[str, str]:
        """Item → token of the answer on the page."""
        return {item.key: self.cleaned_data[f"s-{item.key}"] for item in self.items_of}

    def typed(self, item: str) -> tuple[str, str]:
        """Verdict and note as they came, right or wrong."""
        return self.data.get(f"v-{item}", ""), self.data.get(f"n-{item}", "")


class FlagsForm(forms.Form):
    """What was found out about each flag: ``f-<flag>`` the words, ``s-<flag>`` the answer that the page showed."""

    def __init__(self, *args: Any, told: Sequence[Told], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.flag.key for one in told]
        for key in self.keys:
            self.fields[f"f-{key}"] = forms.CharField(label="核实情况", required=False, max_length=LONGEST_NOTE)
            self.fields[f"s-{key}"] = forms.CharField(required=False, max_length=20)

    def notes(self) -> dict[str, Noted]:
        """Flag → what was written, for the service."""
        given = self.cleaned_data
        return {key: Noted(given[f"f-{key}"], given[f"s-{key}"]) for key in self.keys}

    def typed(self, key: str) -> str:
        """The words as they came."""
        text: str = self.data.get(f"f-{key}", "")
        return text


class ReasonForm(forms.Form):
    """A step that needs a reason told to the people concerned."""

    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, application: Application | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application


class NothingForm(forms.Form):
    """A step that needs no more than the press of its button."""

    def __init__(self, *args: Any, application: Application | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class TransferForm(ReasonForm):
    """To which district, and why."""

    to = forms.ModelChoiceField(label="移送至", queryset=District.objects.none(), empty_label="请选择")
    field_order = ("to", "reason")

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        others = District.objects.exclude(pk=application.district_id)
        active = [district.pk for district in others if is_active(district)]
        self.fields["to"].queryset = others.filter(pk__in=active)
        self.fields["reason"].help_text = "例如：经营服务地址在另一县（市）区。申报单位和接收的主管部门都会看到。"


class AnsweringForm(forms.Form):
    """A word on a case that answers what the city sent back: one field for each item of the open return."""

    def __init__(self, *args: Any, send_back: SendBack | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(send_back.items.all()) if send_back else []
        for item in self.asked:
            self.fields[f"answer_{item.slug}"] = forms.CharField(
                label=f"核实情况：{item.label}", help_text=f"市局要求：{item.text}", max_length=1000,
                widget=forms.Textarea({"rows": 3}),
            )  # fmt: skip

    def answers(self) -> dict[str, str]:
        """Item → what was found, as the services take it."""
        return {item.slug: self.cleaned_data[f"answer_{item.slug}"] for item in self.asked}


class NotRecommendForm(AnsweringForm):
    """The reasons: findings of the assessment that stand against the case, and the officer's own words."""

    grounds = forms.MultipleChoiceField(label="引用核对结果", required=False, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label="其他理由", required=False, max_length=1000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, unmet: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"].choices = [(words, words) for words in unmet]  # type: ignore[attr-defined]
        self.fields["grounds"].help_text = "勾选的各项原文写入结果告知书。"
        if not unmet:
            del self.fields["grounds"]
            self.fields["reason"].label = "理由"
            self.fields["reason"].required = True

    def clean(self) -> dict[str, Any]:
        """``reason`` becomes the whole reason that the applicant is told."""
        given = super().clean() or {}
        parts = [*given.get("grounds", ()), given.get("reason", "").strip()]
        given["reason"] = "；".join(part.rstrip("。；") for part in parts if part) + "。"
        if given["reason"] == "。":
            self.add_error("reason", "请勾选核对结果，或写明不予推荐的理由。")
        return given


class RecommendForm(AnsweringForm):
    """The district's opinion and the case's place among its recommendations."""

    opinion = forms.CharField(label="推荐意见", max_length=1000, widget=forms.Textarea({"rows": 5}))
    order = forms.IntegerField(label="推荐顺序", min_value=1, max_value=999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].help_text = "在本县（市）区本年度推荐的平台中排第几，列入附件2，不重复。"
