"""The officers' workbench: contents, one part of the material, its checklist. Answers are kept as a draft while one works."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from accounts import access
from accounts.models import Role
from applications.selectors import visible_to
from applications.views import autosave
from lifecycle import deadlines
from lifecycle.errors import NotAllowed, Refusal
from lifecycle.forms import submitted
from review import checklist
from review.checklist import ITEMS
from review.forms.district import ChecksForm, FlagsForm
from review.models import CheckItem
from review.selectors import assignments, checks, flags, phrases, queues, workbench
from review.selectors.workbench import FLAGS, OVERVIEW
from review.services import district
from review.services.clashes import Clash, Kept
from review.services.district.measuring import CHECKING
from review.services.flags import answer_flags
from review.views import desk, parts
from review.views.papers import OFFICERS
from review.views.parts import Opened
from timekeeping import clock

INSERT = "insert-"
Form = ChecksForm | FlagsForm
# The parts of the page that follow what was saved: their id and their template.
PROGRESS = {
    "bench-counted": "counted", "bench-contents": "contents", "bench-tally": "tally", "bench-return": "return_offer",
}  # fmt: skip


def opened(request: HttpRequest, uuid: str) -> Opened:
    """The application as the actor may see it, at the part named by ``?part=``."""
    application = get_object_or_404(visible_to(request.actor).select_related("current_version"), uuid=uuid)
    version = application.current_version
    if version is None:
        raise Http404
    version.application = application
    before, told = workbench.content_before(version), flags.told_to(request.actor, application)
    standing, changes = checks.standing(application), workbench.changes_of(version, before)
    contents = workbench.parts(version, standing, changes, told)
    at = next((part for part in contents if part.slug == request.GET.get("part")), None)
    return Opened(application, version, before, standing, changes, told, contents, at)


@access.roles(*OFFICERS)
def bench(request: HttpRequest, uuid: str) -> HttpResponse:
    """Read and check an application part by part; ``part=flags-all`` are the automatic flags."""
    found = opened(request, uuid)
    if request.method != "POST":
        return _shown(request, found)
    if autosave.wanted(request):
        return _autosave(request, found)
    return _save(request, found)


def _form(request: HttpRequest, found: Opened) -> Form:
    """What was posted, with a chosen common phrase put into its note."""
    if found.at and found.at.kind == FLAGS:
        return FlagsForm(request.POST, told=found.told)
    data, do = request.POST.copy(), request.POST.get("do", "")
    if do.startswith(INSERT):
        _insert(request, data, do.removeprefix(INSERT))
    return ChecksForm(data, part=found.at)


def _insert(request: HttpRequest, data: MultiValueDict, item: str) -> None:
    chosen = str(data.get(f"p-{item}", ""))
    texts = {str(phrase.uuid): phrase.text for phrase in phrases.in_use(request.actor)}
    if chosen in texts:
        note = checklist.tidy(str(data.get(f"n-{item}", "")))
        data[f"v-{item}"], data[f"n-{item}"] = CheckItem.Verdict.FIX, "\n".join(filter(None, (note, texts[chosen])))


def _keep(request: HttpRequest, found: Opened, form: Form) -> dict[str, str]:
    """Save; returns what the hidden fields of the page must say from now on. Raises ValidationError, Refusal."""
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    common = {"actor": request.actor, "application": found.application, "version": submitted(request).version}
    if isinstance(form, FlagsForm):
        new = answer_flags(notes=form.notes(), **common)
        return {f"s-{one.flag}": str(one.pk) for one in new}
    otherwise = CheckItem.Verdict.OK if request.POST.get("do") == "all_ok" else ""
    answers = form.answers()
    district.save_checks(answers=answers, seen=form.seen(), otherwise=otherwise, **common)
    return {f"s-{key}": checklist.token_of(*said) for key, said in answers.items()}


def _autosave(request: HttpRequest, found: Opened) -> HttpResponse:
    try:
        fields = _keep(request, found, _form(request, found))
    except ValidationError as error:
        return JsonResponse({"message": "；".join(error.messages)}, status=422)
    except Refusal as refusal:
        more = "按“保存”可并列看到两份内容。" if isinstance(refusal, Clash) else ""
        return JsonResponse({"message": refusal.message + more}, status=refusal.status)
    renewed = _renewed(request, opened(request, str(found.application.uuid)))
    return JsonResponse({"message": autosave.said(clock.now()), "fields": fields, "renewed": renewed})


def _renewed(request: HttpRequest, found: Opened) -> dict[str, str]:
    """What of the page tells how far the check has come, by the id it has there."""
    context = _progress(request, found)
    return {
        name: render_to_string(f"review/bench/{template}.html", context, request) for name, template in PROGRESS.items()
    }


def _save(request: HttpRequest, found: Opened) -> HttpResponse:
    form, do = _form(request, found), request.POST.get("do", "")
    following = _next_case(request, found) if do == "next_case" else ""
    try:
        _keep(request, found, form)
    except ValidationError:
        return _shown(request, found, form=form, status=422)
    except NotAllowed:
        raise
    except Refusal as refusal:
        kept = refusal.kept if isinstance(refusal, Clash) else {}
        fresh = opened(request, str(found.application.uuid))
        return _shown(request, fresh, form=form, refused=refusal.message, kept=kept, status=refusal.status)
    messages.success(request, "核对结果已保存。")
    if following:
        return redirect(following)
    part = found.following if do == "next" else found.slug
    anchor = f"#n-{do.removeprefix(INSERT)}" if do.startswith(INSERT) else ""
    return redirect(desk.address(found.application, request, part=part) + anchor)


def _next_case(request: HttpRequest, found: Opened) -> str:
    """The next case of the list this one was opened from; the list itself after the last one."""
    place = queues.place_of(found.application, desk.queue_of(request))
    if place and place.following:
        return desk.address(place.following, request)
    return desk.queue_url(request)


def _shown(
    request: HttpRequest,
    found: Opened,
    *,
    form: Form | None = None,
    refused: str = "",
    kept: Mapping[str, Kept] | None = None,
    status: int = 200,
) -> HttpResponse:
    application = found.application
    place = queues.place_of(application, desk.queue_of(request))
    works = request.actor.role == Role.DISTRICT_OFFICER and application.state in CHECKING
    context = {
        "version": found.version,
        "due": deadlines.due(application),
        "handling": assignments.in_force().filter(application=application).first(),
        "place": place,
        "previous_url": place and place.previous and desk.address(place.previous, request),
        "following_url": place and place.following and desk.address(place.following, request),
        "queue_url": desk.queue_url(request),
        "may_check": works and found.at is not None,
        "verdicts": CheckItem.Verdict.choices,
        "form": form if form is not None and form.errors else None,
        "refused": refused,
        "this_url": desk.address(application, request, part=found.slug),
        "following_part": next((part for part in found.parts if part.slug == found.following), None),
    }
    context |= _progress(request, found)
    return render(request, "review/workbench.html", context | _content(request, found, form, kept or {}), status=status)


def _progress(request: HttpRequest, found: Opened) -> dict[str, Any]:
    return {
        "application": found.application,
        "at": found.at,
        "toc": desk.contents(found.application, found.parts, found.at, request),
        "overview_url": desk.address(found.application, request, part=OVERVIEW),
        "standing": found.standing,
        "all_items": len(ITEMS),
        "open_flags": sum(one.answer is None for one in found.told),
    }


def _content(request: HttpRequest, found: Opened, form: Form | None, kept: Mapping[str, Kept]) -> dict[str, Any]:
    if found.at is None:
        return parts.overview_context(request, found)
    if found.at.kind == FLAGS:
        return parts.flags_context(found, form if isinstance(form, FlagsForm) else None, kept)
    return parts.part_context(request, found, found.at, form if isinstance(form, ChecksForm) else None, kept)
