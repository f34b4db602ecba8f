"""Forms of the satisfaction sample: the officer's and the enterprise's."""

from typing import Any

from django import forms

from review.models import ContactAttempt, SurveyAnswer
from review.services.sampling.asking import LONGEST_COMMENT

MADE_BY_PEOPLE = [choice for choice in ContactAttempt.Outcome.choices if choice[0] != ContactAttempt.Outcome.SENT]


class AttemptForm(forms.Form):
    """One attempt to reach an enterprise."""

    outcome = forms.ChoiceField(label="联系结果", choices=MADE_BY_PEOPLE, widget=forms.RadioSelect)
    note = forms.CharField(label="备注", required=False, max_length=200)


class AnswerForm(forms.Form):
    """One answer: the same question for the enterprise and for the officer on the telephone."""

    satisfaction = forms.ChoiceField(
        label="贵企业对该平台提供的服务是否满意", choices=SurveyAnswer.Satisfaction.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择贵企业对该平台提供的服务是否满意。"},
    )  # fmt: skip
    comment = forms.CharField(
        label="意见和建议", required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea({"rows": 4})
    )


class RedrawForm(forms.Form):
    """Why the sample should be drawn again, or should not."""

    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea({"rows": 4}))


class ApproveRedrawForm(forms.Form):
    """The second person's remark."""

    reason = forms.CharField(label="复核意见", required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))


class VoidForm(forms.Form):
    """A remark on why the sample has no use any more; the system's own ground stands in the record."""

    reason = forms.CharField(label="说明", required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))


class CloseForm(forms.Form):
    """Ending the sample; the reason is asked for only below the floor."""

    waiver = forms.CharField(
        label="有效答复不足的理由", required=False, max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="清单内企业已全部联系仍达不到要求时填写，列入附件2备注。",
    )  # fmt: skip

    def __init__(self, *args: Any, enough: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if enough:
            del self.fields["waiver"]
        else:
            self.fields["waiver"].required = True
