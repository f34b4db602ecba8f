"""Old titles come into the book: upload with preview, comparison by a second officer (default)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import roles
from accounts.models import Role
from files.excel import make_template
from files.serving import serve, xlsx
from lifecycle import engine
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from registry import importing, old_titles, selectors
from registry.forms.imports import PlainForm, RejectForm, UploadForm
from registry.models import TitleImport
from registry.services import imports as services

PAGE = 20
SHOWN = 200


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The workbooks so far, and the form for another one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "key": submitted(request).key}
        if taken := attempt(form, services.upload, actor=request.actor, **given):
            messages.success(request, "已上传。请核对预览，由另一名市局经办人复核后登记入册。")
            return redirect(taken)
    page = Paginator(selectors.imports_visible_to(request.actor), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "columns": old_titles.columns()}
    return render(request, "registry/imports.html", context, status=status_of(form))


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    book = make_template(old_titles.columns(), title=old_titles.CAPTION, examples=(old_titles.EXAMPLE,))
    return xlsx(book, f"{old_titles.CAPTION}模板.xlsx")


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One workbook: what it would bring before the confirmation, what it brought after it."""
    return _page(request, _visible(request, uuid))


@roles(Role.CITY_OFFICER)
@require_POST
def confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The second officer confirms: all rows that can be taken over, in one act."""
    found = _visible(request, uuid)
    services.confirm(actor=request.actor, title_import=found, **submitted(request).kwargs())
    messages.success(request, f"已登记入册，共 {found.rows.count()} 行。运营单位可以通过县(市)区主管部门认领账号。")
    return redirect(found)


@roles(Role.CITY_OFFICER)
@require_POST
def reject(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What does not match the documents goes back."""
    found, form = _visible(request, uuid), RejectForm(request.POST)
    if form.is_valid() and attempt(
        form,
        services.reject,
        actor=request.actor,
        title_import=found,
        **form.cleaned_data,
        **submitted(request).kwargs(),
    ):
        messages.success(request, "已退回。请更正后重新导入。")
        return redirect(found)
    return _page(request, found, form)


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def marked(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The workbook with its problems marked, to be corrected and uploaded again."""
    return xlsx(importing.marked(_visible(request, uuid).file), f"{old_titles.CAPTION}（标注问题）.xlsx")


@roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_safe
def workbook(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The workbook as it was uploaded."""
    return serve(_visible(request, uuid).file)


def _visible(request: HttpRequest, uuid: UUID) -> TitleImport:
    return get_object_or_404(selectors.imports_visible_to(request.actor), uuid=uuid)


def _page(request: HttpRequest, found: TitleImport, form: forms.Form | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "title_import": found,
        "options": {option.row.name: option for option in engine.options(found, request.actor)},
        "confirm_form": PlainForm(),
        "reject_form": form or RejectForm(),
        "form": form,
        "crumbs": [("原有称号", reverse("registry:imports"))],
    }
    if found.state == "confirmed":
        context["rows"] = selectors.imported_rows(found)
    else:
        preview = importing.preview(found.file)
        context |= {
            "preview": preview, "lines": [_line(row.number, row.values) for row in preview.rows],
            "errors_shown": preview.errors[:SHOWN], "more_errors": max(len(preview.errors) - SHOWN, 0),
        }  # fmt: skip
    return render(request, "registry/import.html", context, status=422 if form else 200)


def _line(number: int, values: dict[str, Any]) -> dict[str, Any]:
    """A row as the page shows it."""
    return {**values, "row": number, "title": old_titles.has_title(values), "ban": old_titles.has_ban(values)}
