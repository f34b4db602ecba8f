"""The officers' pages of the satisfaction sample: the draw, how the asking goes, the draw again, the slips to hand out."""

from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import access
from accounts.actors import Actor
from accounts.models import Role
from applications.selectors import visible_to
from lifecycle import engine, guards
from lifecycle.forms import submitted
from review.links import path_of
from review.models import Sample, SampleUnit, SurveyAnswer
from review.selectors import sampling as samples
from review.services import sampling
from review.services.sampling.drawing import NO_CONTACT, SHARED_PHONE, STAFF_PHONE
from review.views.live import unattended

OFFICER = Role.DISTRICT_OFFICER
READERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
FLAGS = {
    SHARED_PHONE: "电话与清单内其他企业相同",
    STAFF_PHONE: "电话与申报单位人员相同",
    NO_CONTACT: "没有联系方式",
}
# Content answers need no further look; those of enterprises never served do not count.
TONES = {**dict.fromkeys(samples.SATISFIED, "done"), SurveyAnswer.Satisfaction.NOT_SERVED: "wait"}
STEP_PAGES = {
    "close": "close_sample", "propose_redraw": "propose_redraw", "approve_redraw": "approve_redraw",
    "refuse_redraw": "refuse_redraw", "keep_result": "refuse_redraw", "void": "void_sample",
}  # fmt: skip
ONE_OR_THE_OTHER = ("refuse_redraw", "keep_result", "void")


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
    found = visible(request, uuid)
    offered, changed = engine.options(found, request.actor), samples.outdated(found)
    context = {
        **standing(found, request.actor),
        # Not even with the reason why not: a sample in good order for voiding, the other one of the two refusals.
        "options": [one for one in offered if one.row.name not in ONE_OR_THE_OTHER or not one.blockers],
        "primary": "close" if samples.examined(found) and not changed else "void",
        "changed": changed,
        "step_urls": {name: reverse(f"review:{page}", args=[found.uuid]) for name, page in STEP_PAGES.items()},
        "back_url": reverse("review:workbench", args=[found.application.uuid]),
    }
    return render(request, "review/sample.html", context)


@access.roles(*READERS)
@require_GET
@unattended
def progress(request: HttpRequest, uuid: str) -> HttpResponse:
    """The part of the page that changes while enterprises answer; asked for by the page itself."""
    return render(request, "review/sample_progress.html", standing(visible(request, uuid), request.actor))


def visible(request: HttpRequest, uuid: str) -> Sample:
    """The sample, where the acting person may see it."""
    return get_object_or_404(samples.visible_to(request.actor), uuid=uuid)


def standing(found: Sample, actor: Actor) -> dict[str, Any]:
    """Figures, their meaning and the enterprises of a sample."""
    stands = samples.progress(found)
    return {
        "sample": found,
        "application": found.application,
        "stands": stands,
        "meaning": samples.meaning_of(found, stands),
        "units": [line_of(unit) for unit in samples.units(found)],
        "examined": samples.examined(found),
        "working": actor.role == OFFICER and found.state == "open" and samples.examined(found),
    }


def line_of(unit: SampleUnit) -> dict[str, Any]:
    """One enterprise as the pages show it."""
    answer = getattr(unit, "answer", None)
    return {
        "unit": unit,
        "answer": answer,
        "tone": TONES.get(answer.satisfaction, "warn") if answer else "todo",
        "flags": [FLAGS[flag] for flag in unit.flags],
        "attempts": list(unit.attempts.all()),
        "url": reverse("review:sample_unit", args=[unit.sample.uuid, unit.uuid]),
    }


@access.roles(*READERS)
@require_GET
def replay(request: HttpRequest, uuid: str) -> HttpResponse:
    """Seed and frame give the recorded draw again, step by step."""
    found = visible(request, uuid)
    context = {"sample": found, "application": found.application, "replay": samples.replay(found)}
    return render(request, "review/replay.html", context)


@access.roles(*READERS)
@require_GET
def replay_file(request: HttpRequest, uuid: str) -> HttpResponse:
    """Seed, frame and drawn list for ``bin/replay_sample.py``, which needs nothing else."""
    found = visible(request, uuid)
    response = JsonResponse(samples.exported(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="sample-{found.uuid}.json"'
    return response


@access.roles(OFFICER)
@require_GET
def links(request: HttpRequest, uuid: str) -> HttpResponse:
    """A sheet to print: one private link with its QR code per enterprise that has not answered."""
    found = visible(request, uuid)
    slips = [_slip(unit) for unit in _waiting(found)] if found.state == "open" else []
    return render(request, "review/links.html", {"sample": found, "application": found.application, "slips": slips})


def _slip(unit: SampleUnit) -> dict[str, Any]:
    address = f"{settings.BASE_URL}{path_of(unit)}"
    return {"unit": unit, "address": address, "qr": segno.make(address, error="m").svg_data_uri(scale=4)}


def _waiting(found: Sample) -> list[SampleUnit]:
    return [unit for unit in samples.units(found) if not hasattr(unit, "answer") and unit.replaced_at is None]


@access.roles(OFFICER)
@require_POST
def send(request: HttpRequest, uuid: str) -> HttpResponse:
    """E-mail the links to every enterprise with an address that has not been sent one."""
    found = visible(request, uuid)
    sent = sampling.send_links(actor=request.actor, sample=found, units=_waiting(found))
    told = f"已向{sent}家企业发送答复链接。" if sent else "没有需要发送的企业：均已发送、已答复或没有邮箱。"
    messages.success(request, told)
    return redirect(found)
