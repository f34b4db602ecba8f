"""What a form answers to the page that saves it by itself: the same words everywhere, and of a section what the page must know."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from accounts import access
from accounts.carrying.middleware import AUTOSAVE
from accounts.models import Role
from applications import presence as people
from applications.merging import base_of
from applications.models import Application
from applications.models import Section as SavedSection
from applications.schema import BY_KEY, Section
from applications.services import presence as services
from applications.services.sections import StaleSection
from applications.views.finding import application_or_404
from lifecycle.errors import Refusal
from timekeeping import clock


def wanted(request: HttpRequest) -> bool:
    """Whether the page sent this by itself."""
    return AUTOSAVE in request.headers


def said(at: datetime) -> str:
    """What the page says once it is saved: 已自动保存 10:42."""
    return f"已自动保存 {at.astimezone(clock.SHANGHAI):%H:%M}"


def saved(
    request: HttpRequest,
    application: Application,
    spec: Section,
    section: SavedSection,
    typed: dict[str, str],
    *,
    refusal: str = "",
) -> JsonResponse:
    """When it was saved, what the next save starts from, what a colleague changed meanwhile, and who else is there.

    ``typed`` holds the fields that are open, ``refusal`` tells of those that are not.
    """
    services.here(actor=request.actor, application=application, key=spec.key)
    taken = {key: section.data[key] for key, text in typed.items() if section.data[key] != text}
    labels = "、".join(f"“{spec.field(key).label}”" for key in taken)
    return JsonResponse({
        "revision": section.revision, "base": base_of(spec, section.data), "message": f"{said(section.saved_at)}{refusal}",
        "taken": taken, "note": f"同事修改的{labels}已一并保留。" if taken else "", **_others(request, application, spec.key),
    })  # fmt: skip


def stale(spec: Section, refusal: StaleSection) -> JsonResponse:
    """409 with everything the page needs to let the person choose field by field and go on."""
    theirs = refusal.theirs
    now = {field.key: theirs.data.get(field.key, "") for field in spec.fields}
    at = theirs.saved_at.astimezone(clock.SHANGHAI)
    conflicts = refusal.both.conflicts
    return JsonResponse(
        {
            "message": f"未保存：{refusal.by}于 {at:%H:%M} 也修改了 {len(conflicts)} 处，请在栏目下方选择保留哪一份。",
            "revision": theirs.revision, "base": base_of(spec, now), "by": f"{refusal.by} {at:%H:%M} 填写",
            "conflicts": [_conflict(spec, key, now[key]) for key in conflicts],
            "theirs": {key: now[key] for key in (*refusal.both.taken, *conflicts)},
        },
        status=refusal.status,
    )  # fmt: skip


def refused(refusal: Refusal) -> JsonResponse:
    """The words of any other refusal."""
    return JsonResponse({"message": f"没有保存：{refusal.message}"}, status=refusal.status)


@access.roles(Role.FILER, Role.SIGNATORY)
@require_POST
def presence(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """A sign of life from the open page; answers who else is there."""
    application = application_or_404(request, uuid)
    if key not in BY_KEY:
        raise Http404
    services.here(actor=request.actor, application=application, key=key)
    return JsonResponse(_others(request, application, key))


def _others(request: HttpRequest, application: Application, key: str) -> dict[str, str]:
    return {"others": people.words(people.elsewhere(application, request.actor).get(key, []))}


def _conflict(spec: Section, key: str, text: str) -> dict[str, Any]:
    field = spec.field(key)
    return {"key": key, "label": field.label, "shown": field.shown(text) or "（空）"}
