"""Forms of evaluations: the commission, the criteria with findings and proposal, going back, the conclusion."""

from typing import Any

from django import forms

from accounts.fields import DayField, LineField
from accounts.models import User
from accounts.widgets import Day, Segments, Upload
from files.forms import DocumentField
from files.purposes import Purpose
from regulation.evaluation import PROPOSALS, VERDICTS, Criteria, Criterion
from regulation.identifiers import check_credit_code
from supervision.services.evaluations import Entries, Terms

LONG = 5000


class PeopleField(forms.ModelChoiceField):
    """Evaluators by name, with where an expert works and what is known against the person on this platform."""

    notes: dict[int, str]

    def label_from_instance(self, obj: User) -> str:
        profile = getattr(obj, "expert_profile", None)
        note = self.notes.get(obj.pk, "")
        return obj.name + (f"（{profile.employer}）" if profile else "") + (f"——请注意：{note}" if note else "")


class CommissionForm(forms.Form):
    """Whom the city asks, for what, and from when to when."""

    evaluator = PeopleField(label="测评负责人", queryset=User.objects.none(), help_text="受托第三方或者评审专家的账号；声明无利益关系后才能查阅该平台资料。")  # fmt: skip
    body = LineField(label="受托单位", max_length=120, help_text="第三方机构全称；委托专家个人的，填其工作单位。")
    body_code = forms.CharField(
        label="受托单位统一社会信用代码", max_length=30, required=False, help_text="填写后按代码核对利益关系，更准确。"
    )
    team = LineField(label="测评组其他成员", required=False, max_length=500, help_text="姓名和单位，用顿号分开。")
    assignment = forms.CharField(label="测评范围和要求", max_length=2000, widget=forms.Textarea({"rows": 4}))
    commission_number = LineField(label="委托书编号", max_length=60, required=False)
    contract_from = DayField(label="委托期限起", widget=Day)
    contract_to = DayField(label="委托期限止（含当日）", widget=Day, help_text="届满后不能再查阅平台资料。")
    due_on = DayField(label="提交测评报告的最后一日", widget=Day)
    paper = DocumentField(label="双方签章的委托书", purpose=Purpose.SIGNED, widget=Upload)

    def __init__(self, *args: Any, people: Any, notes: dict[int, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: PeopleField = self.fields["evaluator"]  # type: ignore[assignment]
        field.notes = notes or {}
        field.queryset = people

    def clean_body_code(self) -> str:
        code: str = self.cleaned_data["body_code"]
        try:
            return check_credit_code(code) if code else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def terms(self) -> Terms:
        """What was typed, for the service."""
        return Terms(**{name: value for name, value in self.cleaned_data.items() if name != "paper"})


class FindingsForm(forms.Form):
    """A verdict with words and a file for every criterion, then the proposal, the opinion and the signed report."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    proposal = forms.ChoiceField(label="测评意见", choices=PROPOSALS, required=False, widget=Segments)
    opinion = forms.CharField(label="综合意见", required=False, max_length=LONG, widget=forms.Textarea({"rows": 5}), help_text="提交时必填：主要情况、存在的问题和建议。")  # fmt: skip
    report = DocumentField(label="签章的测评报告", purpose=Purpose.SIGNED, widget=Upload, required=False)

    def __init__(self, *args: Any, criteria: Criteria, kept: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.kept = criteria, kept or {}
        for item in criteria.items:
            self.fields[f"verdict-{item.key}"] = forms.ChoiceField(
                label=f"{item.label}：结果", choices=VERDICTS, required=False, widget=Segments
            )
            self.fields[f"text-{item.key}"] = forms.CharField(
                label=f"{item.label}：测评情况", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
            )
            self.fields[f"evidence-{item.key}"] = DocumentField(
                label=f"{item.label}：证据", purpose=Purpose.EVIDENCE, widget=Upload, required=False
            )
        last = ("proposal", "opinion", "report", "revision")
        self.order_fields([name for name in self.fields if name not in last] + list(last))

    @property
    def rows(self) -> list[tuple[Criterion, Any, Any, Any, Any]]:
        """Each criterion with its three bound fields and the file kept so far."""
        return [
            (item, self[f"verdict-{item.key}"], self[f"text-{item.key}"], self[f"evidence-{item.key}"], self.kept.get(item.key))
            for item in self.criteria.items
        ]  # fmt: skip

    def entries(self) -> Entries:
        """What was entered, for the service."""
        data = self.cleaned_data
        keys = [item.key for item in self.criteria.items]
        return Entries(
            findings={key: (data[f"verdict-{key}"], data[f"text-{key}"]) for key in keys},
            proposal=data["proposal"],
            opinion=data["opinion"],
            evidence={key: data[f"evidence-{key}"] for key in keys if data[f"evidence-{key}"]},
            report=data["report"],
        )


class SendBackForm(forms.Form):
    """What is missing, and by when."""

    reason = forms.CharField(label="需要补充测评的内容", max_length=2000, widget=forms.Textarea({"rows": 5}), help_text="一次性写明全部内容。")  # fmt: skip
    due_on = DayField(label="重新提交的最后一日", widget=Day)


class ConcludeForm(forms.Form):
    """Why the city concludes so."""

    reason = forms.CharField(label="作出结论的理由", max_length=2000, widget=forms.Textarea({"rows": 5}), help_text="将告知示范平台和县(市)区主管部门。")  # fmt: skip


class SearchForm(forms.Form):
    """Words of a platform, its operator or its number."""

    words = forms.CharField(label="平台名称、运营单位或证号", max_length=60, required=False)
