"""The page of one class of material as data: each document with what is asked, its files, and those taken out."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from applications import material_rules
from applications.drafts import Draft
from applications.models import Application, Material
from files import limits
from files.models import ScanStatus, StoredFile
from regulation.materials import MATERIALS, MaterialClass
from regulation.materials import Material as Document

TWINS_NAMED = 2
PENDING_WORDS = "等待安全检查，检查完成后可以查看；不影响送签和提交。"
REFUSED_WORDS = "没有通过安全检查，不能作为材料。请查杀病毒后替换，或者移除。"


@dataclass(frozen=True)
class DocumentPart:
    """One document of the class: the words of what is asked, hints, and the files in their order."""

    document: Document
    need: str
    hints: list[str]
    files: list[dict[str, Any]]


def documents(group: MaterialClass, draft: Draft, *, editable: bool) -> list[DocumentPart]:
    """Every document of the class in the order of Art. 9."""
    same = _same(draft.materials)
    return [
        DocumentPart(
            item, material_rules.need(item, draft), material_rules.hints(item, draft), _files(item.key, draft, same, editable)
        )
        for item in group.materials
    ]  # fmt: skip


def removed(application: Application, group: MaterialClass, *, editable: bool) -> list[dict[str, Any]]:
    """The files of the class that were taken out or replaced, the last one first."""
    found = application.materials.filter(category=group.number).exclude(removed_at=None)
    rows = found.select_related("file", "uploaded_by").prefetch_related("replaced_by").order_by("-removed_at", "-id")
    return [
        _shown(row)
        | {
            "document": MATERIALS[row.document].label,
            "removed_at": row.removed_at,
            "replaced": bool(row.replaced_by.all()),
            "restore_url": _url("restore", row) if editable else "",
        }
        for row in rows
    ]


def room(draft: Draft) -> dict[str, int]:
    """How much of the quota is used: number of files and bytes, with the limits (GiB)."""
    return {
        "files": len(draft.materials),
        "max_files": limits.MAX_FILES_PER_SUBJECT,
        "bytes": sum(material.file.size for material in draft.materials),
        "max_gib": limits.MAX_BYTES_PER_SUBJECT // (limits.KIB * limits.MIB),
    }


def _files(key: str, draft: Draft, same: dict[str, list[Material]], editable: bool) -> list[dict[str, Any]]:
    mine = [material for material in draft.materials if material.document == key]
    return [
        _shown(material)
        | {
            "carried": material.carried_words if material.awaits_check else "",
            "twins": _twins(material, same),
            "urls": {name: _url(name, material) for name in ("change", "remove", "move")} if editable else {},
            "first": place == 0,
            "last": place == len(mine) - 1,
        }
        for place, material in enumerate(mine)
    ]


def _shown(material: Material) -> dict[str, Any]:
    stored: StoredFile = material.file
    at = _url("file", material)
    return {
        "name": stored.name,
        "size": stored.size,
        "pages": stored.pages,
        "hash": stored.short_hash,
        "note": material.note,
        "by": material.uploaded_by.name,
        "at": material.uploaded_at,
        "url": at if stored.is_available else "",
        "inline": f"{at}?inline=1" if stored.is_available else "",
        "is_image": stored.is_image,
        "trouble": {ScanStatus.PENDING: PENDING_WORDS, ScanStatus.REFUSED: REFUSED_WORDS}.get(ScanStatus(stored.scan_status), ""),
        "status": "" if stored.is_available else stored.get_scan_status_display(),
        "tone": "bad" if stored.is_refused else "wait",
    }  # fmt: skip


def _same(materials: list[Material]) -> dict[str, list[Material]]:
    found: dict[str, list[Material]] = defaultdict(list)
    for material in materials:
        found[material.file.sha256].append(material)
    return found


def _twins(material: Material, same: dict[str, list[Material]]) -> str:
    """Where else the same content is handed in; empty when nowhere."""
    others = [other for other in same[material.file.sha256] if other.pk != material.pk]
    more = f"等 {len(others)} 处" if len(others) > TWINS_NAMED else ""
    return "、".join(_place(other) for other in others[:TWINS_NAMED]) + more


def _place(material: Material) -> str:
    return f"{MATERIALS[material.document].label}“{material.file.name}”"


def _url(name: str, material: Material) -> str:
    view = "applications:material_file" if name == "file" else f"applications:material_{name}"
    return reverse(view, args=[material.application.uuid, material.uuid])
