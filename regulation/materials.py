"""The eight classes of material of Art. 9 as data: what is always needed, and what only in a certain case."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from regulation.articles import article_label, article_text


class When(StrEnum):
    """When a document is needed; ``label`` says so to the applicant."""

    ALWAYS = "always"
    IF_CLAIMED = "if_claimed"
    IF_STARTUP = "if_startup"
    OPTIONAL = "optional"

    @property
    def label(self) -> str:
        """必须提交, 如申报资质荣誉则提交, 申报创业服务功能时提交 or 选填."""
        return {
            "always": "必须提交",
            "if_claimed": "申报资质或荣誉时提交",
            "if_startup": "申报创业服务功能时提交",
            "optional": "选填",
        }[self]


@dataclass(frozen=True)
class Material:
    """One document and what it must show. Of documents with the same ``either`` one is enough."""

    key: str
    label: str
    when: When
    shows: str
    either: str = ""


@dataclass(frozen=True)
class MaterialClass:
    """One of the eight classes."""

    number: int
    key: str
    label: str
    materials: tuple[Material, ...]

    @property
    def citation(self) -> str:
        """9(1)."""
        return f"9({self.number})"

    @property
    def article_label(self) -> str:
        """第九条第（一）项."""
        return article_label(self.citation)

    @property
    def text(self) -> str:
        """The words of the item."""
        return article_text(self.citation)


# fmt: off
CLASSES: tuple[MaterialClass, ...] = (
    MaterialClass(1, "report", "申请报告（附件1）", (
        Material("application_report", "签字盖章的申请报告", When.ALWAYS, "由系统按填报内容生成，送签后下载、签字、盖章并上传扫描件；每页的指纹与网上内容一致"),
    )),
    MaterialClass(2, "licences", "证照凭证", (
        Material("licence", "营业执照或法人证书", When.ALWAYS, "单位名称、统一社会信用代码、法定代表人与填报一致，在有效期内"),
        Material("premises_title", "固定经营服务场所产权证明", When.ALWAYS, "产权人是运营主体，地址与经营服务地址一致", either="premises"),
        Material("premises_lease", "固定经营服务场所长期租赁合同", When.ALWAYS, "承租人是运营主体，地址与经营服务地址一致，租期包含申报截止日", either="premises"),
    )),
    MaterialClass(3, "finances", "上一年度财务报表", (
        Material("financial_statements", "上一年度财务报表（体现服务收支情况）", When.ALWAYS, "上年末资产总额、上年度服务收入和服务支出"),
    )),
    MaterialClass(4, "rules", "制度文件和服务证明", (
        Material("process_documents", "服务流程（指南）、运营管理制度文件", When.ALWAYS, "服务流程、管理制度、收费标准、质量保证措施，有单位名称和施行日期"),
        Material("service_proofs", "服务证明材料（协议、成效、通知、签到、照片、总结、报道等）", When.ALWAYS, "能与服务企业清单、活动清单逐项对应"),
    )),
    MaterialClass(5, "qualifications", "资质和荣誉证书", (
        Material("qualification_certificates", "从业资格、认定证书、资质证书、荣誉证书", When.IF_CLAIMED, "由国家、省、市有关部门颁发，名称、日期与清单一致，在有效期内"),
    )),
    MaterialClass(6, "people", "人员名单和证明", (
        Material("managers", "主要管理人员名单及学历、资质证明", When.ALWAYS, "姓名、职务，以及学历、资质证书"),
        Material("full_time_staff", "专职服务人员名单及学历、资质证明", When.ALWAYS, "姓名与专职服务人员清单一致，以及学历、职称证书"),
        Material("mentors", "创业导师名单及学历、资质证明", When.IF_STARTUP, "导师姓名、专长，以及学历、资质证书"),
    )),
    MaterialClass(7, "contracts", "签约机构合同或协议", (
        Material("institution_contracts", "签约其他服务机构的合同或协议", When.ALWAYS, "双方签章、合作内容和起止日期，申报截止日有效"),
    )),
    MaterialClass(8, "other", "其他材料", (
        Material("other", "能够证明符合申报条件的其他材料", When.OPTIONAL, "与哪一项申报条件有关"),
    )),
)
# fmt: on
MATERIALS: dict[str, Material] = {material.key: material for group in CLASSES for material in group.materials}


def category_of(key: str) -> int:
    """The class of Art. 9 (1 to 8) a document belongs to. Raises StopIteration for an unknown key."""
    return next(group.number for group in CLASSES for material in group.materials if material.key == key)


def required(*, claims_qualifications: bool, functions: Collection[str]) -> tuple[tuple[Material, ...], ...]:
    """What this application must contain: groups of which one each is enough, in the order of Art. 9."""
    holds = {
        When.ALWAYS: True,
        When.IF_CLAIMED: claims_qualifications,
        When.IF_STARTUP: "startup" in functions,
        When.OPTIONAL: False,
    }
    groups: dict[str, list[Material]] = {}
    for material in MATERIALS.values():
        if holds[material.when]:
            groups.setdefault(material.either or material.key, []).append(material)
    return tuple(tuple(group) for group in groups.values())


def missing(
    provided: Collection[str], *, claims_qualifications: bool, functions: Collection[str]
) -> tuple[tuple[Material, ...], ...]:
    """The groups of required material of which nothing is provided (``provided`` are material keys)."""
    groups = required(claims_qualifications=claims_qualifications, functions=functions)
    return tuple(group for group in groups if not any(material.key in provided for material in group))
