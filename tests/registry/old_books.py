"""Workbooks of old titles, and the short way to a confirmed one."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from files.excel import Sheet, write_workbook
from registry import old_titles
from registry.models import TitleImport
from registry.services import imports
from regulation.identifiers import make_credit_code

CODE = make_credit_code("91530100000088001")
TITLE: dict[str, Any] = {
    "operator": "旧平台运营有限公司", "credit_code": CODE, "kind": "企业", "legal_representative": "旧法人", "district": "盘龙区",
    "registered_address": "盘龙区旧路1号", "service_address": "盘龙区旧路2号", "platform_name": "旧服务平台",
    "functions": "信息服务、培训服务", "number": "昆示范2024-001", "document_number": "昆工信通〔2024〕15号",
    "decided_on": date(2024, 3, 20), "valid_from": date(2024, 3, 20), "valid_to": date(2027, 3, 20),
    "plaque_serial": "2024-001",
}  # fmt: skip
BAN: dict[str, Any] = {
    "operator": "停牌咨询有限公司", "credit_code": make_credit_code("91530100000088002"), "kind": "企业",
    "legal_representative": "停牌法人", "district": "五华区", "registered_address": "五华区停牌路1号",
    "ban_from": date(2025, 5, 8), "ban_to": date(2028, 5, 8), "ban_document": "昆工信通〔2025〕21号",
    "ban_reason": "测评不合格，限期整改仍不达标",
}  # fmt: skip


def workbook(*rows: dict[str, Any], name: str = "原有称号.xlsx") -> SimpleUploadedFile:
    """The rows as an officer fills them into the template."""
    columns = old_titles.columns()
    table = [[row.get(column.key) for column in columns] for row in rows]
    sheet = Sheet("填报", [column.label for column in columns], table, caption=old_titles.CAPTION)
    return SimpleUploadedFile(name, write_workbook([sheet]))


def uploaded(officer: Actor, *rows: dict[str, Any]) -> TitleImport:
    return imports.upload(actor=officer, workbook=workbook(*rows), source="2024年度认定文件")


def in_the_book(first: Actor, second: Actor, *rows: dict[str, Any]) -> TitleImport:
    """The rows uploaded by one officer and confirmed by the other."""
    return imports.confirm(actor=second, title_import=uploaded(first, *rows))
