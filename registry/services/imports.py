"""Old titles and running bans come into the book: one officer uploads, another confirms (default)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from accounts.models import District, Organisation
from files import intake
from files.purposes import Purpose
from lifecycle import engine
from lifecycle.engine import Act
from lifecycle.errors import Blocked
from lifecycle.idempotency import FormKey
from registry import importing
from registry.models import Ban, ImportedRow, Plaque, Platform, Title, TitleImport
from registry.old_titles import has_ban, has_title


def upload(
    *, actor: Actor, workbook: UploadedFile | ContentFile, source: str, key: FormKey | None = None
) -> TitleImport:
    """Keep a workbook for another officer to confirm; ``source`` names the documents it was made from.

    Raises files.errors.Refused when it cannot be read as this list, ValidationError without a source.
    """
    if not source.strip():
        raise ValidationError({"source": "请写明依据的文件或者台账。"})
    stored = intake.receive(workbook, purpose=Purpose.LIST, uploaded_by=actor.person)
    found = importing.preview(stored)
    taken = TitleImport(file=stored, source=source.strip(), uploaded_by=actor.person)
    with engine.act(actor=actor, key=key) as act:
        act.create(taken, "upload", data={"file": stored.sha256, "rows": len(found.rows)})
    return taken


def confirm(
    *, actor: Actor, title_import: TitleImport, key: FormKey | None = None, version: int | None = None
) -> TitleImport:
    """Write the rows that can be taken over into the book, all in one act; the others stay out and are listed.

    Creates organisations without people, whose accounts are claimed through their district. Raises Blocked without any row.
    """
    others = TitleImport.objects.filter(state="uploaded").exclude(pk=title_import.pk)
    with engine.act(actor=actor, key=key) as act:
        # All waiting workbooks are locked, so that two of them with the same title are taken one after the other.
        title_import, *_ = act.lock((title_import, version), *others)
        title_import.confirmed_by = actor.user
        rows = importing.preview(title_import.file).rows if title_import.state == "uploaded" else []
        act.take(title_import, "confirm", data={"file": title_import.file.sha256, "rows": [row.number for row in rows]})
        if not rows:
            raise Blocked(["没有可以登记的行，请退回，更正后重新导入"])
        for row in sorted(rows, key=lambda row: row.number):
            _write(act, title_import, row.number, row.values)
    return title_import


def reject(
    *, actor: Actor, title_import: TitleImport, reason: str, key: FormKey | None = None, version: int | None = None
) -> TitleImport:
    """Send back a workbook that does not match the documents; it is corrected and uploaded anew."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明退回的理由。"})
    with engine.act(actor=actor, key=key) as act:
        [title_import] = act.lock((title_import, version))
        act.take(title_import, "reject", reason=reason)
    return title_import


def _write(act: Act, title_import: TitleImport, number: int, values: dict[str, Any]) -> None:
    organisation = _organisation(values)
    title = _title(act, organisation, values) if has_title(values) else None
    ban = _ban(organisation, values) if has_ban(values) else None
    ImportedRow.objects.create(title_import=title_import, number=number, title=title, ban=ban)


def _organisation(values: dict[str, Any]) -> Organisation:
    found, _ = Organisation.objects.get_or_create(
        credit_code=values["credit_code"],
        defaults={
            "name": values["operator"],
            "kind": values["kind"],
            "legal_representative": values["legal_representative"],
            "district": District.objects.get(slug=values["district"]),
            "registered_address": values["registered_address"],
            "service_address": values.get("service_address") or "",
        },
    )
    return found


def _title(act: Act, organisation: Organisation, values: dict[str, Any]) -> Title:
    functions = values.get("functions") or []
    platform, _ = Platform.objects.get_or_create(
        organisation=organisation, name=values["platform_name"], defaults={"district": organisation.district}
    )
    if not platform.titles.filter(valid_from__gt=values["valid_from"]).exists():
        # An earlier term says nothing about what the platform does and where it works today.
        platform.functions = functions
        platform.service_address = organisation.service_address or organisation.registered_address
        platform.save()
    title = Title(
        platform=platform, number=values["number"], year=values["decided_on"].year, platform_name=values["platform_name"],
        operator_name=organisation.name, credit_code=organisation.credit_code, district=platform.district,
        functions=functions, decided_on=values["decided_on"], valid_from=values["valid_from"],
        valid_to=values["valid_to"], document_number=values["document_number"],
    )  # fmt: skip
    term = {"number": title.number, "from": str(title.valid_from), "to": str(title.valid_to)}
    act.create(title, "register", data=term)
    if values.get("plaque_serial"):
        plaque = Plaque(title=title, serial=values["plaque_serial"], year=title.year)
        act.create(plaque, "register", data={"serial": plaque.serial})
    return title


def _ban(organisation: Organisation, values: dict[str, Any]) -> Ban:
    return Ban.objects.create(
        credit_code=organisation.credit_code, operator_name=organisation.name, starts_on=values["ban_from"],
        ends_on=values["ban_to"], document_number=values.get("ban_document") or "", reason=values["ban_reason"],
    )  # fmt: skip
