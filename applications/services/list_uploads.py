"""Lists from workbooks, whoever's they are: uploaded, put right in the page, confirmed. Nothing counts before it is confirmed."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Generic, TypeVar

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model

from accounts.actors import Actor
from applications.importing import Outcome, Preview, preview_of
from applications.listforms import ListForm
from applications.models import UploadedList
from applications.services import list_reading
from applications.services.list_reading import Shelf, Taken
from files import intake
from files.excel import clean_text, marked_copy, recognise
from files.purposes import Purpose
from lifecycle import chain
from lifecycle.errors import Stale, WrongStage

Owner = TypeVar("Owner", bound=Model)
LONGEST_FIX = 2000
NOT_READ = "文件还没有读完，请稍候再看。"
DONE = "这份文件已经导入。需要更正的，请在清单中修改，或者重新上传。"
NOTHING = "没有可以导入的行，请更正后重新上传。"
CHANGED = "本单位同事刚刚在页面上更正了这份文件。请刷新页面，核对后再确认。"


class Uploads(ABC, Generic[Owner, Taken]):
    """The uploads of one shelf: everything that is the same for an application and for a yearly report.

    ``owner`` names the field of the upload that says whose list it is.
    """

    shelf: Shelf[Taken]
    owner: str

    @abstractmethod
    def editing(self, *, actor: Actor, owner: Owner, kind: str) -> AbstractContextManager[Owner]:
        """The owner locked and read again while its list may be changed. Raises NotAllowed, or WrongStage when it is closed."""

    @abstractmethod
    def take_over(self, *, actor: Actor, owner: Owner, taken: Taken, rows: Sequence[Mapping[str, Any]]) -> None:
        """Replace the list by these rows and mark ``taken`` as confirmed, unsaved. Called once for an upload, inside ``editing``."""

    @abstractmethod
    def rows_now(self, owner: Owner, form: ListForm) -> int:
        """How many rows the list has, which confirming would replace."""

    @abstractmethod
    def rows_of(self, taken: Taken) -> int:
        """How many rows the list of a confirmed upload has."""

    def upload(self, *, actor: Actor, owner: Owner, kind: str, upload: UploadedFile | ContentFile) -> Taken:
        """Keep an uploaded workbook for preview; a small one is read already, a large one by the worker.

        Raises files.errors.Refused when it is not this list or, once read, cannot be used.
        """
        lists = self.shelf.lists
        with self.editing(actor=actor, owner=owner, kind=kind) as fresh:
            stored = intake.receive(upload, purpose=Purpose.LIST, uploaded_by=actor.person)
            recognise(stored, lists[kind].title, {form.title: form.columns for form in lists.values()})
            taken = self.shelf.model(**{self.owner: fresh}, kind=kind, file=stored, uploaded_by=actor.person)
            at_once = list_reading.is_small(taken)
            taken.status = UploadedList.Status.READING if at_once else UploadedList.Status.WAITING
            taken.save()
            if at_once:
                list_reading.read(self.shelf, taken)
            else:
                list_reading.wake(self.shelf, taken)
        return taken

    def preview(self, taken: Taken) -> Preview:
        """What confirming would write, from what was kept when the workbook was read. Raises WrongStage before that and after."""
        if taken.is_confirmed:
            raise WrongStage(DONE)
        return self._judged(taken)

    def _judged(self, taken: Taken) -> Preview:
        if taken.outcome is None or taken.status != UploadedList.Status.READY:
            raise WrongStage(DONE if self._is_done(taken) else taken.failure or NOT_READ)
        form = self.form_of(taken)
        return preview_of(form, Outcome.from_json(form, taken.outcome), taken.fixes)

    def _is_done(self, taken: Taken) -> bool:
        """Whether it is confirmed and nothing of it was left out."""
        return taken.is_confirmed and taken.outcome is None

    def seen(self, taken: Taken) -> str:
        """What a page showed of the corrections, so that confirming writes nothing else."""
        return chain.digest(taken.fixes)

    def marked(self, taken: Taken) -> bytes:
        """The uploaded workbook with the corrections of the page and every remaining problem marked.

        Once confirmed there is one only of an upload whose faulty rows were left out. Raises WrongStage when there is none.
        """
        errors = [fault.error for fault in self._judged(taken).faults]
        return marked_copy(taken.file, self.form_of(taken).columns, errors, fixes=taken.fixes)

    def save_fixes(self, *, actor: Actor, taken: Taken, texts: Mapping[str, str]) -> int:
        """Keep what was typed into faulty cells (address → text) and judge them again; returns how many cells changed.

        Cells that are not faulty are left alone: what the workbook says rightly is changed in the workbook or in the list.
        A page sent once more after confirming changes none. Raises WrongStage for a change that comes too late, also of a cell that
        a colleague has put right otherwise.
        """
        with self._editing(actor, taken):
            again = self._locked(taken)
            standing = {} if self._is_done(again) else {f.error.cell: f.text for f in self._judged(again).faults}
            if again.is_confirmed:
                standing = again.fixes | standing
            changed = {
                cell: clean_text(text)[:LONGEST_FIX]
                for cell, text in texts.items()
                if cell in standing and _compact(text) != _compact(standing[cell])
            }
            if changed and again.is_confirmed:
                raise WrongStage(DONE)
            again.fixes = {**again.fixes, **changed}
            again.save(update_fields=["fixes"])
        return len(changed)

    def undo_fixes(self, *, actor: Actor, taken: Taken) -> None:
        """Back to what the workbook says."""
        with self._editing(actor, taken):
            again = self._locked(taken)
            self.preview(again)
            again.fixes = {}
            again.save(update_fields=["fixes"])

    def confirm(self, *, actor: Actor, taken: Taken, shown: str | None = None) -> Taken:
        """Replace the list by the importable rows, exactly those of the preview. Confirming again changes nothing.

        ``shown`` is ``seen`` of the page that was read, None when no page was. Raises Stale when a colleague has corrected something since, WrongStage
        when no row can be taken over or the list is closed.
        """
        with self._editing(actor, taken) as fresh:
            again = self._locked(taken)
            if again.is_confirmed:
                return again
            preview = self.preview(again)
            if shown is not None and shown != self.seen(again):
                raise Stale(CHANGED)
            if not preview.rows:
                raise WrongStage(NOTHING)
            self.take_over(actor=actor, owner=fresh, taken=again, rows=[row.values for row in preview.rows])
            again.outcome = self._left_out(again) if preview.faults else None
            again.save()
            return again

    def _left_out(self, taken: Taken) -> dict[str, Any]:
        """The outcome without the rows that live in the list now."""
        form = self.form_of(taken)
        return replace(Outcome.from_json(form, taken.outcome or {}), good=()).to_json()

    def newest(self, owner: Owner, kind: str) -> Taken | None:
        """The last upload of a list while it is not confirmed, so that it can be found again."""
        found = self.shelf.model._default_manager.filter(**{self.owner: owner}, kind=kind)
        taken = found.select_related("file").defer("outcome").order_by("-id").first()
        return taken if taken and not taken.is_confirmed else None

    def form_of(self, taken: Taken) -> ListForm:
        """The list an upload is to become."""
        return self.shelf.lists[taken.kind]

    def owner_of(self, taken: Taken) -> Owner:
        """Whose list it is to become."""
        owner: Owner = getattr(taken, self.owner)
        return owner

    def _editing(self, actor: Actor, taken: Taken) -> AbstractContextManager[Owner]:
        return self.editing(actor=actor, owner=self.owner_of(taken), kind=taken.kind)

    def _locked(self, taken: Taken) -> Taken:
        found = self.shelf.model._default_manager.select_for_update(of=("self",)).select_related("file")
        return found.get(pk=taken.pk)


def _compact(text: str) -> str:
    """Without white space: a field of one line gives a text of several lines back without its breaks."""
    return "".join(text.split())
