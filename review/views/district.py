"""The steps of the district's desk."""

from typing import Any

from django import forms

from review.forms.district import (
    NothingForm,
    NotRecommendForm,
    ReasonForm,
    RecommendForm,
    TransferForm,
)
from review.selectors import assessment as assessments
from review.selectors import send_backs, summaries, summary
from review.services import district
from review.views.steps import StepPage


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
    effect = "推荐后列入本县（市）区的推荐汇总表，推荐意见和下列数据随表盖章报送市局。专家评审开始前可以撤回推荐。"
    done = "已推荐“{0.platform_name}”，列入推荐汇总表，请在推荐截止前盖章报送市局。"

    def form(self, data: Any = None) -> forms.Form:
        places = summaries.in_force(self.application.district, self.application.call).values_list("order", flat=True)
        initial = {"order": max((p for p in places if p), default=0) + 1}
        return RecommendForm(data, initial=initial, send_back=send_backs.open_of(self.application))

    def perform(self, form: forms.Form, **given: Any) -> None:
        assert isinstance(form, RecommendForm)
        typed, received = form.cleaned_data, self.request.received_at
        district.recommend(
            opinion=typed["opinion"], order=typed["order"], answers=form.answers(), received_at=received, **given
        )

    def more(self, form: forms.Form) -> dict[str, Any]:
        row = summary.row_of(self.application, opinion="")
        shown = [column for column in summary.COLUMNS if column.key not in ("opinion", "order")]
        return {"facts": [(column.label, row[column.key]) for column in shown]}


class NotRecommendPage(StepPage):
    """不予推荐."""

    step, form_class, tone = "not_recommend", NotRecommendForm, "return"
    effect = "不予推荐后本次申报终止，理由写入结果告知书送达申报单位。"
    done = "已作出不予推荐，申报单位会收到通知和告知书。"

    def form(self, data: Any = None) -> forms.Form:
        unmet = list(assessments.unmet(self.application))
        return NotRecommendForm(data, unmet=unmet, send_back=send_backs.open_of(self.application))

    def perform(self, form: forms.Form, **given: Any) -> None:
        assert isinstance(form, NotRecommendForm)
        reason, received = form.cleaned_data["reason"], self.request.received_at
        district.not_recommend(reason=reason, answers=form.answers(), received_at=received, **given)


class WithdrawRecommendationPage(StepPage):
    """撤回推荐."""

    step, form_class, tone = "withdraw_recommendation", ReasonForm, "return"
    effect = "撤回后回到初审，原推荐和附件2数据留存备查，市局和申报单位会收到通知。"
    done = "已撤回对“{0.platform_name}”的推荐。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        district.withdraw_recommendation(reason=form.cleaned_data["reason"], **given)
