"""How the parts and values of a frozen content are named for people: labels for keys, words for codes, masks for persons."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from accounts.models import OrganisationKind
from applications import schema
from applications.listforms import LISTS, shown
from files.excel import Kind
from files.masks import mask
from regulation.functions import FUNCTIONS
from regulation.materials import CLASSES, MATERIALS

ORGANISATION_PART = "organisation"
PLATFORM_NAME_SECTION = "identity"
ORGANISATION = {
    "name": "运营单位名称",
    "credit_code": "统一社会信用代码",
    "kind": "单位性质",
    "legal_representative": "法定代表人",
    "registered_address": "注册地址",
    "service_address": "经营服务地址",
    "district": "所属县(市)区",
}
_SECTION_ORDER = {section.key: place for place, section in enumerate(schema.SECTIONS)}


def part_label(part: str, key: str) -> str:
    """服务中小企业清单, 资产与财务 or （三）上一年度财务报表: what a correction item is about."""
    if part == "list":
        return list_label(key)
    if part == "material":
        return CLASSES[int(key) - 1].label
    return "单位登记信息" if key == ORGANISATION_PART else section_label(key)


def organisation_value(name: str, value: str) -> str:
    """A value of the organisation's data; the kind as its Chinese name."""
    return str(OrganisationKind(value).label) if name == "kind" and value in OrganisationKind.values else value


def section_order(key: str) -> int:
    """The place of a section in the form; unknown ones last."""
    return _SECTION_ORDER.get(key, len(_SECTION_ORDER))


def section_label(key: str) -> str:
    """The title of a section."""
    return schema.BY_KEY[key].title if key in schema.BY_KEY else key


def section_of(name: str) -> str | None:
    """The section that asks for a field of this name, None when no section does."""
    return next((section for section, field in _FIELDS if field == name), None)


def field_of(section: str, name: str) -> schema.Field | None:
    """The field of the form, or None for one the form no longer knows."""
    return _FIELDS.get((section, name))


def field_order(section: str, name: str) -> int:
    """The place of a field in its section; unknown ones last."""
    return _ORDER.get((section, name), len(_ORDER))


def field_label(section: str, name: str) -> str:
    """The label of a field; of a service function together with its name, since its fields are called alike."""
    field = field_of(section, name)
    if field is None:
        return name
    function, dot, rest = name.partition(".")
    return f"{FUNCTIONS[function].label}：{field.label}" if dot and rest != "declared" else field.label


def field_value(section: str, name: str, raw: str) -> str:
    """A value of a section as people read it."""
    field = field_of(section, name)
    return field.shown(raw) if field else raw


def list_label(kind: str) -> str:
    """The name of a list."""
    return LISTS[kind].title


def columns(kind: str) -> list[str]:
    """The columns of a list in their order."""
    return [column.key for column in LISTS[kind].columns]


def column_label(kind: str, name: str) -> str:
    """The heading of a column."""
    return LISTS[kind].column(name).header


def cell(kind: str, name: str, value: Any) -> str:
    """A cell of a frozen list as people read it; ID numbers, telephones and addresses of persons are masked."""
    form = LISTS[kind]
    if name in form.secrets:
        return mask(form.secrets[name], str(value or ""))
    column = form.column(name)
    if column.kind is Kind.DECIMAL and value not in (None, ""):
        return shown(column, Decimal(value))
    return shown(column, value)


def row_name(row: Mapping[str, Any]) -> str:
    """What a row is called."""
    return str(row.get("name") or row.get("service") or "未命名")


def row_text(kind: str, row: Mapping[str, Any]) -> str:
    """A whole row on one line."""
    shown = [cell(kind, name, row.get(name)) for name in columns(kind)]
    return "，".join(text for text in shown if text)


def material_label(item: Mapping[str, Any]) -> str:
    """The kind of document a material is."""
    document = MATERIALS.get(item.get("document", ""))
    return document.label if document else CLASSES[item["category"] - 1].label


def material_text(item: Mapping[str, Any]) -> str:
    """A material on one line: file name and note."""
    return f"{item['name']}（{item['note']}）" if item.get("note") else str(item["name"])


_FIELDS = {(section.key, field.key): field for section in schema.SECTIONS for field in section.fields}
_ORDER = {pair: place for place, pair in enumerate(_FIELDS)}
