"""Materials of Art. 9: several files per class, each under the document it is. Nothing is ever deleted."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from accounts.actors import Actor
from applications.checking import REPORT
from applications.editing import editing
from applications.models import Application, Material
from files import intake
from files.models import StoredFile
from files.purposes import Purpose
from regulation.materials import CLASSES
from timekeeping import clock

CLASS_OF = {document.key: group.number for group in CLASSES for document in group.materials}
Upload = UploadedFile | ContentFile


def add(
    *, actor: Actor, application: Application, document: str, uploads: Sequence[Upload], note: str = ""
) -> list[Material]:
    """Take files in as one document of Art. 9; all or none, behind the files of the class that are there.

    Raises files.errors.Refused for a file that is not accepted or beyond the quota, ValidationError for an unknown
    document, WrongStage when the class is closed.
    """
    if document not in CLASS_OF or document == REPORT:
        raise ValidationError("请从所列材料中选择。")
    with editing(actor=actor, application=application, part="material", key=str(CLASS_OF[document])) as fresh:
        return [_take(actor, fresh, document, upload, note=note.strip()) for upload in uploads]


def change(*, actor: Actor, material: Material, upload: Upload | None = None, note: str) -> Material:
    """Put another file in the place of one (the old one stays, marked as removed), or only another note beside it.

    Either way somebody has looked at the file: one carried over counts as kept. Raises what ``add`` raises, and
    ValidationError for a file that was removed meanwhile.
    """
    with _editing(actor, material) as application:
        fresh = _present(application, material)
        if upload is None:
            fresh.note, fresh.kept_at = note.strip(), fresh.kept_at or clock.now()
            fresh.save(update_fields=["note", "kept_at"])
            return fresh
        _remove(fresh)
        return _take(actor, application, fresh.document, upload, note=note.strip(), replaces=fresh)


def remove(*, actor: Actor, material: Material) -> None:
    """Take a file out of the draft; the row stays, marked with the time. Removing twice changes nothing."""
    with _editing(actor, material) as application:
        for fresh in application.materials.filter(pk=material.pk, removed_at=None):
            _remove(fresh)


def restore(*, actor: Actor, material: Material) -> None:
    """Undo a removal. Restoring twice changes nothing. Raises Refused when the quota has no room left."""
    with _editing(actor, material) as application:
        for fresh in application.materials.exclude(removed_at=None).filter(pk=material.pk).select_related("file"):
            intake.check_quota(_stored(application), adding=fresh.file.size)
            fresh.removed_at = None
            fresh.save(update_fields=["removed_at"])


def move(*, actor: Actor, material: Material, down: bool) -> None:
    """Change places with the next (or previous) file of the same document; at the end nothing changes."""
    with _editing(actor, material) as application:
        files = list(application.materials.filter(removed_at=None, document=material.document))
        at = next((place for place, one in enumerate(files) if one.pk == material.pk), None)
        other = None if at is None else at + (1 if down else -1)
        if at is None or other is None or not 0 <= other < len(files):
            return
        _number(files)
        files[at].position, files[other].position = files[other].position, files[at].position
        Material.objects.bulk_update([files[at], files[other]], ["position"])


def _editing(actor: Actor, material: Material) -> AbstractContextManager[Application]:
    return editing(actor=actor, application=material.application, part="material", key=str(material.category))


def _present(application: Application, material: Material) -> Material:
    fresh: Material | None = application.materials.filter(pk=material.pk, removed_at=None).first()
    if fresh is None:
        raise ValidationError("这个文件已被移除或者替换，请刷新页面。")
    return fresh


def _stored(application: Application) -> list[StoredFile]:
    return list(StoredFile.objects.filter(pk__in=application.materials.filter(removed_at=None).values("file")))


def _take(
    actor: Actor,
    application: Application,
    document: str,
    upload: Upload,
    *,
    note: str,
    replaces: Material | None = None,
) -> Material:
    """One file into the locked draft, within its quota."""
    intake.check_quota(_stored(application), adding=upload.size or 0)
    stored = intake.receive(upload, purpose=Purpose.MATERIAL, uploaded_by=actor.person)
    category = CLASS_OF[document]
    last = application.materials.filter(category=category).aggregate(last=Max("position"))["last"] or 0
    return Material.objects.create(
        application=application, category=category, document=document, file=stored, note=note, replaces=replaces,
        position=replaces.position if replaces else last + 1, uploaded_by=actor.person,
    )  # fmt: skip


def _remove(material: Material) -> None:
    material.removed_at = clock.now()
    material.save(update_fields=["removed_at"])


def _number(files: list[Material]) -> None:
    """Different places for files that were stored before places were counted, or share one after a replacement was undone."""
    if len({one.position for one in files}) < len(files):
        for place, one in enumerate(files, 1):
            one.position = place
        Material.objects.bulk_update(files, ["position"])
