"""Forms of change filings (Art. 20): built from the rows of ``supervision.change_kinds``."""

from typing import Any

from django import forms

from accounts.fields import LineField, PastDayField
from accounts.models import District, OrganisationKind
from accounts.widgets import Day
from files.forms import DocumentField
from files.purposes import Purpose
from registry.services.amendments import OUT_OF_TOWN, OUTSIDE
from supervision.change_kinds import DISTRICT, NOT_COMPLETED, Asked, Matter

LONGEST_TEXT = 2000
PROOFS = ("proof_1", "proof_2", "proof_3")
PAPERS = ("paper_1", "paper_2")


class FilingForm(forms.Form):
    """One filing: the new values of its matter, the day of completion, words and proofs."""

    def __init__(self, *args: Any, matter: Matter, here: District, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter
        for asked in matter.fields:
            self.fields[asked.name] = _district_field(asked, here) if asked.choice == DISTRICT else _line(asked)
        self.fields["completed_on"] = PastDayField(
            label="更改完成日期", widget=Day, help_text="以登记机关办结的日期为准；10个工作日的期限自次日起算（第二十条）。",
            error_messages={"future": NOT_COMPLETED},
        )  # fmt: skip
        self.fields["explanation"] = forms.CharField(
            label="说明", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 4}),
            help_text="超过期限报备的，请说明原因。",
        )  # fmt: skip
        for number, name in enumerate(PROOFS, 1):
            self.fields[name] = _proof(matter, number)
        self.fields["truthful"] = forms.BooleanField(
            label="本单位对以上内容和材料的真实性负责。", error_messages={"required": "请确认材料真实后报备。"}
        )  # fmt: skip

    @property
    def values(self) -> dict[str, str]:
        return {asked.name: self.cleaned_data.get(asked.name) or "" for asked in self.matter.fields}

    @property
    def uploads(self) -> list[Any]:
        return [self.cleaned_data[name] for name in PROOFS if self.cleaned_data.get(name)]


class WordsForm(forms.Form):
    """A step that needs nothing but words, under the name the service gives them."""

    def __init__(self, *args: Any, name: str = "reason", label: str = "理由", hint: str = "", required: bool = True, **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields[name] = forms.CharField(
            label=label, help_text=hint, required=required, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 4})
        )


class ReferForm(forms.Form):
    """What the re-verification of a new operator found."""

    kind = forms.ChoiceField(label="新运营单位性质", choices=OrganisationKind.choices)
    findings = forms.CharField(
        label="重新核验情况", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6}),
        help_text="逐项写明新运营单位是否具有独立法人资格，场所、人员、制度和服务能力能否承接，第七条条件是否仍然具备。",
    )  # fmt: skip
    paper_1 = DocumentField(purpose=Purpose.EVIDENCE, label="核验材料一")
    paper_2 = DocumentField(purpose=Purpose.EVIDENCE, label="核验材料二", required=False)

    @property
    def uploads(self) -> list[Any]:
        return [self.cleaned_data[name] for name in PAPERS if self.cleaned_data.get(name)]


def _line(asked: Asked) -> forms.Field:
    return LineField(label=asked.label, help_text=asked.help_text, required=asked.required, max_length=asked.max_length)


def _district_field(asked: Asked, here: District) -> forms.Field:
    others = District.objects.filter(active_to__isnull=True).exclude(pk=here.pk).order_by("order", "slug")
    choices = [("", "请选择"), *((one.slug, one.name) for one in others), (OUTSIDE, OUT_OF_TOWN)]
    return forms.ChoiceField(label=asked.label, choices=choices)


def _proof(matter: Matter, number: int) -> DocumentField:
    field = DocumentField(purpose=Purpose.EVIDENCE, label=f"证明材料{'一二三'[number - 1]}", required=number == 1)
    if number == 1:
        field.help_text = f"{matter.proof}。{field.help_text}"
    return field
