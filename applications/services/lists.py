"""The lists: upload and preview, confirm, single rows. Nothing counts before it is confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from applications.editing import editing
from applications.listforms import LISTS, ListForm, duplicates, typed
from applications.models import Application, ListBatch, ListImport, ListRow
from files import intake
from files.excel import ImportResult, RowError, marked_copy, read_rows
from files.purposes import Purpose
from lifecycle.errors import WrongStage


@dataclass(frozen=True)
class Preview:
    """What an uploaded list would bring: the rows that can be taken over, the problems, what is repeated."""

    upload: ListImport
    result: ImportResult
    duplicates: Sequence[RowError]

    @property
    def importable(self) -> int:
        """How many rows can be taken over."""
        return len(self.result.rows)

    @property
    def refused(self) -> int:
        """How many rows have at least one problem."""
        return self.result.bad_rows


def upload(*, actor: Actor, application: Application, kind: str, upload: UploadedFile | ContentFile) -> ListImport:
    """Keep an uploaded workbook for preview. Raises files.errors.Refused when it cannot be read as this list."""
    form = LISTS[kind]
    with editing(actor=actor, application=application, part="list", key=kind) as fresh:
        stored = intake.receive(upload, purpose=Purpose.LIST, uploaded_by=actor.person)
        read_rows(stored, form.columns)
        return ListImport.objects.create(application=fresh, kind=kind, file=stored, uploaded_by=actor.person)


def preview(upload: ListImport) -> Preview:
    """Read the uploaded workbook once more; writes nothing."""
    form = LISTS[upload.kind]
    result = read_rows(upload.file, form.columns)
    return Preview(upload, result, duplicates(form, [(row.number, row.values) for row in result.rows]))


def marked(upload: ListImport) -> bytes:
    """The uploaded workbook with every problem marked, ready to be corrected."""
    form = LISTS[upload.kind]
    return marked_copy(upload.file, form.columns, read_rows(upload.file, form.columns).errors)


def confirm(*, actor: Actor, upload: ListImport) -> ListBatch:
    """Replace the list by the importable rows of the upload. Confirming again changes nothing.

    Raises WrongStage when no row can be taken over or the list is closed.
    """
    form = LISTS[upload.kind]
    with editing(actor=actor, application=upload.application, part="list", key=upload.kind) as fresh:
        again = ListImport.objects.select_for_update(of=("self",)).select_related("batch", "file").get(pk=upload.pk)
        if again.batch:
            return again.batch
        rows = read_rows(again.file, form.columns).values
        if not rows:
            raise WrongStage("没有可以导入的行，请更正后重新上传。")
        again.batch = _new_batch(actor, fresh, form, source=again.file)
        again.save(update_fields=["batch"])
        _write(form, again.batch, rows)
        return again.batch


def save_row(
    *, actor: Actor, application: Application, kind: str, values: Mapping[str, Any], position: int | None = None
) -> ListRow:
    """Add a row (no position) or change the one at ``position``; the values are typed by the columns already.

    Raises LookupError when there is no such row.
    """
    form = LISTS[kind]
    with editing(actor=actor, application=application, part="list", key=kind) as fresh:
        batch = _open_batch(actor, fresh, form)
        if position is None:
            position = (_rows(form, batch).order_by("-position").values_list("position", flat=True).first() or 0) + 1
            row = form.model(batch=batch, position=position)
        else:
            row = _row(form, batch, position)
        for name, value in typed(form, values).items():
            setattr(row, name, value)
        row.save()
        return row


def delete_row(*, actor: Actor, application: Application, kind: str, position: int) -> None:
    """Take a row out of the draft. Raises LookupError when there is none at ``position``."""
    form = LISTS[kind]
    with editing(actor=actor, application=application, part="list", key=kind) as fresh:
        _row(form, _open_batch(actor, fresh, form), position).delete()


def write_rows(*, actor: Actor, application: Application, kind: str, rows: Sequence[Mapping[str, Any]]) -> ListBatch:
    """Replace the list by typed rows, as another system or the demo hands them over."""
    form = LISTS[kind]
    with editing(actor=actor, application=application, part="list", key=kind) as fresh:
        batch = _new_batch(actor, fresh, form)
        _write(form, batch, rows)
        return batch


def _rows(form: ListForm, batch: ListBatch) -> Any:
    return form.model._default_manager.filter(batch=batch)


def _row(form: ListForm, batch: ListBatch, position: int) -> ListRow:
    row: ListRow | None = _rows(form, batch).filter(position=position).first()
    if row is None:
        raise LookupError(f"{form.title}第{position}行已不存在。")
    return row


def _newest(application: Application, kind: str) -> ListBatch | None:
    return application.batches.filter(kind=kind).order_by("-number").first()


def _new_batch(actor: Actor, application: Application, form: ListForm, source: Any = None) -> ListBatch:
    newest = _newest(application, form.kind)
    return ListBatch.objects.create(
        application=application,
        kind=form.kind,
        number=newest.number + 1 if newest else 1,
        source=source,
        made_by=actor.person,
    )


def _open_batch(actor: Actor, application: Application, form: ListForm) -> ListBatch:
    """The batch in which single rows may change: the newest one, or a copy of it when a submission has sealed it."""
    newest = _newest(application, form.kind)
    if newest and newest.sealed_at is None:
        return newest
    batch = _new_batch(actor, application, form, source=newest.source if newest else None)
    if newest:
        copy_rows(form, newest, batch)
    return batch


def copy_rows(form: ListForm, original: ListBatch, to: ListBatch) -> None:
    """Fill an empty batch with the rows of another."""
    copies = list(_rows(form, original).order_by("position"))
    for row in copies:
        row.pk, row.batch = None, to
    form.model._default_manager.bulk_create(copies)


def _write(form: ListForm, batch: ListBatch, rows: Sequence[Mapping[str, Any]]) -> None:
    form.model._default_manager.bulk_create(
        form.model(batch=batch, position=position, **typed(form, values)) for position, values in enumerate(rows, 1)
    )
