"""The lists as data: their columns, their tables, what must not repeat, an example row. Column keys are model fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from applications.models import (
    Activity,
    Equipment,
    Financing,
    Institution,
    ListKind,
    ListRow,
    Qualification,
    ServedEnterprise,
    ServiceVolume,
    StaffMember,
)
from files.excel import Column, Kind, RowError
from files.masks import Secret
from regulation.functions import FUNCTIONS, keys_of_names
from regulation.identifiers import is_valid_id_number
from regulation.rows import Charge, Degree, Labelled, ProfessionalTitle, Size

FUNCTION_CHOICES = tuple((rule.key, rule.label) for rule in FUNCTIONS.values())
ONCE, ADDED = "只计一次", "数量相加"
LEVELS = tuple((label, label) for label in ("国家级", "省级", "市级", "区县级", "行业", "其他"))


@dataclass(frozen=True)
class ListForm:
    """One list: where its rows live and how they are filled in.

    ``unique`` columns together name the same thing; ``repeated`` says how the figures treat rows that name it again;
    ``changing`` are those of ``unique`` that may be corrected without making it another thing.
    """

    kind: ListKind
    model: type[ListRow]
    columns: tuple[Column, ...]
    unique: tuple[str, ...]
    example: Mapping[str, object]
    hint: str
    article: str
    shown: tuple[str, ...]
    secrets: Mapping[str, Secret]
    repeated: str = ONCE
    changing: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The Chinese name."""
        return str(self.kind.label)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns by which a row is found again in another version of the list."""
        return tuple(key for key in self.unique if key not in self.changing)

    @property
    def related(self) -> str:
        """How a batch reaches its rows."""
        return f"{self.model.__name__.lower()}_rows"

    def place(self, key: str) -> int:
        """Where the column stands in the template, from 0."""
        return [column.key for column in self.columns].index(key)

    def column(self, key: str) -> Column:
        """The column of this key. Raises KeyError."""
        return {column.key: column for column in self.columns}[key]


def _choices(members: Iterable[Labelled]) -> tuple[tuple[str, str], ...]:
    return tuple((member.value, member.label) for member in members)


def _id_number(text: str) -> str:
    compact = "".join(text.split()).upper()
    if compact and not is_valid_id_number(compact):
        raise ValueError("身份证号不正确，请对照证件逐位核对")
    return compact


# fmt: off
_ROWS = (
    ListForm(ListKind.SERVED, ServedEnterprise, (
        Column("year", "服务年度", Kind.INT, required=True, help="四位年份，上年度和之前两年的企业都列在这张表里。", minimum=2000, maximum=2100),
        Column("name", "企业名称", required=True, max_length=120, width=34),
        Column("credit_code", "统一社会信用代码", Kind.CREDIT_CODE, required=True, aliases=("信用代码",)),
        Column("size", "企业规模", Kind.CHOICE, required=True, choices=_choices(Size), help="个体工商户单独列示，不计入服务中小企业数。"),
        Column("is_specialised", "专精特新", Kind.BOOL, help="国家、省、市认定的“专精特新”中小企业填“是”。", aliases=("是否专精特新",)),
        Column("functions", "服务功能", help="第八条的服务功能，多项用顿号隔开，例如：信息服务、培训服务。", check=keys_of_names, width=26),
        Column("served_on", "服务日期", Kind.DATE),
        Column("service", "服务内容", max_length=200, width=34),
        Column("fee", "收费（元）", Kind.DECIMAL, help="免费的填 0。"),
        Column("contact", "联系人", max_length=60),
        Column("phone", "联系电话", Kind.PHONE, help="用于县区满意度随机抽查。"),
        Column("email", "电子邮箱", max_length=120),
    ), ("year", "credit_code"), {
        "year": 2025, "name": "示例精密制造有限公司", "credit_code": "91530100MA6EXAMPLE", "size": "小型", "is_specialised": "是",
        "functions": "信息服务、培训服务", "served_on": "2025-03-12", "service": "数字化转型诊断", "fee": 0, "contact": "张三", "phone": "13800000000",
    }, "三个年度的服务企业，是服务数、增长率和满意度抽查的依据", "7(3)", ("year", "name", "credit_code", "size", "is_specialised", "functions"),
        {"phone": Secret.PHONE, "contact": Secret.PERSON, "email": Secret.EMAIL}),
    ListForm(ListKind.STAFF, StaffMember, (
        Column("name", "姓名", required=True, max_length=60),
        Column("id_number", "身份证号", help="选填，用于区分同名人员；页面和导出时遮盖。", check=_id_number, max_length=18, width=24),
        Column("is_full_time", "专职", Kind.BOOL, required=True, aliases=("是否专职",)),
        Column("education", "学历", Kind.CHOICE, required=True, choices=_choices(Degree)),
        Column("professional_title", "职称级别", Kind.CHOICE, required=True, choices=_choices(ProfessionalTitle), aliases=("职称",)),
        Column("position_held", "岗位", max_length=60),
        Column("is_mentor", "创业导师", Kind.BOOL, aliases=("是否创业导师",)),
    ), ("name", "id_number"), {"name": "李四", "is_full_time": "是", "education": "本科", "professional_title": "中级", "position_held": "服务专员", "is_mentor": "否"},
        "专职人数和学历职称比例按此表计算，同时具备的只计一人", "7(6)", ("name", "is_full_time", "education", "professional_title", "position_held"),
        {"id_number": Secret.ID_NUMBER}),
    ListForm(ListKind.INSTITUTIONS, Institution, (
        Column("name", "机构名称", required=True, max_length=120, width=34),
        Column("credit_code", "统一社会信用代码", Kind.CREDIT_CODE, required=True),
        Column("service", "合作内容", max_length=200, width=34),
        Column("starts_on", "协议起", Kind.DATE, required=True),
        Column("ends_on", "协议止", Kind.DATE, help="长期有效的留空。"),
    ), ("credit_code",), {"name": "示例知识产权代理有限公司", "credit_code": "91530100MA6EXAMPLE", "service": "知识产权代理", "starts_on": "2025-01-01", "ends_on": "2027-12-31"},
        "申报截止日协议仍有效的机构计入", "7(7)", ("name", "credit_code", "service", "starts_on", "ends_on"), {}),
    ListForm(ListKind.ACTIVITIES, Activity, (
        Column("function", "服务功能", Kind.CHOICE, required=True, choices=FUNCTION_CHOICES),
        Column("name", "活动名称", required=True, max_length=120, width=40),
        Column("held_on", "日期", Kind.DATE, required=True),
        Column("participants", "参加人次", Kind.INT, help="培训服务按人次计算。"),
        Column("enterprises", "服务企业数", Kind.INT),
    ), ("function", "name", "held_on"), {"function": "培训服务", "name": "中小企业财税政策培训", "held_on": "2025-06-18", "participants": 85, "enterprises": 60},
        "各项服务功能的活动次数和人次按此表计算", "8", ("function", "name", "held_on", "participants", "enterprises"), {}),
    ListForm(ListKind.FINANCING, Financing, (
        Column("name", "企业名称", required=True, max_length=120, width=34, help="获得融资或者担保的中小企业。"),
        Column("credit_code", "统一社会信用代码", Kind.CREDIT_CODE, required=True, aliases=("信用代码",)),
        Column("arranged_on", "到账或承保日期", Kind.DATE, required=True, aliases=("日期",), help="只列上年度到账的融资、新增的担保。", width=18),
        Column("is_guarantee", "新增担保", Kind.BOOL, required=True, aliases=("是否新增担保",), help="帮助融资填“否”，新增担保填“是”；同一笔资金只填一行。"),
        Column("amount", "金额（元）", Kind.DECIMAL, required=True, help="以元为单位，不是万元。", width=18),
        Column("provider", "资金提供方", max_length=120, width=28, help="银行、担保机构、投资机构等。"),
        Column("product", "融资方式", max_length=120, width=22, help="例如：流动资金贷款、股权融资、融资租赁。"),
    ), ("credit_code", "arranged_on", "is_guarantee", "amount", "provider", "product"), {
        "name": "示例精密制造有限公司", "credit_code": "91530100MA6EXAMPLE", "arranged_on": "2025-04-18", "is_guarantee": "否", "amount": 3000000,
        "provider": "示例银行昆明分行", "product": "流动资金贷款",
    }, "帮助融资总额和新增担保额按此表计算，申报融资服务功能的填写", "8(5)", ("name", "credit_code", "arranged_on", "is_guarantee", "amount", "provider"), {}, changing=("amount", "provider", "product")),
    ListForm(ListKind.SERVICES, ServiceVolume, (
        Column("year", "服务年度", Kind.INT, required=True, help="四位年份，只列上年度。", minimum=2000, maximum=2100),
        Column("service", "服务项目", required=True, max_length=120, width=34),
        Column("charge", "收费方式", Kind.CHOICE, required=True, choices=_choices(Charge), help="公益性、低收费、市场化的服务都要列，占比才能算出。"),
        Column("quantity", "服务量", Kind.INT, required=True),
        Column("unit", "计量单位", required=True, max_length=10, help="全表用同一单位，例如：次、人次、小时。"),
        Column("fee_standard", "收费标准", max_length=200, width=34, help="低收费的写明标准和市场价，例如：每次 500 元，市场价 2000 元。"),
    ), ("year", "service", "charge"), {
        "year": 2025, "service": "惠企政策咨询", "charge": "公益性", "quantity": 180, "unit": "次", "fee_standard": "免费",
    }, "公益性、低收费服务占总服务量的比例按此表计算，市场化服务也要列", "7(5)", ("year", "service", "charge", "quantity", "unit", "fee_standard"), {}, ADDED),
    ListForm(ListKind.EQUIPMENT, Equipment, (
        Column("name", "名称", required=True, max_length=120, width=34),
        Column("model", "型号", max_length=80),
        Column("quantity", "数量", Kind.INT, required=True, minimum=1),
        Column("value", "原值（元）", Kind.DECIMAL),
    ), ("name", "model"), {"name": "三坐标测量机", "model": "示例-01", "quantity": 1, "value": 320000},
        "必要的服务设施和仪器设备", "7(4)", ("name", "model", "quantity", "value"), {}),
    ListForm(ListKind.QUALIFICATIONS, Qualification, (
        Column("name", "名称", required=True, max_length=120, width=34),
        Column("issuer", "颁发单位", required=True, max_length=120, width=28),
        Column("level", "级别", Kind.CHOICE, choices=LEVELS),
        Column("issued_on", "颁发日期", Kind.DATE),
        Column("valid_to", "有效期至", Kind.DATE, help="长期有效的留空。"),
    ), ("name", "issuer"), {"name": "云南省中小企业公共服务示范平台", "issuer": "云南省工业和信息化厅", "level": "省级", "issued_on": "2024-05-01"},
        "从业资格、资质和荣誉；没有的不必填写", "9(5)", ("name", "issuer", "level", "issued_on", "valid_to"), {}),
)
# fmt: on
LISTS: dict[str, ListForm] = {form.kind.value: form for form in _ROWS}


def typed(form: ListForm, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a row ready for the model: a blank takes the model's default where the column cannot be empty."""
    ready: dict[str, Any] = {}
    for column in form.columns:
        value = values.get(column.key)
        field = form.model._meta.get_field(column.key)
        if value in (None, "") and isinstance(field, models.JSONField):
            continue
        if value is None and not field.null:
            continue
        ready[column.key] = value
    return ready


def values_of(form: ListForm, row: ListRow) -> dict[str, Any]:
    """The typed values of a stored row by column key."""
    return {column.key: getattr(row, column.key) for column in form.columns}


def plain(value: Any) -> Any:
    """A value as JSON keeps it: dates as ISO text, money as exact text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def revived(column: Column, value: Any) -> Any:
    """The typed value that ``plain`` made plain."""
    if value is None:
        return None
    if column.kind == Kind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if column.kind == Kind.DECIMAL else value


def shown(column: Column, value: Any) -> str:
    """A value as people read it in a table."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(dict(FUNCTION_CHOICES).get(key) or key for key in value)
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return dict(column.choices).get(value, str(plain(value)))


def duplicates(form: ListForm, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> list[RowError]:
    """Rows that name the same thing as an earlier one, from (row number, values); listed, never dropped."""
    first: dict[tuple[Any, ...], int] = {}
    found = []
    header = "、".join(form.column(key).header for key in form.unique)
    for number, values in rows:
        key = tuple(_comparable(values.get(name)) for name in form.unique)
        if key in first:
            value = " ".join(shown(form.column(name), values.get(name)) for name in form.unique).strip()
            reason = f"与第 {first[key]} 行重复"
            found.append(RowError(number, header, value, reason, f"请核对；照样导入，{form.repeated}"))
        else:
            first[key] = number
    return found


def _comparable(value: Any) -> Any:
    return "".join(value.split()) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value
