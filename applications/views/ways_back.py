"""Ways back: to the filer, out of the procedure."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import roles
from accounts.models import Role
from applications.forms.ways_back import ReopenForm, WithdrawForm
from applications.selectors import visible_to
from applications.services import submission
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
