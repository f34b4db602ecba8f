"""What experts and inspectors read of an application: the frozen version without telephones, e-mail addresses and ID numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from applications import reading, schema
from applications.listforms import LISTS
from applications.models import Application, Material
from review.selectors import assessment

PRIVATE_KINDS = (schema.Kind.PHONE, schema.Kind.MOBILE, schema.Kind.EMAIL)
PRIVATE_COLUMNS = ("id_number", "phone", "email", "contact")


@dataclass(frozen=True)
class Dossier:
    """Everything a reviewer sees of a case."""

    organisation: list[reading.Entry]
    sections: list[reading.Section]
    tables: list[reading.Table]
    figures: list[reading.Figure]
    file_classes: list[reading.FileClass]
    assessment: Any


def of(application: Application) -> Dossier:
    """The dossier of the current version."""
    version = application.current_version
    assert version is not None
    content = version.content
    return Dossier(
        organisation=reading.organisation(content),
        sections=[_without_contacts(section) for section in reading.sections(content)],
        tables=[_without_columns(table) for table in reading.tables(content)],
        figures=reading.figures(content),
        file_classes=[group for group in reading.file_classes(content) if group.files],
        assessment=assessment.judge(application),
    )


def material(application: Application, uuid: str) -> Material | None:
    """A material of the current version, or None when the version does not name it."""
    version = application.current_version
    named = {row["uuid"] for row in version.content["materials"]} if version else set()
    if str(uuid) not in named:
        return None
    return Material.objects.select_related("file").filter(application=application, uuid=uuid).first()


def content_of(application: Application) -> Mapping[str, Any]:
    """The frozen content of the current version."""
    version = application.current_version
    return version.content if version else {"sections": {}, "lists": {}}


def _without_contacts(section: reading.Section) -> reading.Section:
    fields = {field.key: field for field in schema.BY_KEY[section.key].fields}
    groups = [
        replace(group, entries=tuple(e for e in group.entries if fields[e.key].kind not in PRIVATE_KINDS))
        for group in section.groups
    ]
    return replace(section, groups=tuple(group for group in groups if group.entries))


def _without_columns(table: reading.Table) -> reading.Table:
    kept = [place for place, name in enumerate(LISTS[table.kind].shown) if name not in PRIVATE_COLUMNS]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        headings=tuple(table.headings[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )
