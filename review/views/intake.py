"""The city's steps on recommended cases, singly and in bulk."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications.models import Application
from applications.selectors import visible_to
from files.serving import serve
from lifecycle import deadlines, engine
from review.documents import intake as papers
from review.forms.district import NothingForm
from review.forms.intake import FalsifiedForm, IneligibleForm, SendBackForm
from review.models import SendBack
from review.selectors import assessment
from review.selectors import intake as cases
from review.services import intake
from review.views import desk
from review.views.steps import StepPage

LONGEST_VERSION = 10


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
    template = "review/send_back.html"
    effect = "退回后由县区逐项核实答复，重新推荐或不予推荐；原推荐在汇总表中注明已退回。申报单位的期限不受影响。"
    done = "已将“{0.platform_name}”退回县区。"

    def form(self, data: Any = None) -> forms.Form:
        return SendBackForm(data)

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        if request.POST.get("do") == "more":
            form = SendBackForm(initial=request.POST.dict(), rows=SendBackForm.asked(request.POST))
            return self.shown(form)
        return super().post(request, uuid)

    def perform(self, form: forms.Form, **given: Any) -> None:
        assert isinstance(form, SendBackForm)
        typed = form.cleaned_data
        intake.send_back(doubts=form.doubts(), note=typed["note"], due_on=typed["due_on"], **given)


class IneligiblePage(StepPage):
    """不符合申报条件."""

    step, form_class, tone = "find_ineligible", IneligibleForm, "return"
    template = "review/ineligible.html"
    effect = "认定不符合申报条件后本次申报终止，所依据的条款、理由和该条款未达到的核对数据写入结果告知书送达申报单位。"
    done = "已认定“{0.platform_name}”不符合申报条件。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        intake.find_ineligible(ground=form.cleaned_data["ground"], reason=form.cleaned_data["reason"], **given)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"eligibility": desk.eligibility(assessment.judge(self.application))}


class FalsifiedPage(StepPage):
    """材料不实."""

    step, form_class, tone = "reject_falsified", FalsifiedForm, "return"
    effect = "提交后任何阶段查实材料不实的，不予认定，本次申报终止。理由和查证依据写入结果告知书。"
    done = "已对“{0.platform_name}”作出不予认定。"

    def perform(self, form: forms.Form, **given: Any) -> None:
        intake.reject_falsified(reason=form.cleaned_data["reason"], evidence=form.cleaned_data["evidence"], **given)


@access.roles(Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
@require_GET
def send_back_letter(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """What the city asked the district to look at again, as letter."""
    found = SendBack.objects.select_related("application__call", "application__district", "application__organisation")
    made = get_object_or_404(found, uuid=uuid, application__in=visible_to(request.actor))
    return serve(papers.send_back_letter(made).file, inline=True)


@access.roles(Role.CITY_OFFICER)
def admit_many(request: HttpRequest) -> HttpResponse:
    """Choose, look again, admit: each case in its own transaction with its own result."""
    listed = cases.forwarded(visible_to(request.actor))
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
        if uuid in by_uuid and version.isdecimal() and len(version) < LONGEST_VERSION:
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
