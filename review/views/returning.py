"""退回补正: the letter composed from the checklist, refined, previewed as the applicant will see it, and sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from applications import documents
from lifecycle import deadlines
from review.forms.returning import ReturnForm
from review.selectors import checks
from review.services import district
from review.services.district.handling import complete, due_at, items_of, shortest_term
from review.views.steps import StepPage
from timekeeping import clock
from timekeeping.dates import chinese_deadline
from timekeeping.workdays import UnknownYear


class ReturnPage(StepPage):
    """退回补正."""

    step, form_class, tone = "return_for_correction", ReturnForm, "return"
    template = "review/return.html"
    effect = "下列全部内容一次告知申报单位，只有各项涉及的栏目、清单和材料可以修改。"
    done = "已退回补正，补正通知书已送达申报单位。"

    def form(self, data: Any = None) -> ReturnForm:
        try:
            shortest = f"最短至{chinese_deadline(shortest_term(self.application))}，留空即按此计算"
        except UnknownYear as unknown:
            shortest = str(unknown).rstrip("。")
        return ReturnForm(data, found=checks.standing(self.application).defects, shortest=shortest)

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        if request.POST.get("do") == "preview":
            form = self.form(request.POST)
            return self.shown(form, status=200 if form.is_valid() else 422)
        return super().post(request, uuid)

    def perform(self, form: forms.Form, **given: Any) -> None:
        assert isinstance(form, ReturnForm)
        typed = form.cleaned_data
        district.return_for_correction(defects=form.defects(), due_on=typed["due_on"], note=typed["note"], **given)

    def more(self, form: forms.Form) -> dict[str, Any]:
        assert isinstance(form, ReturnForm)
        return {"items": form.rows(), "own_fields": [form["due_on"], form["note"]], **self.letter(form), **self.terms()}

    def letter(self, form: ReturnForm) -> dict[str, Any]:
        """What the letter will say, and its end; neither while it cannot be written."""
        typed = getattr(form, "cleaned_data", {})
        try:
            items = items_of(complete(form.defects()))
            end = due_at(self.application, typed.get("due_on"))
        except ValidationError:
            return {"letter": None, "end": None}
        letter = documents.return_letter_context(
            application=self.application, items=items, due_at=end, note=typed.get("note", ""), returned_at=clock.now()
        )
        return {"letter": letter, "letter_title": documents.TITLES[documents.RETURN_LETTER], "end": end}

    def terms(self) -> dict[str, Any]:
        """What becomes of the other terms meanwhile."""
        recommend_by = self.application.district_due_at
        return {
            "recommend_by": recommend_by,
            "recommend_by_words": chinese_deadline(recommend_by),
            "recommend_days": deadlines.workdays_left(deadlines.last_day(recommend_by)),
            "accept_days": self.application.call.parameters.rule("accept_workdays").shown,
        }
