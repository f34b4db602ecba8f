"""What the city does with an evaluation: commissions, passes it on, sends it back, concludes, gives it up (Art. 18)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import roles
from accounts.models import Role
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from registry import selectors as registry
from registry.models import Title
from review.forms.reasons import WhyForm
from review.selectors import experts
from supervision.forms.evaluations import CommissionForm, ConcludeForm, SendBackForm
from supervision.models import Evaluation
from supervision.selectors import evaluations as selectors
from supervision.selectors import evaluators
from supervision.services import evaluations as services
from timekeeping import clock

CITY = Role.CITY_OFFICER


@roles(CITY)
def commission(request: HttpRequest, title: UUID) -> HttpResponse:
    """Ask a third party or an expert to evaluate a platform."""
    found = get_object_or_404(registry.visible_to(request.actor), uuid=title)
    form, excluded = _commission_form(request, found)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, services.commission, actor=request.actor, title=found, terms=form.terms(),
            paper=form.cleaned_data["paper"], key=submitted(request).key,
        )  # fmt: skip
        if made:
            messages.success(request, f"已委托{made.evaluator.name}，系统已通知本人。声明无利益关系之前，资料不开放。")
            return redirect(made)
    proposed = services.proposed(actor=request.actor, title=found)
    context = {
        "title": found,
        "form": form,
        "excluded": excluded,
        "blockers": engine.blockers(proposed, "commission", request.actor),
        "label": "委托测评",
        "subject": None,
        "back": reverse("supervision:evaluation_choose"),
        "crumbs": [("测评整改", reverse("supervision:evaluations"))],
    }
    return render(request, "supervision/evaluations/commission.html", context, status=status_of(form))


@roles(CITY)
def reassign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another evaluator instead of one who stepped aside."""
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    form, excluded = _commission_form(request, found.title, found)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form, services.reassign, actor=request.actor, evaluation=found, terms=form.terms(),
            paper=form.cleaned_data["paper"], **submitted(request).kwargs(),
        )  # fmt: skip
        if made:
            messages.success(request, f"已另行委托{made.evaluator.name}，系统已通知本人。")
            return redirect(made)
    option = engine.option(found, "reassign", request.actor)
    context = {
        "title": found.title,
        "form": form,
        "excluded": excluded,
        "blockers": option.blockers if option else engine.blockers(found, "reassign", request.actor),
        "label": "另行委托",
        "subject": found,
        "back": found.get_absolute_url(),
        "crumbs": [("测评整改", reverse("supervision:evaluations")), (found.heading, found.get_absolute_url())],
    }
    return render(request, "supervision/evaluations/commission.html", context, status=status_of(form))


def _commission_form(
    request: HttpRequest, title: Title, before: Evaluation | None = None
) -> tuple[CommissionForm, list[tuple[str, str]]]:
    """The form with everybody who may be asked, and who is left out with the reason."""
    notes, excluded, kept = {}, [], []
    found = evaluators.against(title)
    people = evaluators.candidates()
    for user in people:
        reasons = found.get(user.pk, ())
        if any(reason.certain for reason in reasons):
            excluded.append((user.name, experts.words(reason for reason in reasons if reason.certain)))
        else:
            kept.append(user.pk)
            notes[user.pk] = experts.words(reasons)
    initial: dict[str, Any] = {"contract_from": clock.today(), "due_on": services.default_due()}
    initial["contract_to"] = initial["due_on"]
    if before is not None:
        initial["assignment"] = before.assignment
    form = CommissionForm(
        request.POST or None, request.FILES or None, people=people.filter(pk__in=kept), notes=notes, initial=initial
    )
    return form, excluded


@roles(CITY)
def send_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Back to the evaluator with words and a last day."""
    form = SendBackForm(request.POST or None, initial={"due_on": services.default_due()})
    return _step(
        request,
        uuid,
        "send_back",
        form,
        services.send_back,
        "退回后测评负责人可以修改并须重新提交；委托期限相应延长。",
        "return",
    )


@roles(CITY)
def conclude_pass(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """测评合格."""
    form = ConcludeForm(request.POST or None)
    return _step(
        request,
        uuid,
        "conclude_pass",
        form,
        services.conclude_pass,
        "结论、理由和测评情况告知示范平台和县(市)区主管部门；测评负责人的资料查阅权限随即收回。",
    )


@roles(CITY)
def conclude_fail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """测评不合格."""
    form = ConcludeForm(request.POST or None)
    return _step(
        request,
        uuid,
        "conclude_fail",
        form,
        services.conclude_fail,
        "结论告知示范平台和县(市)区主管部门，资料查阅权限随即收回；接下来请责令限期整改。",
        "return",
    )


@roles(CITY)
def abandon(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """No conclusion at all."""
    form = WhyForm(request.POST or None, label="终止测评的原因", hint="只记入办理记录。")
    return _step(
        request,
        uuid,
        "abandon",
        form,
        services.abandon,
        "终止后不作结论，资料查阅权限随即收回，以后可以另行委托。",
        "return",
    )


def _step(
    request: HttpRequest, uuid: UUID, step: str, form: forms.Form, service: Callable[..., Any], effect: str, tone: str = "primary"
) -> HttpResponse:  # fmt: skip
    found = get_object_or_404(selectors.visible_to(request.actor), uuid=uuid)
    row = step_of("evaluation", step)
    if request.method == "POST" and form.is_valid():
        given = {"actor": request.actor, "evaluation": found, **form.cleaned_data, **submitted(request).kwargs()}
        if attempt(form, service, **given):
            messages.success(request, f"已办理“{row.label}”。")
            return redirect(found)
    context = {
        "subject": found,
        "row": row,
        "form": form,
        "effect": effect,
        "tone": tone,
        "blockers": engine.blockers(found, step, request.actor),
        "crumbs": [("测评整改", reverse("supervision:evaluations")), (found.heading, found.get_absolute_url())],
    }
    return render(request, "supervision/evaluations/step.html", context, status=status_of(form))
