"""The pages of an uploaded list, whoever's it is: how far it is read, what it would bring, putting it right, confirming."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import HttpResponseClientRefresh

from applications.forms.lists import FixForm, UploadForm
from applications.importing import Preview
from applications.listforms import ListForm, shown
from applications.models import UploadedList
from applications.services import list_reading
from applications.services.list_uploads import Uploads
from files.errors import Refused
from files.serving import xlsx
from timekeeping import clock

FAULTS_PER_PAGE = 50
DUPLICATES_SHOWN, ROWS_SHOWN = 100, 5
SLOW_AFTER_SECONDS = 20


@dataclass(frozen=True)
class UploadPage:
    """One upload, where its pages stand, and what is shown around it (``ident``, ``editable``, ``closed``, ``crumbs``), asked for
    only when a whole page is made.
    """

    uploads: Uploads[Any, Any]
    taken: UploadedList
    upload_url: str
    marked_url: str
    list_url: str
    around: Callable[[], dict[str, Any]]

    @property
    def spec(self) -> ListForm:
        """The list it is to become."""
        return self.uploads.form_of(self.taken)

    def render(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        """A whole page with its surroundings."""
        return render(request, f"applications/uploads/{name}.html", {**self.around(), **self.about(), **context})

    def about(self) -> dict[str, Any]:
        """What all its pages show, and the part of one that comes again and again."""
        return {
            "taken": self.taken, "spec": self.spec, "upload_url": self.upload_url, "marked_url": self.marked_url,
            "list_url": self.list_url,
        }  # fmt: skip


def take(request: HttpRequest, form: UploadForm, uploads: Uploads, owner: Model, kind: str) -> UploadedList | None:
    """The upload that came with the form of a list page; None when none came or it is refused, with the reason at the field."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return uploads.upload(actor=request.actor, owner=owner, kind=kind, upload=form.cleaned_data["workbook"])
    except Refused as refusal:
        form.add_error("workbook", refusal.message)
        return None


def upload_or_404(uploads: Uploads, owner: Model, kind: str, uuid: UUID) -> UploadedList:
    """The upload of this list of an owner who may be seen, or 404."""
    found = uploads.shelf.model._default_manager.select_related("file", uploads.owner)
    return get_object_or_404(found, **{uploads.owner: owner}, kind=kind, uuid=uuid)


def respond(request: HttpRequest, page: UploadPage) -> HttpResponse:
    """Progress, preview or end, whatever the upload has come to; nothing is written before it is confirmed."""
    taken = page.taken
    if request.method == "POST":
        return _act(request, page)
    if taken.is_being_read:
        return _progress(request, page)
    if request.htmx:
        return HttpResponseClientRefresh()
    if taken.is_confirmed or taken.is_unusable:
        return page.render(request, "ended")
    return page.render(request, "preview", **_preview(request, page))


def marked(page: UploadPage) -> HttpResponse:
    """The uploaded workbook with its problems marked."""
    return xlsx(page.uploads.marked(page.taken), f"{page.spec.title}（标注问题）.xlsx")


def _progress(request: HttpRequest, page: UploadPage) -> HttpResponse:
    waited = (clock.now() - page.taken.touched_at).total_seconds()
    slow = waited > SLOW_AFTER_SECONDS
    if request.htmx:
        return render(request, "applications/uploads/_progress.html", {**page.about(), "slow": slow})
    return page.render(request, "progress", slow=slow)


def _preview(request: HttpRequest, page: UploadPage) -> dict[str, Any]:
    uploads, taken, spec = page.uploads, page.taken, page.spec
    seen = uploads.preview(taken)
    faults = Paginator(seen.faults, FAULTS_PER_PAGE).get_page(request.GET.get("page"))
    columns = [spec.column(key) for key in spec.shown]
    return {
        "preview": seen,
        "seen": uploads.seen(taken),
        "page": faults,
        "fixes": FixForm(faults.object_list),
        "duplicates": seen.duplicates[:DUPLICATES_SHOWN],
        "more_duplicates": max(len(seen.duplicates) - DUPLICATES_SHOWN, 0),
        "columns": columns,
        "sample": [
            (row.number, [(c, shown(c, row.values.get(c.key))) for c in columns]) for row in seen.rows[:ROWS_SHOWN]
        ],
        "replaced": uploads.rows_now(uploads.owner_of(taken), spec),
    }


def _act(request: HttpRequest, page: UploadPage) -> HttpResponse:
    """The buttons of the preview. Whatever was typed is kept first; what it changes is looked at before it is confirmed."""
    uploads, taken = page.uploads, page.taken
    wanted = request.POST.get("do", "confirm")
    if wanted == "read":
        list_reading.read_waiting(uploads.shelf, taken.uuid)
        return redirect(request.get_full_path())
    if wanted == "undo":
        uploads.undo_fixes(actor=request.actor, taken=taken)
        messages.success(request, "已撤销页面上的更正，恢复为文件中的内容。")
        return redirect(request.path)
    changed = 0
    if texts := FixForm.texts(request.POST):
        changed = uploads.save_fixes(actor=request.actor, taken=taken, texts=texts)
    if changed or wanted == "fix":
        taken.refresh_from_db(fields=["fixes"])
        messages.success(request, _saved(changed, uploads.preview(taken)))
        return redirect(request.get_full_path())
    confirmed = uploads.confirm(actor=request.actor, taken=taken, shown=request.POST.get("seen", ""))
    messages.success(request, f"“{page.spec.title}”已导入 {uploads.rows_of(confirmed)} 行。")
    return redirect(page.list_url)


def _saved(changed: int, preview: Preview) -> str:
    if not changed:
        return "没有改动。"
    left = f"还有 {len(preview.faults)} 处需要更正" if preview.faults else "没有需要更正的地方了，请核对后确认导入"
    return f"已保存 {changed} 处更正，{left}。"
