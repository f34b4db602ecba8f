"""Back to the version that was filed, when what was changed since will never be filed (a missed correction)."""

from applications.drafts import newest_batches
from applications.listforms import LISTS
from applications.models import Application, ListBatch
from applications.services.lists import copy_rows
from timekeeping import clock


def restore(application: Application) -> None:
    """Make sections, lists and materials say again what the current version says, so that a later return begins there.

    Call inside the act that locked the application. Nothing is deleted: lists get a new batch, files are marked as removed.
    """
    version = application.current_version
    assert version is not None
    _sections(application, version.content["sections"])
    _lists(application)
    _materials(application, {item["uuid"]: item["note"] for item in version.content["materials"]})
    if application.platform_name != version.content["platform_name"]:
        application.platform_name = version.content["platform_name"]
        application.save(update_fields=["platform_name"])


def _sections(application: Application, filed: dict[str, dict[str, str]]) -> None:
    for section in application.sections.all():
        said = filed.get(section.key, {})
        if section.data != said:
            section.data, section.revision = said, section.revision + 1
            section.save(update_fields=["data", "revision"])


def _lists(application: Application) -> None:
    """What was sealed with the version is copied above what was typed since."""
    for kind, typed in newest_batches(application).items():
        if typed.sealed_at is not None:
            continue
        sealed = application.batches.filter(kind=kind, sealed_at__isnull=False).order_by("-number").first()
        batch = ListBatch.objects.create(
            application=application, kind=kind, number=typed.number + 1, made_by=typed.made_by,
            source=sealed.source if sealed else None,
        )  # fmt: skip
        if sealed:
            copy_rows(LISTS[kind], sealed, batch)


def _materials(application: Application, filed: dict[str, str]) -> None:
    """Files that came later are taken out, files of the version come back with the note they had."""
    for material in application.materials.all():
        note = filed.get(str(material.uuid))
        if note is not None:
            material.removed_at, material.note = None, note
        elif material.removed_at is None:
            material.removed_at = clock.now()
        material.save(update_fields=["removed_at", "note"])
