"""A section of the form: saved as typed, by hand or while typing; a stale page is answered with both texts."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import access
from accounts.models import Role
from applications import editing, presence, tasklist
from applications.checking import field_problems
from applications.facts import closing_day
from applications.forms.sections import SectionForm
from applications.merging import base_of
from applications.models import Application
from applications.models import Section as SavedSection
from applications.schema import BY_KEY, SECTIONS, Section
from applications.services import presence as presence_services
from applications.services import sections as services
from applications.services.sections import StaleSection
from applications.views import autosave, returned
from applications.views.finding import application_or_404, crumbs_to
from lifecycle.errors import Refusal


@access.roles(Role.FILER, Role.SIGNATORY)
def section(request: HttpRequest, uuid: UUID, key: str) -> HttpResponse:
    """One section to fill in, or to read when it is closed."""
    application = application_or_404(request, uuid)
    if key not in BY_KEY:
        raise Http404
    if request.method == "POST":
        return _save(request, application, BY_KEY[key])
    return _page(request, application, BY_KEY[key], _saved(application, BY_KEY[key]))


def _saved(application: Application, spec: Section) -> SavedSection | None:
    return application.sections.filter(key=spec.key).select_related("saved_by").first()


def _save(request: HttpRequest, application: Application, spec: Section) -> HttpResponse:
    background = autosave.wanted(request)
    data = _chosen(request, application, spec)
    try:
        typed = _typed(application, spec, data)
        saved = services.save(
            actor=request.actor, application=application, key=spec.key, data=data, revision=_revision(request),
            base=request.POST.get("base", ""),
        )  # fmt: skip
    except StaleSection as stale:
        return autosave.stale(spec, stale) if background else _both(request, application, spec, stale)
    except Refusal as refusal:
        if background:
            return autosave.refused(refusal)
        raise
    except ValidationError as error:
        if background:
            return JsonResponse({"message": f"未保存：{'；'.join(error.messages)}"}, status=422)
        messages.error(request, "；".join(error.messages))
        return _page(request, application, spec, _saved(application, spec), status=422, typed=data)
    if background:
        return autosave.saved(request, application, spec, saved, typed, refusal=_refused(saved))
    return _onward(request, application, spec, saved, typed)


def _typed(application: Application, spec: Section, data: dict[str, str]) -> dict[str, str]:
    """What was typed into the fields that are open. Raises ValidationError for a text beyond all bounds."""
    typed = services.texts(spec.key, data)
    if application.state != editing.RETURNED:
        return typed
    opened = editing.opening(application).fields_of(spec.key, typed)
    return {key: text for key, text in typed.items() if key in opened}


def _chosen(request: HttpRequest, application: Application, spec: Section) -> dict[str, str]:
    """What was sent; where two texts stood side by side and the present one was chosen (``take-…``), that one."""
    data = request.POST.dict()
    taken = [field.key for field in spec.fields if data.get(f"take-{field.key}") == "theirs"]
    if taken:
        saved = _saved(application, spec)
        data |= {key: saved.data.get(key, "") for key in taken if saved and key in data}
    return data


def _onward(
    request: HttpRequest, application: Application, spec: Section, saved: SavedSection, typed: dict[str, str]
) -> HttpResponse:
    """Where the button leads; a wrong entry keeps the person here when going on to the next part."""
    do = request.POST.get("do", "next")
    if saved.refused:
        messages.warning(request, _refused(saved).lstrip("；"))
    if do == "next" and field_problems(spec, saved.data, closing_day(application)):
        return _page(request, application, spec, saved, status=422)
    presence_services.left(actor=request.actor, application=application, key=spec.key)
    kept = "、".join(f"“{spec.field(key).label}”" for key, text in typed.items() if saved.data[key] != text)
    messages.success(request, f"“{spec.title}”已保存。" + (f"同事同时修改的{kept}已一并保留。" if kept else ""))
    if do == "check":
        answer = redirect("applications:check_section", application.uuid, spec.key)
    else:
        answer = redirect(_home(application) if do == "later" else following(application, spec))
    # The next page drops the copy the browser kept in case this one never arrived.
    answer.set_cookie("draft-saved", f"{application.uuid}:{spec.key}", 300, secure=request.is_secure(), samesite="Lax")
    return answer


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
    request: HttpRequest,
    application: Application,
    spec: Section,
    saved: SavedSection | None,
    status: int = 200,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """The form with what is saved, or with what was ``typed`` and refused."""
    shown = saved.data if saved else _prefilled(application, spec)
    data = shown if typed is None else typed
    problems = field_problems(spec, data, closing_day(application)) if saved or typed else {}
    editable = editing.may_edit(application, "section", spec.key)
    presence_services.here(actor=request.actor, application=application, key=spec.key)
    form = SectionForm(spec, data, problems)
    context = {
        "application": application,
        "section": spec,
        "saved": saved,
        "form": form,
        "returned": returned.beside_section(application, spec, form, data),
        "revision": saved.revision if saved else 0,
        "base": base_of(spec, shown),
        "editable": editable,
        "closed": editing.reason_closed(application),
        "facts": [(field.label, field.shown(data.get(field.key, ""))) for field in spec.fields if field.asked(data)],
        "others": presence.words(presence.elsewhere(application, request.actor).get(spec.key, [])),
        "number": SECTIONS.index(spec) + 1,
        "total": len(SECTIONS),
        "crumbs": crumbs_to(application),
    }
    return render(request, "applications/section.html", context, status=status)


def _both(request: HttpRequest, application: Application, spec: Section, stale: StaleSection) -> HttpResponse:
    """409 with what the person typed beside what stands there now, to choose field by field; nothing typed is lost."""
    theirs = {field.key: stale.theirs.data.get(field.key, "") for field in spec.fields}
    context = {
        "application": application,
        "section": spec,
        "stale": stale,
        "base": base_of(spec, theirs),
        "values": stale.both.data.items(),
        "changed": [
            (field, field.shown(stale.yours[field.key]), field.shown(theirs[field.key]))
            for field in spec.fields
            if field.key in stale.both.conflicts
        ],
    }
    return render(request, "applications/section_stale.html", context, status=409)


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


def following(application: Application, spec: Section) -> str:
    """The next part of the task list after this section; during a correction its items."""
    if application.state == editing.RETURNED:
        return _home(application)
    places = [*tasklist.ORDER, ("material", "2")]
    here = ("section", spec.key)
    if here not in places[:-1]:
        return application.get_absolute_url()
    part, key = places[places.index(here) + 1]
    return reverse(f"applications:{tasklist.PAGE_OF[part]}", args=[application.uuid, key])
