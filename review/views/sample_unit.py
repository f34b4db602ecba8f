"""The officer's page of one drawn enterprise: attempts, an answer by telephone, a new link, replacement."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import access
from lifecycle.acting import place
from lifecycle.forms import submitted
from review.forms.sampling import AnswerForm, AttemptForm
from review.models import SampleUnit
from review.selectors import sampling as samples
from review.services import sampling
from review.views.sampling import OFFICER, READERS, line_of, visible

Given = dict[str, Any]
OVER = {
    "redraw_proposed": "已申请重新抽样，复核前暂停联系和答复。请另一名县区经办人在满意度抽查页面复核。",
    "closed": "抽查已结束，不再登记联系和答复。",
    "voided": "样本已作废，不再登记联系和答复。",
}


@access.roles(*READERS)
def unit(request: HttpRequest, uuid: str, unit: str) -> HttpResponse:
    """Everything about one enterprise; only the officers of the district work on it."""
    found = visible(request, uuid)
    asked = get_object_or_404(samples.units(found), uuid=unit)
    asked.sample = found
    do = request.POST.get("do", "")
    attempt = AttemptForm(request.POST if do == "attempt" else None)
    answer = AnswerForm(request.POST if do == "answer" else None)
    answer.fields["satisfaction"].label = "企业电话答复"
    status = 200
    if request.method == "POST":
        if _worked(request, asked, do, {"attempt": attempt, "answer": answer}):
            return redirect(found)
        status = 422
    over = _over(asked)
    context = {
        "sample": found,
        "application": found.application,
        "line": line_of(asked),
        "attempt_form": attempt,
        "answer_form": answer,
        "forms": [attempt, answer],
        "over": over,
        "working": request.actor.role == OFFICER and not over,
    }
    return render(request, "review/sample_unit.html", context, status=status)


def _over(asked: SampleUnit) -> str:
    """Why nothing is noted about the enterprise (any more), in words; empty while it may be asked."""
    if asked.sample.state != "open":
        return OVER[asked.sample.state]
    if not samples.examined(asked.sample):
        return "申报不再由县区审查，抽查不再进行，不能再登记联系和答复。"
    return "该企业已由下一家企业替换，不再登记联系和答复。" if asked.replaced_at else ""


def _worked(request: HttpRequest, asked: SampleUnit, do: str, forms: dict[str, Any]) -> bool:
    """Do what the button said; False when a form has errors."""
    given = {"actor": request.actor, "unit": asked, "key": submitted(request).key}
    form = forms.get(do)
    if do not in _ACTS or (form is not None and not form.is_valid()):
        return False
    try:
        _ACTS[do](request, form.cleaned_data if form else {}, given)
    except ValidationError as error:
        if form is None:
            messages.error(request, "；".join(error.messages))
            return True
        place(form, error)
        return False
    return True


def _note_attempt(request: HttpRequest, typed: Given, given: Given) -> None:
    sampling.note_attempt(outcome=typed["outcome"], note=typed["note"], **given)
    messages.success(request, "联系结果已登记。")


def _note_answer(request: HttpRequest, typed: Given, given: Given) -> None:
    sampling.note_answer(satisfaction=typed["satisfaction"], comment=typed["comment"], **given)
    messages.success(request, "电话答复已登记。")


def _replace(request: HttpRequest, typed: Given, given: Given) -> None:
    following = sampling.replace(**given)
    messages.success(request, f"已由“{following.name}”替换，请联系该企业。")


def _renew(request: HttpRequest, typed: Given, given: Given) -> None:
    sampling.renew_link(**given)
    messages.success(request, "原链接已失效，请重新发送或打印新链接。")


_ACTS: dict[str, Callable[[HttpRequest, Given, Given], None]] = {
    "attempt": _note_attempt, "answer": _note_answer, "replace": _replace, "renew": _renew,
}  # fmt: skip
