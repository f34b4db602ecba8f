"""The city's steps on recommended cases, singly and in bulk."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import access
from accounts.models import Role
from applications.models import Application
from applications.selectors import visible_to
from lifecycle import deadlines, engine
from review.forms.district import NothingForm
from review.forms.intake import FalsifiedForm, IneligibleForm, SendBackForm
from review.selectors import intake as cases
from review.services import intake
from review.views.steps import StepPage


class AdmitPage(StepPage):
    """市级受理."""

    step, form_class = "admit", NothingForm
    effect = "受理后进入专家评审。县区不能再撤回的时间以专家评审开始为准。"
    done = "已受理“{0.platform_name}”。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        intake.admit(**given)


class SendBackPage(StepPage):
    """退回县区."""

    step, form_class, tone = "send_back", SendBackForm, "return"
    effect = "退回后由县区补充、重新推荐或不予推荐。申报单位的期限不受影响。"
    done = "已将“{0.platform_name}”退回县区。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        intake.send_back(reason=form.cleaned_data["reason"], due_on=form.cleaned_data["due_on"], **given)


class IneligiblePage(StepPage):
    """不符合申报条件."""

    step, form_class, tone = "find_ineligible", IneligibleForm, "return"
    effect = "认定不符合申报条件后本次申报终止，所依据的条款和理由写入结果告知书送达申报单位。"
    done = "已认定“{0.platform_name}”不符合申报条件。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        intake.find_ineligible(ground=form.cleaned_data["ground"], reason=form.cleaned_data["reason"], **given)


class FalsifiedPage(StepPage):
    """材料不实."""

    step, form_class, tone = "reject_falsified", FalsifiedForm, "return"
    effect = "提交后任何阶段查实材料不实的，不予认定，本次申报终止。理由和查证依据写入结果告知书。"
    done = "已对“{0.platform_name}”作出不予认定。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        intake.reject_falsified(reason=form.cleaned_data["reason"], evidence=form.cleaned_data["evidence"], **given)


@access.roles(Role.CITY_OFFICER)
def admit_many(request: HttpRequest) -> HttpResponse:
    """Choose, look again, admit: each case in its own transaction with its own result."""
    listed = cases.recommended(visible_to(request.actor))
    chosen = _chosen(request, listed)
    if request.method == "POST" and request.POST.get("do") == "confirm":
        results = intake.admit_all(actor=request.actor, applications=chosen)
        return render(request, "review/admit_results.html", {"results": results})
    context: dict[str, Any] = {"cases": _lines(listed, {one.pk for one, _ in chosen})}
    if request.method == "POST" and chosen:
        picked = [one for one, _ in chosen]
        blockers = {one.pk: engine.blockers(one, "admit", request.actor) for one in picked}
        context["preview"] = [{"application": one, "blockers": blockers[one.pk]} for one in picked]
    return render(request, "review/admit_many.html", context | {"nothing": request.method == "POST" and not chosen})


def _chosen(request: HttpRequest, listed: list[Application]) -> list[tuple[Application, int]]:
    """The cases ticked, each with the version its line was made from (``uuid:version``)."""
    by_uuid = {str(one.uuid): one for one in listed}
    found = []
    for text in request.POST.getlist("case"):
        uuid, _, version = text.partition(":")
        if uuid in by_uuid and version.isdigit():
            found.append((by_uuid[uuid], int(version)))
    return found


def _lines(listed: list[Application], ticked: set[int]) -> list[dict[str, Any]]:
    dues = deadlines.dues(listed)
    return [
        {
            "application": one,
            "row": one.standing_recommendations[0].summary if one.standing_recommendations else {},
            "order": one.standing_recommendations[0].order if one.standing_recommendations else None,
            "due": next(iter(dues[one.SUBJECT, one.pk]), None),
            "ticked": one.pk in ticked,
        }
        for one in listed
    ]
