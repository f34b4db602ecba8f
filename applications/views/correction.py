"""The items of a return for correction: each with its reply and its tick, saved by hand or while typing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import roles
from accounts.models import Role
from applications import corrections, editing
from applications.forms.ways_back import AnswersForm
from applications.models import Application, Correction
from applications.selectors import visible_to
from applications.services import answers
from applications.services.answers import StaleAnswers
from applications.views import autosave, returned
from applications.views.returned import Numbered
from lifecycle.errors import Refusal
from timekeeping import clock
from timekeeping.dates import chinese_deadline


@roles(Role.FILER, Role.SIGNATORY)
def correction(request: HttpRequest, uuid: str) -> HttpResponse:
    """Answer the items of the return one by one; every opened part is linked."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    current = corrections.current(application)
    if current is None:
        return redirect(application)
    if request.method == "POST":
        return _save(request, application, current, AnswersForm(current, request.POST))
    return _items(request, application, current, AnswersForm(current))


def _save(request: HttpRequest, application: Application, current: Correction, form: AnswersForm) -> HttpResponse:
    background = autosave.wanted(request)
    try:
        saved = _keep(request, current, form)
    except (ValidationError, Refusal) as error:
        if background:
            return _told(error)
        if isinstance(error, StaleAnswers):
            typed = AnswersForm(current, replies=error.yours)
            return _items(request, application, current, typed, status=409, stale=error)
        if isinstance(error, Refusal):
            raise
        return _items(request, application, current, form, status=422)
    if background:
        return JsonResponse({"revision": answers.revision(saved), "message": autosave.said(clock.now())})
    return _after_saving(request, application, saved)


def _keep(request: HttpRequest, current: Correction, form: AnswersForm) -> Correction:
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    seen = form.cleaned_data["revision"]
    return answers.save_answers(actor=request.actor, correction=current, answers=form.answers, seen=seen)


def _told(error: ValidationError | Refusal) -> JsonResponse:
    """Why nothing was saved while typing."""
    if isinstance(error, Refusal):
        return autosave.refused(error)
    return JsonResponse({"message": "；".join(error.messages)}, status=422)


def _items(
    request: HttpRequest,
    application: Application,
    current: Correction,
    form: AnswersForm,
    status: int = 200,
    stale: StaleAnswers | None = None,
) -> HttpResponse:
    rows = [_row(application, form, one, stale) for one in returned.numbered(current)]
    page = {
        "application": application,
        "correction": current,
        "form": form,
        "rows": rows,
        "done": sum(one["is_answered"] for one in rows),
        "deadline": chinese_deadline(current.due_at),
        "late": editing.is_late(application),
        "stale": stale,
        "is_signatory": request.actor.role == Role.SIGNATORY,
    }
    return render(request, "applications/correction.html", page, status=status)


def _row(
    application: Application, form: AnswersForm, one: Numbered, stale: StaleAnswers | None = None
) -> dict[str, Any]:
    """One item with the pages on which it is put right, its fields, and what a colleague wrote meanwhile."""
    item = one.item
    return {
        "number": one.number,
        "item": item,
        "is_answered": one.is_answered,
        "label": corrections.item_label(item),
        "opens": corrections.field_words(item),
        "pages": corrections.pages(application, item),
        "answer": form[f"item_{item.pk}"],
        "done": form[f"done_{item.pk}"],
        "theirs": stale.theirs.get(item.pk) if stale else None,
    }


def _after_saving(request: HttpRequest, application: Application, current: Correction) -> HttpResponse:
    """Stay on the page, go on to sign, or tell the signatory, as the button said."""
    left = len(corrections.unanswered(current))
    messages.success(request, "补正说明已保存。")
    if left and request.POST.get("do") in ("sign", "tell"):
        messages.warning(request, f"还有 {left} 项没有填写说明或者没有勾选“已补正”，全部补正完毕后再提交。")
    elif request.POST.get("do") == "sign":
        return redirect("applications:resubmit", application.uuid)
    elif request.POST.get("do") == "tell":
        _tell(request, current)
    return redirect("applications:correction", application.uuid)


def _tell(request: HttpRequest, current: Correction) -> None:
    if answers.ask_to_resubmit(actor=request.actor, correction=current):
        messages.success(request, "已通知签字人登录确认并提交补正。")
    else:
        messages.warning(
            request, "没有新的通知：签字人已收到过通知，或者本单位还没有其他签字人账号（请在“本单位人员”中添加）。"
        )
