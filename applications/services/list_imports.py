"""Lists of an application from workbooks."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from accounts.actors import Actor
from applications.drafts import newest_batches
from applications.editing import editing
from applications.listforms import LISTS, ListForm
from applications.models import Application, ListBatch, ListImport
from applications.services import lists
from applications.services.list_reading import Shelf
from applications.services.list_uploads import Uploads

SHELF = Shelf(ListImport, LISTS, "applications.read_import")


class _OfApplications(Uploads[Application, ListImport]):
    """Uploads that become a new batch of the list."""

    shelf = SHELF
    owner = "application"

    def editing(self, *, actor: Actor, owner: Application, kind: str) -> AbstractContextManager[Application]:
        return editing(actor=actor, application=owner, part="list", key=kind)

    def take_over(
        self, *, actor: Actor, owner: Application, taken: ListImport, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        form = self.form_of(taken)
        taken.batch = lists.replace(actor=actor, application=owner, form=form, rows=rows, source=taken.file)

    def rows_now(self, owner: Application, form: ListForm) -> int:
        return _count(form, newest_batches(owner).get(form.kind))

    def rows_of(self, taken: ListImport) -> int:
        return _count(self.form_of(taken), taken.batch)


def _count(form: ListForm, batch: ListBatch | None) -> int:
    return getattr(batch, form.related).count() if batch else 0


UPLOADS = _OfApplications()
