"""Forms of expert panels (Art. 12)."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.fields import DayField
from accounts.models import User
from accounts.widgets import Day
from applications.models import Call
from review.models import PanelCase
from review.selectors.experts import Conflicts, words
from review.selectors.panels import live
from review.selectors.ranking import Ranked
from review.services.panels import Choice
from timekeeping.dates import end_of_day


class PanelForm(forms.Form):
    """Name, terms, how many to draw, whom to choose."""

    name = forms.CharField(label="专家组名称", max_length=80)
    declare_due_on = DayField(label="声明利益关系截止", widget=Day, help_text="当日24时前有效。")
    score_due_on = DayField(label="提交评分截止", widget=Day, help_text="当日24时前有效。")
    draw = forms.IntegerField(
        label="随机抽取人数",
        min_value=0,
        max_value=50,
        help_text="系统按记录的种子抽取，可以重演；申报单位的人员不参加抽取。",
    )
    chosen = forms.MultipleChoiceField(
        label="另行选定的专家", required=False, widget=forms.CheckboxSelectMultiple, help_text="没有特殊需要的不必选。"
    )

    def __init__(self, *args: Any, call: Call, pool: Iterable[Any], rivals: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(profile.user.uuid): profile.user for profile in pool if profile.user_id not in rivals}
        self.fields["chosen"].choices = [
            (str(p.user.uuid), f"{p.user.name}，{p.employer}，{p.field}，在评 {p.open_sheets} 件")
            for p in pool
            if p.user_id not in rivals
        ]  # type: ignore[attr-defined]
        self.fields["draw"].initial = call.parameters.experts_per_case
        self.fields["name"].initial = f"{call.year}年度专家组"

    def given(self) -> dict[str, Any]:
        """The arguments of ``services.panels.form``."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "declare_due_at": end_of_day(data["declare_due_on"]),
            "score_due_at": end_of_day(data["score_due_on"]),
            "draw": data["draw"],
            "chosen": [self.people[key] for key in data["chosen"]],
        }


class AssignForm(forms.Form):
    """Which members take a case; a certain conflict cannot be picked, a possible one needs a reason."""

    assignees = forms.MultipleChoiceField(label="评审专家", widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label="同名核实情况", required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="所选专家与申报单位人员同名时填写核实结果。",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        case: PanelCase | None,
        members: list[User],
        conflicts: Conflicts,
        application_id: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        taken = {sheet.expert_id for sheet in live(case)} if case else set()
        taken |= {sheet.expert_id for sheet in case.sheets.all() if sheet.state == "recused"} if case else set()
        reasons = {user.pk: conflicts.get((user.pk, application_id), ()) for user in members}
        free = [u for u in members if u.pk not in taken and not any(r.certain for r in reasons[u.pk])]
        self.people = {str(user.uuid): user for user in free}
        self.excluded = [(u.name, words(reasons[u.pk])) for u in members if any(r.certain for r in reasons[u.pk])]
        self.fields["assignees"].choices = [(str(u.uuid), _label(u, words(reasons[u.pk]))) for u in free]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[User]:
        return [self.people[key] for key in self.cleaned_data["assignees"]]


class ReplaceForm(forms.Form):
    """Who takes over a case; without a choice the next one by the panel's draw."""

    expert = forms.ChoiceField(label="接替的专家", required=False)
    reason = forms.CharField(
        label="同名核实情况", required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="所选专家与申报单位人员同名时填写核实结果。",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.uuid): user for user in people}
        listed = [(key, user.name) for key, user in self.people.items()]
        self.fields["expert"].choices = [("", "由系统按抽取顺序确定"), *listed]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User | None:
        return self.people.get(self.cleaned_data["expert"])


class ConcludeForm(forms.Form):
    """For every ranked case: on the list or the reason why not; for a tie that is split: the written decision."""

    cut_reason = forms.CharField(
        label="择优理由", max_length=1000, widget=forms.Textarea({"rows": 3}), help_text="例如入选数量、分数线和依据。"
    )

    def __init__(self, *args: Any, ranked: list[Ranked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ranked = ranked
        self.ties = sorted({entry.place.place for entry in ranked if entry.place.is_tie})
        for entry in ranked:
            key = entry.case.application.uuid
            name = entry.case.application.platform_name
            self.fields[f"selected-{key}"] = forms.BooleanField(label=f"列入：{name}", required=False)
            self.fields[f"reason-{key}"] = forms.CharField(
                label=f"理由：{name}", required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
            )
        for place in self.ties:
            self.fields[f"tie-{place}"] = forms.CharField(
                label=f"第{place}名同分的书面决定", required=False, max_length=1000, widget=forms.Textarea({"rows": 2}),
                help_text="只有同分申报取舍不同时才须填写。",
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "cut_reason"] + ["cut_reason"])

    @property
    def rows(self) -> list[tuple[Ranked, Any, Any]]:
        """Each ranked case with its two bound fields."""
        keys = [(entry, entry.case.application.uuid) for entry in self.ranked]
        return [(entry, self[f"selected-{key}"], self[f"reason-{key}"]) for entry, key in keys]

    @property
    def tie_fields(self) -> list[Any]:
        return [self[f"tie-{place}"] for place in self.ties]

    def given(self) -> dict[str, Any]:
        """The arguments of ``services.panels.conclude``."""
        data = self.cleaned_data
        keys = [entry.case.application.uuid for entry in self.ranked]
        return {
            "choices": [Choice(key, data[f"selected-{key}"], data[f"reason-{key}"]) for key in keys],
            "cut_reason": data["cut_reason"],
            "tie_reasons": {place: data[f"tie-{place}"] for place in self.ties},
        }


def _label(user: User, flagged: str) -> str:
    return f"{user.name}（{flagged}）" if flagged else user.name
