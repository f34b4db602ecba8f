"""The pages of an uploaded list: how far it is read, what it would bring, putting it right, the marked copy, confirming."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh

from accounts import access
from accounts.models import Role
from applications.drafts import newest_batches
from applications.forms.lists import FixForm
from applications.importing import Preview
from applications.listforms import ListForm, shown
from applications.models import Application, ListBatch, ListImport
from applications.services import list_imports as services
from applications.services import list_reading
from applications.views.finding import application_or_404
from applications.views.lists import below, spec_or_404
from files.serving import xlsx
from timekeeping import clock

FAULTS_PER_PAGE = 50
DUPLICATES_SHOWN, ROWS_SHOWN = 100, 5
SLOW_AFTER_SECONDS = 20
READING = (ListImport.Status.WAITING, ListImport.Status.READING)
own = access.roles(Role.FILER, Role.SIGNATORY)


@own
def preview(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> HttpResponse:
    """What the uploaded workbook would bring; nothing is written before it is confirmed."""
    application, spec = application_or_404(request, uuid), spec_or_404(kind)
    taken = _upload(application, kind, upload)
    if request.method == "POST":
        return _act(request, application, spec, taken)
    if taken.status in READING:
        return _progress(request, application, spec, taken)
    if request.htmx:
        return HttpResponseClientRefresh()
    context = {**below(application, spec), "taken": taken}
    if taken.batch_id or taken.status == ListImport.Status.FAILED:
        return render(request, "applications/list_import_ended.html", context)
    return render(request, "applications/list_preview.html", context | _preview(request, application, spec, taken))


def _progress(request: HttpRequest, application: Application, spec: ListForm, taken: ListImport) -> HttpResponse:
    waited = (clock.now() - taken.touched_at).total_seconds()
    context = {"taken": taken, "spec": spec, "application": application, "slow": waited > SLOW_AFTER_SECONDS}
    if request.htmx:
        return render(request, "applications/_list_progress.html", context)
    return render(request, "applications/list_progress.html", {**below(application, spec), **context})


def _preview(request: HttpRequest, application: Application, spec: ListForm, taken: ListImport) -> dict[str, Any]:
    seen = services.preview(taken)
    page = Paginator(seen.faults, FAULTS_PER_PAGE).get_page(request.GET.get("page"))
    columns = [spec.column(key) for key in spec.shown]
    present = newest_batches(application).get(spec.kind)
    return {
        "preview": seen,
        "seen": services.seen(taken),
        "page": page,
        "fixes": FixForm(page.object_list),
        "duplicates": seen.duplicates[:DUPLICATES_SHOWN],
        "more_duplicates": max(len(seen.duplicates) - DUPLICATES_SHOWN, 0),
        "columns": columns,
        "sample": [
            (row.number, [(c, shown(c, row.values.get(c.key))) for c in columns]) for row in seen.rows[:ROWS_SHOWN]
        ],
        "replaced": _count(spec, present),
    }


def _count(spec: ListForm, batch: ListBatch | None) -> int:
    return getattr(batch, spec.related).count() if batch else 0


def _act(request: HttpRequest, application: Application, spec: ListForm, taken: ListImport) -> HttpResponse:
    """The buttons of the preview. Whatever was typed is kept first; what it changes is looked at before it is confirmed."""
    wanted = request.POST.get("do", "confirm")
    if wanted == "read":
        list_reading.read_waiting(taken.uuid)
        return redirect(request.get_full_path())
    if wanted == "undo":
        services.undo_fixes(actor=request.actor, taken=taken)
        messages.success(request, "已撤销页面上的更正，恢复为文件中的内容。")
        return redirect(request.path)
    changed = 0
    if texts := FixForm.texts(request.POST):
        changed = services.save_fixes(actor=request.actor, taken=taken, texts=texts)
    if changed or wanted == "fix":
        messages.success(request, _saved(changed, services.preview(_upload(application, spec.kind, taken.uuid))))
        return redirect(request.get_full_path())
    batch = services.confirm(actor=request.actor, taken=taken, shown=request.POST.get("seen", ""))
    messages.success(request, f"“{spec.title}”已导入 {_count(spec, batch)} 行。")
    return redirect("applications:list", application.uuid, spec.kind)


def _saved(changed: int, preview: Preview) -> str:
    if not changed:
        return "没有改动。"
    left = f"还有 {len(preview.faults)} 处需要更正" if preview.faults else "没有需要更正的地方了，请核对后确认导入"
    return f"已保存 {changed} 处更正，{left}。"


@own
@require_GET
def marked(request: HttpRequest, uuid: UUID, kind: str, upload: UUID) -> HttpResponse:
    """The uploaded workbook with its problems marked."""
    taken = _upload(application_or_404(request, uuid), kind, upload)
    return xlsx(services.marked(taken), f"{spec_or_404(kind).title}（标注问题）.xlsx")


def _upload(application: Application, kind: str, upload: UUID) -> ListImport:
    found = ListImport.objects.select_related("file", "application")
    return get_object_or_404(found, application=application, kind=kind, uuid=upload)
