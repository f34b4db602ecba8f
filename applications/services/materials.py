"""Materials of Art. 9: several files per class, each under the document it is."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

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


def add(
    *,
    actor: Actor,
    application: Application,
    document: str,
    uploads: Sequence[UploadedFile | ContentFile],
    note: str = "",
) -> list[Material]:
    """Take files in as one document of Art. 9; all or none.

    Raises files.errors.Refused for a file that is not accepted or beyond the quota, ValidationError for an unknown
    document, WrongStage when the class is closed.
    """
    if document not in CLASS_OF or document == REPORT:
        raise ValidationError("请从所列材料中选择。")
    category = CLASS_OF[document]
    with editing(actor=actor, application=application, part="material", key=str(category)) as fresh:
        present = list(StoredFile.objects.filter(pk__in=fresh.materials.filter(removed_at=None).values("file")))
        added = []
        for upload in uploads:
            intake.check_quota(present, adding=upload.size or 0)
            stored = intake.receive(upload, purpose=Purpose.MATERIAL, uploaded_by=actor.person)
            present.append(stored)
            added.append(
                Material.objects.create(
                    application=fresh,
                    category=category,
                    document=document,
                    file=stored,
                    note=note.strip(),
                    uploaded_by=actor.person,
                )
            )
        return added


def annotate(*, actor: Actor, material: Material, note: str) -> None:
    """Change the note beside a file."""
    with editing(actor=actor, application=material.application, part="material", key=str(material.category)):
        material.note = note.strip()
        material.save(update_fields=["note"])


def remove(*, actor: Actor, material: Material) -> None:
    """Take a file out of the draft; the row stays, marked with the time. Removing twice changes nothing."""
    with editing(actor=actor, application=material.application, part="material", key=str(material.category)):
        Material.objects.filter(pk=material.pk, removed_at=None).update(removed_at=clock.now())
