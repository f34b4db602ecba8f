"""The steps of the district's desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from applications import documents
from applications.models import CorrectionItem
from review.forms.district import (
    NothingForm,
    ReasonForm,
    RecommendForm,
    ReturnForm,
    TransferForm,
)
from review.selectors import checks, summary
from review.services import district
from review.services.district.handling import Defect, due_at, merged, shortest_term
from review.views.steps import StepPage
from timekeeping import clock
from timekeeping.dates import chinese_deadline
from timekeeping.workdays import UnknownYear


class AcceptPage(StepPage):
    """受理."""

    step, form_class = "accept", NothingForm
    effect = "受理后进入初审：测评、满意度抽查，并在推荐截止前作出推荐或不予推荐。申报单位会收到通知。"
    done = "已受理“{0.platform_name}”。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        district.accept(**given)


class JudgeLastVersionPage(StepPage):
    """逾期未补正."""

    step, form_class = "judge_last_version", NothingForm
    effect = "补正期限已过仍未收到补正时，按最后一次提交的材料继续审核。申报单位会收到通知，不能再补正本次退回的内容。"
    done = "“{0.platform_name}”转为按原件审核。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        district.judge_last_version(**given)


class TransferPage(StepPage):
    """移送."""

    step, form_class = "transfer", TransferForm
    effect = "申报按属地原则移送给所选县（市）区、开发（度假）区主管部门，受理期限由其继续计算；移送后本县（市）区不再看到该申报。"
    done = "已移送“{0.platform_name}”。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        district.transfer(to=form.cleaned_data["to"], reason=form.cleaned_data["reason"], **given)


class RecommendPage(StepPage):
    """县区推荐."""

    step, form_class = "recommend", RecommendForm
    template = "review/recommend.html"
    effect = "推荐后报市工业和信息化局受理，推荐意见和下列数据列入附件2。专家评审开始前可以撤回推荐。"
    done = "已推荐“{0.platform_name}”，市局会收到通知。"

    def form(self, data: Any = None) -> forms.Form:
        places = summary.in_force(self.application.district, self.application.call).values_list("order", flat=True)
        return RecommendForm(data, initial={"order": max((p for p in places if p), default=0) + 1})

    def perform(self, form: forms.Form, **given: Any) -> None:
        district.recommend(opinion=form.cleaned_data["opinion"], order=form.cleaned_data["order"], **given)

    def more(self, form: forms.Form) -> dict[str, Any]:
        row = summary.row_of(self.application, opinion="")
        shown = [column for column in summary.COLUMNS if column.key != "opinion"]
        return {"facts": [(column.label, row[column.key]) for column in shown]}


class NotRecommendPage(StepPage):
    """不予推荐."""

    step, form_class, tone = "not_recommend", ReasonForm, "return"
    effect = "不予推荐后本次申报终止，理由写入结果告知书送达申报单位。"
    done = "已作出不予推荐，申报单位会收到通知和告知书。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        district.not_recommend(reason=form.cleaned_data["reason"], **given)


class WithdrawRecommendationPage(StepPage):
    """撤回推荐."""

    step, form_class, tone = "withdraw_recommendation", ReasonForm, "return"
    effect = "撤回后回到初审，原推荐和附件2数据留存备查，市局和申报单位会收到通知。"
    done = "已撤回对“{0.platform_name}”的推荐。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        district.withdraw_recommendation(reason=form.cleaned_data["reason"], **given)


class ReturnPage(StepPage):
    """退回补正: composed from the checklist, previewed as the applicant will see it."""

    step, form_class, tone = "return_for_correction", ReturnForm, "return"
    template = "review/return.html"
    effect = "下列全部内容一次告知申报单位，只有列明的部分可以修改；补正期间受理期限暂停。"
    done = "已退回补正，补正通知书已送达申报单位。"

    def form(self, data: Any = None) -> forms.Form:
        try:
            shortest = f"最短至{chinese_deadline(shortest_term(self.application))}，留空即按此计算"
        except UnknownYear as unknown:
            shortest = str(unknown).rstrip("。")
        return ReturnForm(data, shortest=shortest)

    def defects(self) -> list[Defect]:
        """What the checklist says must be put right."""
        found = checks.standing(self.application).defects
        return [Defect(item.part, item.of, answered.note) for item, answered in found]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        if request.POST.get("do") == "preview":
            form = self.form(request.POST)
            return self.shown(form, status=200 if form.is_valid() else 422)
        return super().post(request, uuid)

    def perform(self, form: forms.Form, **given: Any) -> None:
        typed = form.cleaned_data
        district.return_for_correction(defects=self.defects(), due_on=typed["due_on"], note=typed["note"], **given)

    def more(self, form: forms.Form) -> dict[str, Any]:
        found = checks.standing(self.application).defects
        return {"defects": found, "silent": [item for item, a in found if not a.note], "letter": self.letter(form)}

    def letter(self, form: forms.Form) -> dict[str, Any] | None:
        """What the letter will say; None while it cannot be written."""
        typed = getattr(form, "cleaned_data", {})
        try:
            items = [
                CorrectionItem(part=part, key=key, defect=text) for (part, key), text in merged(self.defects()).items()
            ]
            end = due_at(self.application, typed.get("due_on"))
        except ValidationError:
            return None
        return documents.return_letter_context(
            application=self.application, items=items, due_at=end, note=typed.get("note", ""), returned_at=clock.now()
        )
