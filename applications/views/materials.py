"""Materials of Art. 9: upload, look at, note, order, replace, remove and undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts import access
from accounts.models import Role
from applications import editing, material_page
from applications.checking import check
from applications.drafts import draft_of
from applications.forms.materials import ChangeForm, MaterialForm
from applications.models import Application, Material
from applications.services import carrying
from applications.services import materials as services
from applications.views import returned
from applications.views.finding import application_or_404, crumbs_to
from files.errors import Refused
from files.forms import refusal_status
from files.serving import serve
from lifecycle.acting import attempt, status_of
from lifecycle.errors import Refusal
from regulation.materials import CLASSES, MATERIALS, MaterialClass

own = access.roles(Role.FILER, Role.SIGNATORY)
# Sent by the script that uploads file by file and shows how far each is; it is answered in JSON.
UPLOADING = "X-Upload"


@own
def category(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One of the eight classes: what is asked for, what is there, and the upload."""
    application, group = application_or_404(request, uuid), _group(number)
    form = MaterialForm(group, request.POST or None, request.FILES or None)
    if request.method == "POST" and UPLOADING in request.headers:
        return _one_of_many(request, application, form)
    if request.method == "POST" and form.is_valid() and (added := _added(request, application, form)):
        messages.success(request, f"已上传 {len(added)} 个文件。")
        return redirect("applications:material", uuid, number)
    return render(request, "applications/material.html", _context(application, group, form), status=status_of(form))


def _added(request: HttpRequest, application: Application, form: MaterialForm) -> list[Material]:
    given = form.cleaned_data
    try:
        return services.add(
            actor=request.actor, application=application, document=given["document"], uploads=given["files"],
            note=given["note"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("files", refusal.message)
    return []


def _one_of_many(request: HttpRequest, application: Application, form: MaterialForm) -> JsonResponse:
    """The same upload for the script: 200, or the status of the refusal with its words."""
    try:
        if form.is_valid() and _added(request, application, form):
            return JsonResponse({"message": "已上传"})
    except Refusal as refusal:
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    words = " ".join(error for errors in form.errors.values() for error in errors)
    return JsonResponse({"message": words}, status=refusal_status(form))


def _context(application: Application, group: MaterialClass, form: MaterialForm) -> dict[str, Any]:
    draft = draft_of(application)
    editable = editing.may_edit(application, "material", str(group.number)) and group.number != 1
    return {
        "application": application,
        "group": group,
        "form": form,
        "part": check(draft).part("material", str(group.number)),
        "documents": material_page.documents(group, draft, editable=editable),
        "removed": material_page.removed(application, group, editable=editable),
        "room": material_page.room(draft),
        "editable": editable,
        "unkept": editable and any(one.awaits_check for one in draft.materials if one.category == group.number),
        "closed": editing.reason_closed(application),
        "returned": returned.beside(application, "material", str(group.number)),
        "previous": group.number - 1 if group.number > 1 else None,
        "following": group.number + 1 if group.number < len(CLASSES) else None,
        "crumbs": crumbs_to(application),
    }


@own
@require_GET
def file(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponseBase:
    """Download a material, or look at it in the browser. Officers and reviewers read the frozen version at their own pages."""
    return serve(_material(request, uuid, material).file, inline="inline" in request.GET)


@own
def change(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponse:
    """Another file in the place of this one, or another note."""
    found = _material(request, uuid, material)
    form = ChangeForm(request.POST or None, request.FILES or None, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        given = {"upload": form.cleaned_data["file"], "note": form.cleaned_data["note"]}
        if changed := attempt(form, services.change, actor=request.actor, material=found, **given):
            said = f"已用“{changed.file.name}”替换“{found.file.name}”。" if given["upload"] else "说明已保存。"
            messages.success(request, said)
            return _back(found)
    return render(request, "applications/material_change.html", _about(found) | {"form": form}, status=status_of(form))


@own
def remove(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponse:
    """Ask, then take a file out."""
    found = _material(request, uuid, material)
    if request.method == "POST":
        services.remove(actor=request.actor, material=found)
        messages.success(request, f"已移除“{found.file.name}”，需要时可以在本页下方恢复。")
        return _back(found)
    return render(request, "applications/material_remove.html", _about(found))


@own
@require_POST
def restore(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponse:
    """Undo a removal."""
    found = _material(request, uuid, material)
    try:
        services.restore(actor=request.actor, material=found)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已恢复“{found.file.name}”。")
    return _back(found)


@own
@require_POST
def move(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponse:
    """One place up or down among the files of the same document."""
    found = _material(request, uuid, material)
    services.move(actor=request.actor, material=found, down=request.POST.get("do") == "down")
    return _back(found)


@own
@require_POST
def keep(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """The carried files of the class were looked at and are meant."""
    application, group = application_or_404(request, uuid), _group(number)
    carrying.keep(actor=request.actor, application=application, part="material", key=str(group.number))
    messages.success(request, f"已确认沿用“{group.label}”。")
    return redirect("applications:material", uuid, number)


def _material(request: HttpRequest, uuid: UUID, material: UUID) -> Material:
    """A file of an application the person may see, removed ones too: the organisation keeps what it handed in."""
    rows = application_or_404(request, uuid).materials.select_related("file")
    return get_object_or_404(rows, uuid=material)


def _about(material: Material) -> dict[str, Any]:
    application: Application = material.application
    return {
        "application": application,
        "material": material,
        "document": MATERIALS[material.document],
        "back": reverse("applications:material", args=[application.uuid, material.category]),
        "crumbs": crumbs_to(application),
    }


def _back(material: Material) -> HttpResponse:
    return redirect("applications:material", material.application.uuid, material.category)


def _group(number: int) -> MaterialClass:
    found = next((group for group in CLASSES if group.number == number), None)
    if found is None:
        raise Http404
    return found
