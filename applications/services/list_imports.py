"""Lists from workbooks: uploaded, put right in the page, confirmed. Nothing counts before it is confirmed."""

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from applications.editing import editing
from applications.importing import Outcome, Preview, preview_of
from applications.listforms import LISTS
from applications.models import Application, ListBatch, ListImport
from applications.services import list_reading, lists
from files import intake
from files.excel import clean_text, marked_copy, recognise
from files.purposes import Purpose
from lifecycle import chain
from lifecycle.errors import Stale, WrongStage

LONGEST_FIX = 2000
NOT_READ = "文件还没有读完，请稍候再看。"
DONE = "这份文件已经导入。需要更正的，请在清单中修改，或者重新上传。"
NOTHING = "没有可以导入的行，请更正后重新上传。"
CHANGED = "本单位同事刚刚在页面上更正了这份文件。请刷新页面，核对后再确认。"


def upload(*, actor: Actor, application: Application, kind: str, upload: UploadedFile | ContentFile) -> ListImport:
    """Keep an uploaded workbook for preview; a small one is read already, a large one by the worker.

    Raises files.errors.Refused when it is not this list or, once read, cannot be used.
    """
    titles = {form.title: form.columns for form in LISTS.values()}
    with editing(actor=actor, application=application, part="list", key=kind) as fresh:
        stored = intake.receive(upload, purpose=Purpose.LIST, uploaded_by=actor.person)
        recognise(stored, LISTS[kind].title, titles)
        taken = ListImport(application=fresh, kind=kind, file=stored, uploaded_by=actor.person)
        at_once = list_reading.is_small(taken)
        taken.status = ListImport.Status.READING if at_once else ListImport.Status.WAITING
        taken.save()
        if at_once:
            list_reading.read(taken)
        else:
            list_reading.wake(taken)
    return taken


def preview(taken: ListImport) -> Preview:
    """What confirming would write, from what was kept when the workbook was read. Raises WrongStage before that and after."""
    if taken.batch_id:
        raise WrongStage(DONE)
    if taken.status != ListImport.Status.READY or taken.outcome is None:
        raise WrongStage(taken.failure or NOT_READ)
    form = LISTS[taken.kind]
    return preview_of(form, Outcome.from_json(form, taken.outcome), taken.fixes)


def seen(taken: ListImport) -> str:
    """What a page showed of the corrections, so that confirming writes nothing else."""
    return chain.digest(taken.fixes)


def marked(taken: ListImport) -> bytes:
    """The uploaded workbook with the corrections of the page and every remaining problem marked."""
    errors = [fault.error for fault in preview(taken).faults]
    return marked_copy(taken.file, LISTS[taken.kind].columns, errors, fixes=taken.fixes)


def save_fixes(*, actor: Actor, taken: ListImport, texts: Mapping[str, str]) -> int:
    """Keep what was typed into faulty cells (address → text) and judge them again; returns how many cells changed.

    Cells that are not faulty are left alone: what the workbook says rightly is changed in the workbook or in the list.
    """
    with editing(actor=actor, application=taken.application, part="list", key=taken.kind):
        again = _locked(taken)
        standing = {fault.error.cell: fault.text for fault in preview(again).faults}
        changed = {
            cell: clean_text(text)[:LONGEST_FIX]
            for cell, text in texts.items()
            if cell in standing and _compact(text) != _compact(standing[cell])
        }
        again.fixes = {**again.fixes, **changed}
        again.save(update_fields=["fixes"])
    return len(changed)


def _compact(text: str) -> str:
    """Without white space: a field of one line gives a text of several lines back without its breaks."""
    return "".join(text.split())


def undo_fixes(*, actor: Actor, taken: ListImport) -> None:
    """Back to what the workbook says."""
    with editing(actor=actor, application=taken.application, part="list", key=taken.kind):
        again = _locked(taken)
        preview(again)
        again.fixes = {}
        again.save(update_fields=["fixes"])


def confirm(*, actor: Actor, taken: ListImport, shown: str = "") -> ListBatch:
    """Replace the list by the importable rows, exactly those of the preview. Confirming again changes nothing.

    ``shown`` is ``seen`` of the page that was read. Raises Stale when a colleague has corrected something since, WrongStage when
    no row can be taken over or the list is closed.
    """
    form = LISTS[taken.kind]
    with editing(actor=actor, application=taken.application, part="list", key=taken.kind) as fresh:
        again = _locked(taken)
        if again.batch:
            return again.batch
        rows = [row.values for row in preview(again).rows]
        if shown and shown != seen(again):
            raise Stale(CHANGED)
        if not rows:
            raise WrongStage(NOTHING)
        again.batch = lists.replace(actor=actor, application=fresh, form=form, rows=rows, source=again.file)
        again.outcome = None  # the rows live in the batch now
        again.save(update_fields=["batch", "outcome"])
        return again.batch


def newest(application: Application, kind: str) -> ListImport | None:
    """The last upload of a list while it is not confirmed, so that it can be found again."""
    taken = application.imports.filter(kind=kind).select_related("file").defer("outcome").order_by("-id").first()
    return taken if taken and not taken.batch_id else None


def _locked(taken: ListImport) -> ListImport:
    return ListImport.objects.select_for_update(of=("self",)).select_related("batch", "file").get(pk=taken.pk)
