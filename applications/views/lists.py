"""The pages of a list: rows, template, upload, single rows."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications import editing
from applications.checking import check
from applications.drafts import draft_of, newest_batches
from applications.forms.lists import RowForm, UploadForm
from applications.listforms import LISTS, ListForm, shown, values_of
from applications.models import Application
from applications.services import lists as services
from applications.services.list_imports import UPLOADS
from applications.views import returned
from applications.views.finding import application_or_404, crumbs_to
from applications.views.uploaded_lists import take
from files.excel import make_template
from files.forms import refusal_status
from files.serving import xlsx

PER_PAGE = 50
own = access.roles(Role.FILER, Role.SIGNATORY)


@own
def rows(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The rows of a list, and the upload that replaces them."""
    application, spec = application_or_404(request, uuid), spec_or_404(kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    if taken := take(request, form, UPLOADS, application, kind):
        return redirect("applications:list_preview", uuid, kind, taken.uuid)
    status = refusal_status(form) if form.errors else 200
    return render(request, "applications/list.html", _context(request, application, spec, form), status=status)


def _context(request: HttpRequest, application: Application, spec: ListForm, form: UploadForm) -> dict[str, Any]:
    batch = newest_batches(application).get(spec.kind)
    found = spec.model._default_manager.filter(batch=batch).order_by("position")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    columns = [spec.column(key) for key in spec.shown]
    part = check(draft_of(application)).part("list", spec.kind)
    taken = UPLOADS.newest(application, spec.kind)
    return {
        **_common(application, spec),
        "form": form,
        "batch": batch,
        "taken": taken,
        "upload_url": taken and reverse("applications:list_preview", args=[application.uuid, spec.kind, taken.uuid]),
        "page": page,
        "columns": columns,
        "rows": [(row.position, [(c, shown(c, values_of(spec, row)[c.key])) for c in columns]) for row in page],
        "problems": [problem.words for problem in part.problems if problem.wrong],
        "part": part,
    }


def _common(application: Application, spec: ListForm) -> dict[str, Any]:
    return {
        "application": application,
        "ident": "applications/_ident.html",
        "spec": spec,
        "editable": editing.may_edit(application, "list", spec.kind),
        "closed": editing.reason_closed(application),
        "returned": returned.beside(application, "list", spec.kind),
        "crumbs": crumbs_to(application),
    }


def below(application: Application, spec: ListForm) -> dict[str, Any]:
    """The context of a page below the list's own."""
    common = _common(application, spec)
    crumb = (spec.title, reverse("applications:list", args=[application.uuid, spec.kind]))
    return {**common, "crumbs": [*common["crumbs"], crumb], "list_url": crumb[1]}


@own
@require_GET
def template(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The empty workbook of a list."""
    application_or_404(request, uuid)
    return workbook(kind)


def workbook(kind: str) -> HttpResponse:
    """The template of a list as a download."""
    spec = spec_or_404(kind)
    return xlsx(make_template(spec.columns, title=spec.title, examples=(spec.example,)), f"{spec.title}模板.xlsx")


@own
def add(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Type one row."""
    return _row(request, uuid, kind, None)


@own
def change(request: HttpRequest, uuid: UUID, kind: str, position: int) -> HttpResponse:
    """Change one row."""
    return _row(request, uuid, kind, position)


def _row(request: HttpRequest, uuid: UUID, kind: str, position: int | None) -> HttpResponse:
    application, spec = application_or_404(request, uuid), spec_or_404(kind)
    values = None if position is None else _values(application, spec, position)
    form = RowForm(spec, request.POST or None, values)
    if request.method == "POST" and form.is_valid():
        services.save_row(
            actor=request.actor, application=application, kind=kind, values=form.cleaned_data, position=position
        )
        messages.success(request, "该行已保存。")
        again = request.POST.get("do") == "again"
        return redirect("applications:list_add", uuid, kind) if again else redirect("applications:list", uuid, kind)
    context = {**below(application, spec), "form": form, "position": position}
    return render(request, "applications/list_row.html", context, status=422 if form.errors else 200)


@own
def delete(request: HttpRequest, uuid: UUID, kind: str, position: int) -> HttpResponse:
    """Ask, then take the row out."""
    application, spec = application_or_404(request, uuid), spec_or_404(kind)
    values = _values(application, spec, position)
    if request.method == "POST":
        services.delete_row(actor=request.actor, application=application, kind=kind, position=position)
        messages.success(request, "该行已删除。")
        return redirect("applications:list", uuid, kind)
    rows = [(column.header, shown(column, values[column.key])) for column in map(spec.column, spec.shown)]
    context = {**below(application, spec), "position": position, "values": rows}
    return render(request, "applications/list_delete.html", context)


def _values(application: Application, spec: ListForm, position: int) -> dict[str, Any]:
    batch = newest_batches(application).get(spec.kind)
    row = spec.model._default_manager.filter(batch=batch, position=position).first()
    if row is None:
        raise Http404
    return values_of(spec, row)


def spec_or_404(kind: str) -> ListForm:
    """The list of this kind, or 404."""
    if kind not in LISTS:
        raise Http404
    return LISTS[kind]
