"""Forms of the desk: progress for everybody, choosing statistics, searching the record, entering a year's arrangement of working days."""

import uuid
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.models import District
from accounts.widgets import Day, Segments
from applications.forms.sections import SectionForm
from applications.schema import Section
from desk.self_check.questions import FUNCTIONS_PART, PARTS, Question
from lifecycle.printing import SUBJECTS
from regulation.articles import article_label
from regulation.functions import FUNCTIONS
from timekeeping import clock

KINDS = {"放假": "holiday", "上班": "workday", "调休上班": "workday"}


class RecordSearch(forms.Form):
    """Every field is optional."""

    subject = forms.ChoiceField(label="事项", required=False, choices=[("", "全部"), *SUBJECTS.items()])
    case = forms.CharField(label="事项编号", required=False, max_length=36)
    person = forms.CharField(label="办理人", required=False, max_length=60)
    since = DayField(label="自", required=False, widget=Day)
    until = DayField(label="至", required=False, widget=Day)

    def clean_case(self) -> str:
        text = self.cleaned_data["case"].strip()
        try:
            return str(uuid.UUID(text)) if text else ""
        except ValueError as wrong:
            raise forms.ValidationError("事项编号应为36位编号，可从事项的办理记录中复制。") from wrong


class StatisticsFilter(forms.Form):
    """Which call, and for those who see the whole city which district."""

    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    district = forms.ModelChoiceField(
        label="县(市)区",
        queryset=District.objects.order_by("order"),
        to_field_name="slug",
        required=False,
        empty_label="全市",
    )

    def __init__(self, *args: Any, years: list[int], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, f"{year}年") for year in years]
        if not whole:
            del self.fields["district"]

    def wanted(self) -> tuple[int | None, District | None]:
        """Year and district; None for what was not asked or makes no sense."""
        self.is_valid()
        return self.cleaned_data.get("year"), self.cleaned_data.get("district")


class ProgressForm(forms.Form):
    """How far an application has come: both its receipt number and the applicant's credit code."""

    number = forms.CharField(label="受理编号", max_length=40, help_text="申报回执上的编号。")
    credit_code = forms.CharField(label="申报单位统一社会信用代码", max_length=30)


class SelfCheckForm(SectionForm):
    """The questions of the self-check with what was typed and the words for what cannot be read. Nothing is required."""

    def __init__(self, section: Section, data: Mapping[str, str], problems: Mapping[str, str] | None = None) -> None:
        super().__init__(section, data, problems)
        for field in section.fields:
            shown = self.fields[field.key]
            shown.required = True  # every question may stay open: marking each of them as optional would say nothing
            if field.choices:
                shown.widget = Segments({"class": "plain loose"})
                shown.choices = field.choices

    def parts(self) -> list[dict[str, Any]]:
        """The sections of the page with their numbered questions, and the last one with the functions."""
        groups = [self._question(number, group) for number, group in enumerate(self.section.groups, 1)]
        asked, functions = iter(groups[: -len(FUNCTIONS)]), groups[-len(FUNCTIONS) :]
        parts = [{"title": part.title, "questions": list(islice(asked, part.questions))} for part in PARTS]
        return [*parts, {"title": FUNCTIONS_PART, "functions": functions, "number": functions[0]["number"]}]

    def _question(self, number: int, group: Question) -> dict[str, Any]:
        """A question with its fields; ``open`` where something was said."""
        return {
            "number": number,
            "legend": group.legend,
            "cite": article_label(group.cite) if group.cite else "",
            "advice": group.advice,
            "fields": [self[field.key] for field in group.fields],
            "open": any(self.data.get(field.key) for field in group.fields),
        }


class YearForm(forms.Form):
    """The State Council's arrangement of one year, one special day per line: 2027-01-01 放假 元旦."""

    year = forms.IntegerField(label="年份", min_value=2018, max_value=2100)
    document_number = forms.CharField(
        label="国务院办公厅通知文号", max_length=60, help_text="例如：国办发明电〔2025〕7号"
    )
    days = forms.CharField(
        label="放假与调休日",
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="每行一天：日期、空格、“放假”或“上班”、空格、节日名称。周末以外的放假日和调休上班日都要列出；放假期间的周末可以一并列出。",
    )

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > clock.today().year + 1:
            raise forms.ValidationError("国务院办公厅只公布到下一年度，请核对年份。")
        return year

    def clean_days(self) -> list[tuple[date, str, str]]:
        rows, problems = [], []
        for number, line in enumerate(self.cleaned_data["days"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                rows.append(_day(line))
            except ValueError:
                problems.append(f"第{number}行“{line.strip()[:40]}”应写成“2027-01-01 放假 元旦”。")
        if problems:
            raise forms.ValidationError(problems)
        return rows


def _day(line: str) -> tuple[date, str, str]:
    day, kind, *name = line.split()
    if kind not in KINDS:
        raise ValueError(kind)
    return date.fromisoformat(day), KINDS[kind], " ".join(name)
