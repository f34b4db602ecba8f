"""The workbook of old titles: its columns, and what must hold within a row. Whole files are judged in ``registry.importing``.

A row holds a title, a ban that still runs, or both one after the other; the other columns describe the operator.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from accounts.models import District, OrganisationKind
from files.excel import Column, Kind, RowError
from regulation.functions import keys_of_names

CAPTION = "原有示范平台称号"
TITLE = ("platform_name", "number", "document_number", "decided_on", "valid_from", "valid_to")
BAN = ("ban_from", "ban_to", "ban_reason")
OPERATOR = ("operator", "kind", "legal_representative", "district")


def _compact(text: str) -> str:
    """A number without spaces, as the public check looks it up."""
    return "".join(text.split())


# fmt: off
_COLUMNS = (
    Column("operator", "运营单位", required=True, max_length=120, width=34, help="与营业执照或者法人证书一致。", aliases=("单位名称",)),
    Column("credit_code", "统一社会信用代码", Kind.CREDIT_CODE, required=True, aliases=("信用代码",)),
    Column("kind", "单位性质", Kind.CHOICE, required=True, choices=tuple(OrganisationKind.choices)),
    Column("legal_representative", "法定代表人", required=True, max_length=60),
    Column("district", "所属县(市)区", Kind.CHOICE, required=True, help="开发(度假)区内的填所在的开发(度假)区。"),
    Column("registered_address", "注册地址", required=True, width=34),
    Column("service_address", "经营服务地址", width=34),
    Column("platform_name", "平台名称", max_length=120, width=34, help="有称号的必填；只登记限制申报的留空，以下各列同。"),
    Column("functions", "服务功能", check=keys_of_names, width=26, help="第八条的服务功能，多项用顿号隔开，例如：信息服务、培训服务。"),
    Column("number", "原证号", max_length=40, check=_compact, help="照录原编号；没有编号的，用认定文号加名单序号。"),
    Column("document_number", "认定文号", max_length=60, width=24, help="照录，例如：昆工信通〔2023〕15号。"),
    Column("decided_on", "决定日期", Kind.DATE),
    Column("valid_from", "有效期起", Kind.DATE),
    Column("valid_to", "有效期止", Kind.DATE, help="含当日。按原文件填写，不由系统推算。"),
    Column("plaque_serial", "牌匾编号", max_length=40, help="没有颁发牌匾的留空。"),
    Column("ban_from", "限制申报起", Kind.DATE, help="曾被取消称号、三年内不得再次申报的填写。", aliases=("禁申期起",)),
    Column("ban_to", "限制申报止", Kind.DATE, help="含当日。", aliases=("禁申期止",)),
    Column("ban_document", "取消文号", max_length=60, width=24),
    Column("ban_reason", "取消事由", max_length=500, width=34),
)
EXAMPLE: Mapping[str, object] = {
    "operator": "示例创新服务有限公司", "credit_code": "91530100MA6EXAMPLE", "kind": "企业", "legal_representative": "张三",
    "district": "盘龙区", "registered_address": "盘龙区示例路1号", "platform_name": "示例中小企业服务平台",
    "functions": "信息服务、培训服务", "number": "昆示范2024-001", "document_number": "昆工信通〔2024〕15号",
    "decided_on": "2024-03-20", "valid_from": "2024-03-20", "valid_to": "2027-03-20", "plaque_serial": "2024-001",
}
# fmt: on


def columns() -> tuple[Column, ...]:
    """The columns, with the districts of today as choices."""
    districts = tuple(District.objects.order_by("order", "slug").values_list("slug", "name"))
    return tuple(replace(column, choices=districts) if column.key == "district" else column for column in _COLUMNS)


def has_title(values: Mapping[str, Any]) -> bool:
    """Whether the row means to bring a title."""
    return any(values.get(key) for key in (*TITLE, "plaque_serial"))


def has_ban(values: Mapping[str, Any]) -> bool:
    """Whether the row means to bring a ban."""
    return any(values.get(key) for key in (*BAN, "ban_document"))


def fault(number: int, key: str, values: Mapping[str, Any], reason: str, suggestion: str) -> RowError:
    """One thing to put right in a row."""
    header = next(column.header for column in _COLUMNS if column.key == key)
    return RowError(number, header, str(values.get(key) or ""), reason, suggestion)


def faults(number: int, values: Mapping[str, Any], today: date) -> Iterator[RowError]:
    """What is wrong within one row whose cells are readable."""
    if not has_title(values) and not has_ban(values):
        yield fault(number, "platform_name", values, "既没有称号，也没有限制申报", "请填写称号各列，或者限制申报各列")
    missing = [key for key in TITLE if has_title(values) and not values.get(key)]
    missing += [key for key in BAN if has_ban(values) and not values.get(key)]
    for key in missing:
        group = "称号" if key in TITLE else "限制申报"
        yield fault(number, key, values, f"登记{group}的，此项必填", "请对照文件补充")
    if not missing:
        yield from _dates(number, values, today)


def _dates(number: int, values: Mapping[str, Any], today: date) -> Iterator[RowError]:
    if has_title(values):
        if values["decided_on"] > today:
            yield fault(number, "decided_on", values, "决定日期晚于今天", "请核对文件")
        if values["valid_to"] < values["valid_from"]:
            yield fault(number, "valid_to", values, "有效期止早于有效期起", "请核对文件")
    if has_ban(values) and values["ban_to"] < values["ban_from"]:
        yield fault(number, "ban_to", values, "限制申报止早于起", "请核对文件")
