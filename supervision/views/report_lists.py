"""The lists of a report: rows, template, upload with preview, single rows; columns and form are those of the filing."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import roles
from applications.forms.lists import RowForm, UploadForm
from applications.listforms import ListForm, shown
from applications.views import uploaded_lists
from applications.views.uploaded_lists import UploadPage, take, upload_or_404
from files.excel import make_template
from files.forms import refusal_status
from files.serving import xlsx
from supervision.models import AnnualReport
from supervision.reporting.checking import check_list
from supervision.reporting.drafts import draft_of
from supervision.reporting.lists import LISTS
from supervision.services import report_content as services
from supervision.services.report_imports import UPLOADS
from supervision.views.report_finding import APPLICANT, common, report_or_404

PER_PAGE = 50
own = roles(*APPLICANT)


@own
def rows(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The rows of a list, and the upload that replaces them."""
    report, spec = report_or_404(request, uuid), _spec(kind)
    form = UploadForm(request.POST or None, request.FILES or None)
    if taken := take(request, form, UPLOADS, report, kind):
        return redirect("supervision:report_import", uuid, kind, taken.uuid)
    draft = draft_of(report)
    columns = [spec.column(key) for key in spec.shown]
    numbered = list(enumerate(draft.rows(kind), 1))
    page = Paginator(numbered, PER_PAGE).get_page(request.GET.get("page"))
    waiting = UPLOADS.newest(report, kind)
    context = {
        **_about(request, report, spec),
        "form": form,
        "taken": waiting,
        "upload_url": waiting and reverse("supervision:report_import", args=[uuid, kind, waiting.uuid]),
        "list": draft.lists.get(kind),
        "page": page,
        "columns": columns,
        "rows": [(place, [(c, shown(c, row.get(c.key))) for c in columns]) for place, row in page],
        "problems": [problem.words for problem in check_list(draft, kind).problems],
    }
    status = refusal_status(form) if form.errors else 200
    return render(request, "supervision/reports/list.html", context, status=status)


def _about(request: HttpRequest, report: AnnualReport, spec: ListForm) -> dict[str, Any]:
    return {
        **common(request, report),
        "ident": "supervision/reports/_ident.html",
        "spec": spec,
        "editable": services.may_edit(report),
        "closed": services.reason_closed(report),
        "list_url": reverse("supervision:report_list", args=[report.uuid, spec.kind]),
    }


@own
@require_safe
def template(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """The empty workbook of a list."""
    report_or_404(request, uuid)
    spec = _spec(kind)
    return xlsx(make_template(spec.columns, title=spec.title, examples=(spec.example,)), f"{spec.title}模板.xlsx")


@own
def preview(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> HttpResponse:
    """What the uploaded workbook would bring; nothing is written before it is confirmed."""
    return uploaded_lists.respond(request, _page(request, uuid, kind, upload))


@own
@require_safe
def marked(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> HttpResponse:
    """The uploaded workbook with its problems marked."""
    return uploaded_lists.marked(_page(request, uuid, kind, upload))


def _page(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> UploadPage:
    report, spec = report_or_404(request, uuid), _spec(kind)
    return UploadPage(
        uploads=UPLOADS,
        taken=upload_or_404(UPLOADS, report, kind, upload),
        upload_url=reverse("supervision:report_import", args=[uuid, kind, upload]),
        marked_url=reverse("supervision:report_import_marked", args=[uuid, kind, upload]),
        list_url=reverse("supervision:report_list", args=[uuid, kind]),
        around=partial(_below, request, report, spec),
    )


def _below(request: HttpRequest, report: AnnualReport, spec: ListForm) -> dict[str, Any]:
    """The context of a page below the list's own."""
    about = _about(request, report, spec)
    return {**about, "crumbs": [*about["crumbs"], (spec.title, about["list_url"])]}


@own
def add(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Type one row."""
    return _row(request, uuid, kind, None)


@own
def change(request: HttpRequest, uuid: UUID, kind: str, position: int) -> HttpResponse:
    """Change one row."""
    return _row(request, uuid, kind, position)


def _row(request: HttpRequest, uuid: UUID, kind: str, position: int | None) -> HttpResponse:
    report, spec = report_or_404(request, uuid), _spec(kind)
    values = None if position is None else _values(report, spec, position)
    form = RowForm(spec, request.POST or None, values)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_row(
                actor=request.actor, report=report, kind=kind, values=form.cleaned_data, position=position
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "该行已保存。")
            again = request.POST.get("do") == "again"
            return redirect("supervision:report_list_add" if again else "supervision:report_list", uuid, kind)
    context = {**_about(request, report, spec), "form": form, "position": position}
    return render(request, "supervision/reports/list_row.html", context, status=422 if form.errors else 200)


@own
def delete(request: HttpRequest, uuid: UUID, kind: str, position: int) -> HttpResponse:
    """Ask, then take the row out."""
    report, spec = report_or_404(request, uuid), _spec(kind)
    values = _values(report, spec, position)
    if request.method == "POST":
        services.delete_row(actor=request.actor, report=report, kind=kind, position=position)
        messages.success(request, "该行已删除。")
        return redirect("supervision:report_list", uuid, kind)
    facts = [(column.header, shown(column, values.get(column.key))) for column in map(spec.column, spec.shown)]
    context = {**_about(request, report, spec), "position": position, "values": facts}
    return render(request, "supervision/reports/list_delete.html", context)


def _values(report: AnnualReport, spec: ListForm, position: int) -> dict[str, Any]:
    found = report.lists.filter(kind=spec.kind).first()
    if found is None or not 1 <= position <= len(found.rows):
        raise Http404
    values: dict[str, Any] = found.rows[position - 1]
    return values


def _spec(kind: str) -> ListForm:
    if kind not in LISTS:
        raise Http404
    return LISTS[kind]
