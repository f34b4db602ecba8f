"""Materials of Art. 9: upload, read, remove."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications import editing
from applications.checking import check
from applications.drafts import draft_of
from applications.forms.materials import MaterialForm
from applications.models import Application, Material
from applications.services import materials as services
from applications.views import returned
from applications.views.finding import application_or_404
from files.errors import Refused
from files.forms import refusal_status
from files.serving import serve
from regulation.materials import CLASSES, MATERIALS, MaterialClass

own = access.roles(Role.FILER, Role.SIGNATORY)


@own
def category(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One of the eight classes: what is asked for, what is there, and the upload."""
    application, group = application_or_404(request, uuid), _group(number)
    form = MaterialForm(group, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add(
                actor=request.actor, application=application, document=form.cleaned_data["document"],
                uploads=form.cleaned_data["files"], note=form.cleaned_data["note"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("files", refusal.message)
        else:
            messages.success(request, f"已上传 {len(added)} 个文件。")
            return redirect("applications:material", uuid, number)
    status = refusal_status(form) if form.errors else 200
    return render(request, "applications/material.html", _context(application, group, form), status=status)


def _context(application: Application, group: MaterialClass, form: MaterialForm) -> dict[str, object]:
    draft = draft_of(application)
    editable = editing.may_edit(application, "material", str(group.number)) and group.number != 1
    return {
        "application": application,
        "group": group,
        "form": form,
        "part": check(draft).part("material", str(group.number)),
        "documents": [(item, _files(application, draft.materials, item.key, editable)) for item in group.materials],
        "editable": editable,
        "closed": editing.reason_closed(application),
        "returned": returned.beside(application, "material", str(group.number)),
        "previous": group.number - 1 if group.number > 1 else None,
        "following": group.number + 1 if group.number < len(CLASSES) else None,
        "crumbs": [
            ("我的申报", reverse("applications:mine")),
            (application.platform_name, application.get_absolute_url()),
        ],
    }


def _files(application: Application, present: list[Material], document: str, editable: bool) -> list[dict[str, object]]:
    """The files of a document in the shape of ``ui/file.html``."""
    found = []
    for material in present:
        if material.document == document:
            at = reverse("applications:material_file", args=[application.uuid, material.uuid])
            gone = reverse("applications:material_remove", args=[application.uuid, material.uuid])
            stored = material.file
            found.append(
                {
                    "name": stored.name,
                    "size": stored.size,
                    "note": material.note,
                    "url": at,
                    "preview_url": f"{at}?inline=1" if stored.is_available else "",
                    "status": "" if stored.is_available else stored.get_scan_status_display(),
                    "tone": "wait",
                    "remove_url": gone if editable else "",
                }
            )
    return found


@own
@require_GET
def file(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponseBase:
    """Download a material, or look at it in the browser. Officers and reviewers read the frozen version at their own pages."""
    application = application_or_404(request, uuid)
    found = get_object_or_404(Material.objects.select_related("file"), application=application, uuid=material)
    return serve(found.file, inline="inline" in request.GET)


@own
def remove(request: HttpRequest, uuid: UUID, material: UUID) -> HttpResponse:
    """Ask, then take a file out."""
    application = application_or_404(request, uuid)
    rows = Material.objects.filter(application=application).select_related("file", "application")
    found = get_object_or_404(rows, uuid=material)
    if request.method == "POST":
        services.remove(actor=request.actor, material=found)
        messages.success(request, f"已移除“{found.file.name}”。")
        return redirect("applications:material", uuid, found.category)
    context = {
        "application": application,
        "material": found,
        "document": MATERIALS[found.document],
        "back": reverse("applications:material", args=[uuid, found.category]),
    }
    return render(request, "applications/material_remove.html", context)


def _group(number: int) -> MaterialClass:
    found = next((group for group in CLASSES if group.number == number), None)
    if found is None:
        raise Http404
    return found
