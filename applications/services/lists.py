"""The rows of the lists: single ones, and whole lists replaced. Sealed rows are never changed, they are copied first."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.actors import Actor
from applications.editing import editing
from applications.listforms import LISTS, ListForm, typed
from applications.models import Application, ListBatch, ListRow
from files.models import StoredFile

WRITE_AT_ONCE = 500


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
        return replace(actor=actor, application=fresh, form=form, rows=rows)


def replace(
    *,
    actor: Actor,
    application: Application,
    form: ListForm,
    rows: Sequence[Mapping[str, Any]],
    source: StoredFile | None = None,
) -> ListBatch:
    """A new batch of the list with these rows, taken from ``source`` when they were imported. Call inside ``editing``."""
    batch = _new_batch(actor, application, form, source)
    form.model._default_manager.bulk_create(
        (form.model(batch=batch, position=position, **typed(form, values)) for position, values in enumerate(rows, 1)),
        batch_size=WRITE_AT_ONCE,
    )
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


def _new_batch(actor: Actor, application: Application, form: ListForm, source: StoredFile | None = None) -> ListBatch:
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
