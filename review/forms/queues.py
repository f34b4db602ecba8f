"""The filter of a queue, and to whom its cases are given."""

from typing import Any

from django import forms

from accounts.actors import Actor
from accounts.models import District, Role, User
from lifecycle.states import STATES
from review.selectors import assignments, queues
from review.selectors.queues import MINE, NOBODY, OVERDUE, SOON, STATES_SEEN, Choice

DUE = {SOON: "3个工作日内到期", OVERDUE: "已逾期"}
FLAGGED = "有待核实提示"


class QueueFilter(forms.Form):
    """Text, state, year, term, flags, and by whom (district) or where (city) a case is handled; the tab travels along."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label="关键词", required=False, max_length=60, widget=forms.TextInput({"placeholder": "平台、单位、代码或编号"})
    )
    state = forms.ChoiceField(label="状态", required=False)
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    district = forms.ChoiceField(label="县（市）区", required=False)
    handler = forms.ChoiceField(label="经办人", required=False)
    due = forms.ChoiceField(label="期限", required=False, choices=[("", "不限"), *DUE.items()])
    flags = forms.ChoiceField(label="提示", required=False, choices=[("", "不限"), ("open", FLAGGED)])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state, STATES["application"][state].label) for state in STATES_SEEN]
        self._offer("state", "全部状态", states)
        self._offer("year", "全部年度", [(year, f"{year}年") for year in queues.years(actor)])
        if actor.role == Role.DISTRICT_OFFICER:
            del self.fields["district"]
            people = [(str(user.uuid), user.name) for user in assignments.officers(actor.district)]
            self._offer("handler", "不限", [(MINE, "我经办的"), (NOBODY, "未分派"), *people])
        else:
            del self.fields["handler"]
            self._offer("district", "全部县（市）区", list(District.objects.values_list("slug", "name")))

    def _offer(self, name: str, everything: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    @property
    def choice(self) -> Choice:
        """What is filtered by; a value that is not offered is no filter."""
        self.is_valid()
        given = self.cleaned_data
        return Choice(
            tab=given.get("tab", ""),
            text=given.get("q", "").strip(),
            year=given.get("year"),
            flags=bool(given.get("flags")),
            **{name: given.get(name, "") for name in ("state", "district", "handler", "due")},
        )

    def chips(self, choice: Choice) -> list[tuple[str, str]]:
        """(parameter, words) of each filter in force."""
        found = [("q", f"含“{choice.text}”")] if choice.text else []
        for name in ("state", "year", "district", "handler", "due"):
            if value := getattr(choice, name):
                words = dict(self.fields[name].choices)[value]  # type: ignore[attr-defined]
                found.append((name, f"经办人：{words}" if name == "handler" else words))
        return [*found, ("flags", FLAGGED)] if choice.flags else found


class AssignForm(forms.Form):
    """Who is to handle the chosen cases; empty gives them back to everybody."""

    officer = forms.ModelChoiceField(
        label="经办人",
        queryset=User.objects.none(),
        required=False,
        to_field_name="uuid",
        empty_label="不指定（退回未分派）",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = assignments.officers(actor.district)  # type: ignore[attr-defined]
        self.fields["officer"].label_from_instance = lambda user: user.name  # type: ignore[attr-defined]
