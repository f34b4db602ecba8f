"""The officers' pages of the satisfaction sample."""

from collections.abc import Callable
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import access
from accounts.models import Role
from applications.selectors import visible_to
from lifecycle import engine, guards
from lifecycle.forms import submitted
from lifecycle.steps import step_of
from review.forms.sampling import AnswerForm, ApproveRedrawForm, AttemptForm, CloseForm, RedrawForm
from review.links import path_of
from review.models import Sample, SampleUnit
from review.selectors import sampling as samples
from review.services import sampling
from review.services.sampling.drawing import NO_CONTACT, SHARED_PHONE, STAFF_PHONE
from review.views import desk
from review.views.steps import add_errors

OFFICER = Role.DISTRICT_OFFICER
READERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
FLAGS = {
    SHARED_PHONE: "电话与清单内其他企业相同",
    STAFF_PHONE: "电话与申报单位人员相同",
    NO_CONTACT: "没有联系方式",
}


@access.roles(OFFICER)
def draw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Say what will be drawn, then draw."""
    application = get_object_or_404(visible_to(request.actor).select_related("current_version"), uuid=uuid)
    if request.method == "POST":
        try:
            sample = sampling.draw(actor=request.actor, application=application, **submitted(request).kwargs())
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
            return redirect("review:draw", uuid)
        messages.success(request, f"已从{sample.frame_size}家企业中抽取{sample.required}家，备用{sample.reserve}家。")
        return redirect(sample)
    frame = samples.frame_of(application.current_version)
    context = {
        "application": application,
        "frame": len(frame),
        "parameters": application.call.parameters,
        "blockers": list(guards.reasons(Sample(application=application), "draw", request.actor)),
        "back_url": reverse("review:workbench", args=[application.uuid]),
        "form": forms.Form(),
    }
    return render(request, "review/draw.html", context)


@access.roles(*READERS)
@require_GET
def sample(request: HttpRequest, uuid: str) -> HttpResponse:
    """The drawn enterprises, how far the asking has come, and what can be done now."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    working = request.actor.role == OFFICER and found.state == "open"
    context = {
        "sample": found,
        "application": found.application,
        "stands": samples.progress(found),
        "units": [_line(unit) for unit in samples.units(found)],
        "options": engine.options(found, request.actor),
        "step_urls": {name: reverse(f"review:{page}", args=[found.uuid]) for name, page in STEP_PAGES.items()},
        "working": working,
        "minimum": found.application.call.parameters.min_satisfaction,
        "back_url": reverse("review:workbench", args=[found.application.uuid]),
    }
    return render(request, "review/sample.html", context)


STEP_PAGES = {
    "close": "close_sample", "propose_redraw": "propose_redraw", "approve_redraw": "approve_redraw",
    "refuse_redraw": "refuse_redraw",
}  # fmt: skip


def _line(unit: SampleUnit) -> dict[str, Any]:
    given = getattr(unit, "answer", None)
    return {
        "unit": unit,
        "answer": given,
        "flags": [FLAGS[flag] for flag in unit.flags],
        "attempts": list(unit.attempts.all()),
        "url": reverse("review:sample_unit", args=[unit.sample.uuid, unit.uuid]),
    }


@access.roles(*READERS)
@require_GET
def replay(request: HttpRequest, uuid: str) -> HttpResponse:
    """Seed and frame give the recorded draw again, step by step."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    context = {"sample": found, "application": found.application, "replay": samples.replay(found)}
    return render(request, "review/replay.html", context)


@access.roles(OFFICER)
@require_GET
def links(request: HttpRequest, uuid: str) -> HttpResponse:
    """A sheet to print: one private link with its QR code per enterprise that has not answered."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    waiting = [unit for unit in samples.units(found) if not hasattr(unit, "answer") and unit.replaced_at is None]
    slips = []
    for unit in waiting if found.state == "open" else ():
        address = f"{settings.BASE_URL}{path_of(unit)}"
        slips.append({"unit": unit, "address": address, "qr": segno.make(address, error="m").svg_data_uri(scale=4)})
    return render(request, "review/links.html", {"sample": found, "application": found.application, "slips": slips})


@access.roles(OFFICER)
@require_POST
def send(request: HttpRequest, uuid: str) -> HttpResponse:
    """E-mail the links to every enterprise with an address that has not been sent one."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    waiting = [unit for unit in samples.units(found) if not hasattr(unit, "answer") and unit.replaced_at is None]
    sent = sampling.send_links(actor=request.actor, sample=found, units=waiting)
    messages.success(
        request, f"已向{sent}家企业发送答复链接。" if sent else "没有需要发送的企业：均已发送、已答复或没有邮箱。"
    )
    return redirect(found)


@access.roles(OFFICER)
def unit(request: HttpRequest, uuid: str, unit: str) -> HttpResponse:
    """One drawn enterprise: attempts, an answer by telephone, a new link, replacement."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    asked = get_object_or_404(samples.units(found), uuid=unit)
    asked.sample = found
    do = request.POST.get("do", "")
    attempt = AttemptForm(request.POST if do == "attempt" else None)
    answer = AnswerForm(request.POST if do == "answer" else None)
    answer.fields["satisfaction"].label = "企业电话答复"
    status = 200
    if request.method == "POST":
        if _worked(request, asked, do, attempt, answer):
            return redirect(found)
        status = 422
    context = {
        "sample": found,
        "application": found.application,
        "line": _line(asked),
        "attempt_form": attempt,
        "answer_form": answer,
        "forms": [attempt, answer],
        "working": found.state == "open" and asked.replaced_at is None,
    }
    return render(request, "review/sample_unit.html", context, status=status)


def _worked(request: HttpRequest, asked: SampleUnit, do: str, attempt: AttemptForm, answer: AnswerForm) -> bool:
    """Do what the button said; False when a form has errors."""
    given = {"actor": request.actor, "unit": asked, "key": submitted(request).key}
    form = {"attempt": attempt, "answer": answer}.get(do)
    if form is not None and not form.is_valid():
        return False
    try:
        _ACTS[do](request, form.cleaned_data if form else {}, given)
    except KeyError:
        return False
    except ValidationError as error:
        if form is None:
            messages.error(request, "；".join(error.messages))
            return True
        add_errors(form, error)
        return False
    return True


def _note_attempt(request: HttpRequest, typed: dict[str, Any], given: dict[str, Any]) -> None:
    sampling.note_attempt(outcome=typed["outcome"], note=typed["note"], **given)
    messages.success(request, "联系结果已登记。")


def _note_answer(request: HttpRequest, typed: dict[str, Any], given: dict[str, Any]) -> None:
    sampling.note_answer(satisfaction=typed["satisfaction"], comment=typed["comment"], **given)
    messages.success(request, "电话答复已登记。")


def _replace(request: HttpRequest, typed: dict[str, Any], given: dict[str, Any]) -> None:
    following = sampling.replace(**given)
    messages.success(request, f"已由“{following.name}”替换，请联系该企业。")


def _renew(request: HttpRequest, typed: dict[str, Any], given: dict[str, Any]) -> None:
    sampling.renew_link(**given)
    messages.success(request, "原链接已失效，请重新发送或打印新链接。")


_ACTS: dict[str, Callable[[HttpRequest, dict[str, Any], dict[str, Any]], None]] = {
    "attempt": _note_attempt, "answer": _note_answer, "replace": _replace, "renew": _renew,
}  # fmt: skip


@access.roles(OFFICER)
def close(request: HttpRequest, uuid: str) -> HttpResponse:
    """End the sample with its figures."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    enough = samples.progress(found).enough
    form = CloseForm(request.POST if request.method == "POST" else None, enough=enough)
    effect = "结束后不再接受答复，满意度按有效答复计算并列入附件2；随机种子同时公开，可供复核。"
    return _step(request, found, "close", form, sampling.close, effect, "抽查已结束。")


@access.roles(OFFICER)
def propose_redraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask for a new draw."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    effect = "须由本县（市）区另一名经办人复核。复核前暂停答复；同意后本次样本作废并留存，再重新抽取。"
    return _step(
        request, found, "propose_redraw", RedrawForm(request.POST if request.method == "POST" else None), sampling.propose_redraw, effect,
        "已申请重新抽样，请另一名经办人复核。",
    )  # fmt: skip


@access.roles(OFFICER)
def approve_redraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """The second person agrees."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    effect = f"申请理由：{found.redraw_reason}\n同意后本次样本作废，已有的联系记录和答复留存，不再计入。"
    return _step(
        request, found, "approve_redraw", ApproveRedrawForm(request.POST if request.method == "POST" else None), sampling.approve_redraw, effect,
        "样本已作废，请重新抽取。",
    )  # fmt: skip


@access.roles(OFFICER)
def refuse_redraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """The second person does not agree."""
    found = get_object_or_404(samples.visible_to(request.actor), uuid=uuid)
    effect = f"申请理由：{found.redraw_reason}\n不同意的，样本继续有效，恢复答复。"
    return _step(
        request,
        found,
        "refuse_redraw",
        RedrawForm(request.POST if request.method == "POST" else None),
        sampling.refuse_redraw,
        effect,
        "抽查继续进行。",
    )


def _step(
    request: HttpRequest,
    found: Sample,
    step: str,
    form: forms.Form,
    service: Callable[..., Sample],
    effect: str,
    done: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            service(actor=request.actor, sample=found, **form.cleaned_data, **submitted(request).kwargs())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done)
            return redirect(found)
    context = {
        "application": found.application,
        "subject": found,
        "row": step_of("sample", step),
        "form": form,
        "effect": effect,
        "blockers": engine.blockers(found, step, request.actor),
        "back_url": found.get_absolute_url(),
        "tone": "return" if step in ("propose_redraw", "refuse_redraw") else "primary",
        "queue_url": desk.queue_url(request),
    }
    return render(request, "review/step.html", context, status=422 if form.errors else 200)
