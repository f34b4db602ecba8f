"""The district's checklist as data: what an officer compares in each part of an application, and under which article.

``part`` and ``of`` name the part as ``CorrectionItem`` does, so that an item marked 需补正 opens exactly that part.
``figures`` are names of declared figures shown beside the computed ones; ``findings`` are keys of the findings of
``regulation.eligibility`` shown as evidence. ``FIELDS`` says which fields of the form an item is about, each named with its
section (``applications.openings``); items of a section without fields are about all of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from applications import schema
from files.canonical import fingerprint
from regulation.articles import article_label
from regulation.functions import FUNCTIONS

SECTION, LIST, MATERIAL = "section", "list", "material"
DEFAULT = "default"
_FUNCTIONS = tuple(f"{key}.{name}" for key in FUNCTIONS for name in schema.figures_of(key))


@dataclass(frozen=True)
class Item:
    """One thing to compare."""

    part: str
    of: str
    name: str
    label: str
    article: str
    figures: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How answers name the item, such as ``section-finance-assets``."""
        return f"{self.part}-{self.of}-{self.name}"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that open when the item is marked 需补正; none: its whole part opens."""
        return FIELDS.get(self.key, ())

    @property
    def more_fields(self) -> tuple[str, ...]:
        """What an officer may open besides: the rest of a section opened by fields, and the declared figures compared."""
        own = [f"{self.of}.{field.key}" for field in schema.BY_KEY[self.of].fields] if self.fields else []
        figures = [_FIGURES[name] for name in self.figures]
        return tuple(name for name in dict.fromkeys([*own, *figures]) if name not in self.fields)

    @property
    def cite(self) -> str:
        """第七条第（二）项, or 默认规则."""
        return "默认规则" if self.article == DEFAULT else article_label(self.article)


# fmt: off
FIELDS: dict[str, tuple[str, ...]] = {key: tuple(names.split()) for key, names in {
    "section-identity-names": "organisation.name organisation.credit_code organisation.kind organisation.legal_representative"
                              " organisation.registered_address organisation.service_address"
                              " identity.platform_name identity.founded_on identity.legal_person",
    "section-identity-started": "identity.started_on",
    "section-identity-able": "identity.service_qualification",
    "section-identity-history": "identity.round identity.earlier_document identity.earlier_valid_to identity.sanctioned identity.sanction_note",
    "section-finance-assets": "finance.total_assets finance.liabilities finance.net_assets",
    "section-finance-income": "finance.revenue finance.service_income finance.service_cost finance.net_profit finance.good_finances",
    "section-finance-credit": "finance.credit_checked_on finance.abnormal finance.dishonest finance.good_credit",
    "section-premises-place": "premises.premises premises.area premises.tenure premises.lease_from premises.lease_to",
    "section-premises-equipment": "premises.equipment premises.equipment_count premises.equipment_value premises.facilities",
    "section-service-smes": "service.smes_last_year service.smes_year_before service.smes_two_years_before",
    "section-service-specialised": "service.specialised_smes",
    "section-service-satisfaction": "service.satisfaction service.satisfaction_method",
    "section-service-volume": "service.service_unit service.total_services service.free_services service.low_fee_services",
    "section-service-standing": "service.key_industries service.key_industries_note service.reputation",
    "section-management-rules": "management.good_management management.management_rules management.service_process"
                                " management.fee_standard management.quality_assurance",
    "section-management-team": "management.management_team management.staff_total management.full_time_staff"
                               " management.qualified_staff management.mentors",
    "section-management-plan": "management.development_plan management.yearly_targets",
    "section-resources-cooperation": "resources.institutions_in_force resources.cooperation resources.cooperation_note",
    "section-resources-online": "resources.online_means resources.online_url resources.online_note",
}.items()}
ITEMS: tuple[Item, ...] = (
    Item(SECTION, "identity", "names", "单位名称、信用代码、法定代表人与证照一致", "9(2)", findings=("legal_person",)),
    Item(SECTION, "identity", "started", "平台启动服务日期有证明，截至申报截止日满两年", "7(2)", findings=("platform_years",)),
    Item(SECTION, "identity", "able", "具有从事相关服务的资质或能力", "7(2)", findings=("service_qualification",)),
    Item(SECTION, "identity", "history", "首次或再次申报、曾被取消或撤销的情况属实", "16"),
    Item(SECTION, "finance", "assets", "资产总额与上年度财务报表一致", "7(2)", findings=("min_assets",)),
    Item(SECTION, "finance", "income", "服务收入、服务支出与上年度财务报表一致", "9(3)", findings=("good_finances",)),
    Item(SECTION, "finance", "credit", "信用良好，未列入经营异常或严重违法失信名单", "7(2)", findings=("good_credit",)),
    Item(SECTION, "premises", "place", "有固定的经营服务场所，面积、租期与证明一致", "7(4)", findings=("premises",)),
    Item(SECTION, "premises", "equipment", "必要的服务设施、仪器设备与清单一致", "7(4)", findings=("equipment",)),
    Item(SECTION, "service", "smes", "三年服务中小企业数与清单一致，增长属实", "7(3)",
         ("smes_last_year", "smes_year_before", "smes_two_years_before"), ("min_smes", "min_growth")),
    Item(SECTION, "service", "specialised", "“专精特新”中小企业数与清单一致", "7(3)", ("specialised_smes",), ("min_specialised",)),
    Item(SECTION, "service", "satisfaction", "自评满意度有调查依据", "7(3)", findings=("min_satisfaction",)),
    Item(SECTION, "service", "volume", "公益性、低收费服务量属实，计量单位一致", "7(5)",
         ("total_services", "free_services", "low_fee_services"), ("min_public_share",)),
    Item(SECTION, "service", "standing", "围绕重点产业，有一定的声誉和品牌影响力", "7(3)", findings=("key_industries", "reputation")),
    Item(SECTION, "functions", "thresholds", "申报的服务功能达到第八条的数量要求", "8", _FUNCTIONS, ("several_or_distinctive",)),
    Item(SECTION, "functions", "preconditions", "专家库、导师、资质等非数量条件属实", "8"),
    Item(SECTION, "management", "rules", "制度、流程、收费标准、质量保证措施齐全", "7(5)",
         findings=("management_rules", "service_process", "fee_standard", "quality_assurance")),
    Item(SECTION, "management", "team", "管理团队和专职人员数与清单一致", "7(6)", ("full_time_staff", "qualified_staff"),
         ("management_team", "min_staff", "min_qualified_share")),
    Item(SECTION, "management", "plan", "有发展规划和年度服务目标", "7(5)", findings=("development_plan", "yearly_targets")),
    Item(SECTION, "resources", "cooperation", "签约机构数与清单一致，与院校、协会等合作稳定", "7(7)", ("institutions_in_force",),
         ("min_institutions", "cooperation")),
    Item(SECTION, "resources", "online", "信息化服务手段可以使用，信息及时更新", "7(8)", findings=("online_means",)),
    Item(SECTION, "narrative", "complete", "基本情况、服务情况、服务成效和案例填写完整", "9(1)"),
    Item(SECTION, "undertaking", "given", "真实性承诺已作出", DEFAULT),
    Item(LIST, "served", "valid", "企业名称、信用代码、规模、年度正确，重复和共用的已核实", "11", ("smes_last_year",), ("min_smes",)),
    Item(LIST, "served", "reachable", "联系方式可用于满意度抽查", "11"),
    Item(LIST, "staff", "on_duty", "人员为本单位专职，学历、职称与证明一致", "7(6)", ("full_time_staff", "qualified_staff"),
         ("min_staff", "min_qualified_share")),
    Item(LIST, "institutions", "in_force", "协议在申报截止日有效，不重复、不含本单位", "7(7)", ("institutions_in_force",), ("min_institutions",)),
    Item(LIST, "activities", "proven", "活动有通知、签到、照片或总结等证明", "9(4)"),
    Item(LIST, "financing", "proven", "融资、担保有合同、放款或承保凭证，金额、日期在上年度", "8(5)",
         ("financing.financed", "financing.guaranteed"), ("financing_amounts",)),
    Item(LIST, "services", "proven", "服务项目、收费方式与收费标准、服务记录一致，计量单位统一", "7(5)",
         ("total_services", "free_services", "low_fee_services"), ("min_public_share",)),
    Item(LIST, "equipment", "present", "设施设备与场所证明、财务报表相符", "7(4)"),
    Item(LIST, "qualifications", "valid", "资质荣誉在有效期内，与证书一致", "9(5)"),
    Item(MATERIAL, "1", "signed", "申请报告已签字盖章，指纹与系统内申报内容一致", "9(1)"),
    Item(MATERIAL, "2", "licence", "营业执照或法人证书清晰、有效", "9(2)"),
    Item(MATERIAL, "2", "premises", "场所产权证明或长期租赁合同清晰、有效", "9(2)"),
    Item(MATERIAL, "3", "statements", "为上一年度财务报表，体现服务收支", "9(3)"),
    Item(MATERIAL, "4", "process", "服务流程、运营管理制度文件齐全", "9(4)"),
    Item(MATERIAL, "4", "proofs", "服务证明材料能对应申报的服务和活动", "9(4)"),
    Item(MATERIAL, "5", "certificates", "资质、荣誉证书由国家、省、市有关部门颁发", "9(5)"),
    Item(MATERIAL, "6", "people", "人员名单及学历、资质证明齐全", "9(6)"),
    Item(MATERIAL, "7", "contracts", "签约机构合同或协议齐全、双方签章", "9(7)"),
    Item(MATERIAL, "8", "other", "其他材料与申报条件有关", "9(8)"),
)
# fmt: on

_FIGURES = {
    field.key: f"{section.key}.{field.key}" for section in schema.SECTIONS for field in section.fields
}  # fmt: skip
BY_KEY: dict[str, Item] = {item.key: item for item in ITEMS}


def of_part(part: str, key: str) -> tuple[Item, ...]:
    """The items of one part, in the order of the page."""
    return tuple(item for item in ITEMS if (item.part, item.of) == (part, key))


def parts() -> tuple[tuple[str, str], ...]:
    """Every part that has items, in the order of the contents."""
    return tuple(dict.fromkeys((item.part, item.of) for item in ITEMS))


def keys(items: Iterable[Item] = ITEMS) -> frozenset[str]:
    """The keys of the items."""
    return frozenset(item.key for item in items)


def tidy(note: str) -> str:
    """A note as it is kept: without blanks around it and with one kind of line end."""
    return note.replace("\r\n", "\n").strip()


def token_of(verdict: str, note: str) -> str:
    """A short fingerprint of an answer, by which a page says which one it showed; empty for no answer."""
    return fingerprint([verdict, tidy(note)])[:16] if verdict else ""
