"""A section of the form: saved as typed, by hand or while typing; a stale page is answered with both texts."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import access
from accounts.models import Role
from applications import editing, tasklist
from applications.checking import field_problems
from applications.facts import closing_day
from applications.forms.sections import SectionForm
from applications.models import Application
from applications.models import Section as SavedSection
from applications.schema import BY_KEY, SECTIONS, Section
from applications.services import sections as services
from applications.services.sections import StaleSection
from applications.views import returned
from applications.views.finding import application_or_404
from lifecycle.errors import Refusal
from timekeeping import clock

EDITING_MINUTES = 15


@access.roles(Role.FILER, Role.SIGNATORY)
def section(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """One section to fill in, or to read when it is closed."""
    application = application_or_404(request, uuid)
    if key not in BY_KEY:
        raise Http404
    if request.method == "POST":
        return _save(request, application, BY_KEY[key])
    saved = application.sections.filter(key=key).select_related("saved_by").first()
    return _page(request, application, BY_KEY[key], saved)


def _save(request: HttpRequest, application: Application, spec: Section) -> HttpResponse:
    background = "X-Autosave" in request.headers
    try:
        saved = services.save(
            actor=request.actor, application=application, key=spec.key, data=request.POST.dict(),
            revision=_revision(request),
        )  # fmt: skip
    except StaleSection as stale:
        return _answer(stale) if background else _both(request, application, spec, stale)
    except Refusal as refusal:
        if background:
            return _answer(refusal)
        raise
    except ValidationError as error:
        return JsonResponse({"message": "；".join(error.messages)}, status=422)
    if background:
        at = saved.saved_at.astimezone(clock.SHANGHAI)
        told = f"已自动保存 {at:%H:%M}{_refused(saved)}"
        return JsonResponse({"revision": saved.revision, "message": told})
    if saved.refused:
        messages.warning(request, _refused(saved).lstrip("；"))
    if request.POST.get("do") == "later":
        messages.success(request, f"“{spec.title}”已保存。")
        return redirect(_home(application))
    if field_problems(spec, saved.data, closing_day(application)):
        return _page(request, application, spec, saved, status=422)
    messages.success(request, f"“{spec.title}”已保存。")
    return redirect(_following(application, spec))


def _refused(saved: SavedSection) -> str:
    """What was typed into fields that a correction has not opened."""
    if not saved.refused:
        return ""
    typed = "、".join(f"{label}“{value}”" for label, value in saved.refused)
    return f"；以下栏目本次没有退回，不能修改，您填写的内容没有保存：{typed}"


def _home(application: Application) -> str:
    """Where one goes on after a section: the task list, or the items of the correction."""
    if application.state == editing.RETURNED:
        return reverse("applications:correction", args=[application.uuid])
    return application.get_absolute_url()


def _page(
    request: HttpRequest, application: Application, spec: Section, saved: SavedSection | None, status: int = 200
) -> HttpResponse:
    data = saved.data if saved else _prefilled(application, spec)
    problems = field_problems(spec, data, closing_day(application)) if saved else {}
    form = SectionForm(spec, data, problems)
    context = {
        "application": application,
        "section": spec,
        "saved": saved,
        "form": form,
        "returned": returned.beside_section(application, spec, form, data),
        "revision": saved.revision if saved else 0,
        "editable": editing.may_edit(application, "section", spec.key),
        "closed": editing.reason_closed(application),
        "facts": [(field.label, field.shown(data.get(field.key, ""))) for field in spec.fields if field.asked(data)],
        "other": _other_person(request, saved),
        "number": SECTIONS.index(spec) + 1,
        "total": len(SECTIONS),
        "crumbs": [
            ("我的申报", reverse("applications:mine")),
            (str(application.platform_name), application.get_absolute_url()),
        ],
    }
    return render(request, "applications/section.html", context, status=status)


def _both(request: HttpRequest, application: Application, spec: Section, stale: StaleSection) -> HttpResponse:
    """409 with what the person typed beside what stands there now; nothing typed is lost."""
    rows = [
        {
            "field": field,
            "yours": stale.yours[field.key],
            "theirs": stale.theirs.data.get(field.key, ""),
            "yours_shown": field.shown(stale.yours[field.key]),
            "theirs_shown": field.shown(stale.theirs.data.get(field.key, "")),
        }
        for field in spec.fields
    ]
    context = {
        "application": application, "section": spec, "stale": stale, "rows": rows,
        "changed": [row for row in rows if row["yours"] != row["theirs"]],
    }  # fmt: skip
    return render(request, "applications/section_stale.html", context, status=409)


def _answer(refusal: Refusal) -> JsonResponse:
    return JsonResponse({"message": f"没有保存：{refusal.message}"}, status=refusal.status)


def _revision(request: HttpRequest) -> int:
    raw = request.POST.get("revision", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def _prefilled(application: Application, spec: Section) -> dict[str, str]:
    """What the registration knows already, offered but not saved."""
    if spec.key != "identity":
        return {}
    body = application.organisation
    known = {
        "platform_name": application.platform_name,
        "founded_on": body.founded_on.isoformat() if body.founded_on else "",
        "contact_name": body.contact_name,
        "contact_mobile": body.contact_phone,
        "contact_email": body.contact_email,
    }
    return {key: value for key, value in known.items() if value}


def _other_person(request: HttpRequest, saved: SavedSection | None) -> SavedSection | None:
    """The colleague who saved this section moments ago and may still be at it."""
    if saved is None or saved.saved_by_id == request.actor.user_id:
        return None
    minutes = (clock.now() - saved.saved_at).total_seconds() / 60
    return saved if minutes < EDITING_MINUTES else None


def _following(application: Application, spec: Section) -> str:
    """The next part of the task list after this section; during a correction its items."""
    if application.state == editing.RETURNED:
        return _home(application)
    places = [*tasklist.ORDER, ("material", "2")]
    here = ("section", spec.key)
    if here not in places[:-1]:
        return application.get_absolute_url()
    part, key = places[places.index(here) + 1]
    return reverse(f"applications:{tasklist.PAGE_OF[part]}", args=[application.uuid, key])
