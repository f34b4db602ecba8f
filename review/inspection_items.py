"""The checklist of the on-site inspection as data (default; Art. 13 names no items): what to look at, beside what was declared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applications.schema import BY_KEY
from regulation.articles import article_label

Content = Mapping[str, Any]


@dataclass(frozen=True)
class InspectionItem:
    """One screen of the checklist. ``declared`` names fields as section.field, ``counted`` lists whose rows are counted."""

    key: str
    label: str
    article: str
    look_at: str
    declared: tuple[str, ...] = ()
    counted: tuple[tuple[str, str], ...] = ()

    @property
    def citation(self) -> str:
        """第七条第（四）项."""
        return article_label(self.article)

    @property
    def number(self) -> int:
        """The place on the checklist, from 1."""
        return KEYS.index(self.key) + 1


# fmt: off
ITEMS = (
    InspectionItem("premises", "服务场所", "7(4)", "实地查看场所是否固定、面积与使用方式是否相符，核对产权证明或租赁合同原件。", ("premises.area", "premises.tenure", "premises.lease_to")),
    InspectionItem("facilities", "设施和仪器设备", "7(4)", "对照设备清单抽查实物和编号。", ("premises.equipment_count", "premises.equipment_value"), (("equipment", "设备清单"),)),
    InspectionItem("staff", "在岗人员", "7(6)", "核对在岗人员、劳动合同和社保缴费记录，抽查学历和职称证书原件。", ("management.staff_total", "management.full_time_staff", "management.qualified_staff"), (("staff", "人员清单"),)),
    InspectionItem("rules", "制度和台账", "7(5)", "查看管理制度、服务流程、收费标准、质量保证措施及执行台账。", ("service.total_services", "service.free_services", "service.low_fee_services")),
    InspectionItem("records", "服务记录抽查", "7(3)", "从服务企业清单中抽查服务记录、签到、回访，与清单核对。", ("service.smes_last_year", "service.specialised_smes"), (("served", "服务企业清单（三年合计）"), ("activities", "服务活动清单"))),
    InspectionItem("system", "信息化系统演示", "7(8)", "现场演示线上服务系统，查看信息发布和更新记录。", ("resources.online_url", "resources.online_note")),
    InspectionItem("contracts", "签约合同原件", "7(7)", "核对与专业服务机构、院校、协会的合同或协议原件及有效期。", ("resources.institutions_in_force",), (("institutions", "签约机构清单"),)),
    InspectionItem("vouchers", "财务凭证", "7(2)", "抽查服务收支凭证，核对财务报表中的资产总额和服务收入。", ("finance.total_assets", "finance.service_income", "finance.service_cost")),
)
# fmt: on
KEYS = tuple(item.key for item in ITEMS)
BY_ITEM = {item.key: item for item in ITEMS}


def declared(item: InspectionItem, content: Content) -> list[tuple[str, str]]:
    """What the frozen version says about the item, as labelled text."""
    rows = []
    for name in item.declared:
        section, _, key = name.partition(".")
        field = BY_KEY[section].field(key)
        rows.append((field.label, field.shown(content["sections"].get(section, {}).get(key, ""))))
    return rows + [(label, f"{len(content['lists'].get(kind, ()))} 条") for kind, label in item.counted]
