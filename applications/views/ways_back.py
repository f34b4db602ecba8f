"""Every way back: to the filer, out of a correction, out of the procedure."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import roles
from accounts.models import Role
from applications import corrections
from applications.forms.ways_back import AnswersForm, ReopenForm, WithdrawForm
from applications.models import Application, Correction, CorrectionItem
from applications.selectors import visible_to
from applications.services import answers, submission
from applications.wording import ORGANISATION_PART
from lifecycle import engine
from lifecycle.forms import submitted

EFFECTS = {
    "draft": "草稿不再继续填报。",
    "on_notice": "本申报将从公示名单中移除，并公开说明。",
    "held": "本申报将从公示名单中移除，并公开说明；异议仍会办结答复。",
}


@roles(Role.FILER, Role.SIGNATORY)
def reopen(request: HttpRequest, uuid: str) -> HttpResponse:
    """Give the draft back for editing."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        submission.reopen(
            actor=request.actor,
            application=application,
            reason=form.cleaned_data["reason"],
            **submitted(request).kwargs(),
        )
        messages.success(request, "已退回修改，可以继续填报。")
        return redirect(application)
    if application.state != "awaiting_signature" and request.method != "POST":
        return redirect(application)
    page = {"application": application, "form": form}
    return render(request, "applications/reopen.html", page, status=422 if request.method == "POST" else 200)


@roles(Role.FILER, Role.SIGNATORY)
def withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Withdraw the application with a reason (Art. 6)."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        submission.withdraw(
            actor=request.actor,
            application=application,
            reason=form.cleaned_data["reason"],
            **submitted(request).kwargs(),
        )
        messages.success(request, "申报已撤回。")
        return redirect(application)
    option = engine.option(application, "withdraw", request.actor)
    if option is None and request.method != "POST":
        return redirect(application)
    page = {
        "application": application,
        "form": form,
        "blockers": option.blockers if option else (),
        "effect": EFFECTS.get(application.state, "各级主管部门停止办理本申报。"),
    }
    return render(request, "applications/withdraw.html", page, status=422 if request.method == "POST" else 200)


@roles(Role.FILER, Role.SIGNATORY)
def correction(request: HttpRequest, uuid: str) -> HttpResponse:
    """Answer the items of the return one by one; every opened part is linked."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    current = corrections.current(application)
    if current is None:
        return redirect(application)
    form = AnswersForm(current, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers.save_answers(
            actor=request.actor, correction=current, answers=form.answers, seen=form.cleaned_data["seen"]
        )
        return _after_saving(request, application, current)
    page = {
        "application": application,
        "correction": current,
        "form": form,
        "rows": [_row(application, form, item) for item in form.items],
        "is_signatory": request.actor.role == Role.SIGNATORY,
    }
    return render(request, "applications/correction.html", page, status=422 if request.method == "POST" else 200)


def _row(application: Application, form: AnswersForm, item: CorrectionItem) -> dict[str, Any]:
    """One item with the page on which its part is changed; the registered data are changed with the authority."""
    page = {"list": "list", "material": "material"}.get(item.part, "section")
    editable = (item.part, item.key) != ("section", ORGANISATION_PART)
    return {
        "item": item,
        "label": corrections.item_label(item),
        "url": reverse(f"applications:{page}", args=[application.uuid, item.key]) if editable else "",
        "field": form[f"item_{item.pk}"],
    }


def _after_saving(request: HttpRequest, application: Application, current: Correction) -> HttpResponse:
    """Stay on the page, go on to sign, or tell the signatory, as the button said."""
    messages.success(request, "补正说明已保存。")
    if request.POST.get("do") == "sign":
        return redirect("applications:resubmit", application.uuid)
    if request.POST.get("do") == "tell":
        told = answers.ask_to_resubmit(actor=request.actor, correction=current)
        if told:
            messages.success(request, "已通知签字人登录确认并提交补正。")
        else:
            messages.warning(request, "本单位还没有其他签字人账号，请在“本单位人员”中添加。")
    return redirect("applications:correction", application.uuid)
