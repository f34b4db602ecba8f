"""The parts of Art. 7 that carry no number: each is a tick of the applicant plus evidence, judged by people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """What the applicant states (None = not answered) and whether any evidence is attached."""

    stated: bool | None = None
    evidenced: bool = False


@dataclass(frozen=True)
class ClaimRule:
    """A statement asked for: its article, the words of the question, and what proves it."""

    key: str
    citation: str
    label: str
    evidence: str


# fmt: off
_ROWS = (
    ClaimRule("legal_person", "7(2)", "具有独立法人资格", "营业执照或法人证书"),
    ClaimRule("service_qualification", "7(2)", "具有从事相关服务的资质或能力", "资质证书、从业资格或能力证明"),
    ClaimRule("good_management", "7(2)", "经营管理规范、具有较好发展前景", "经营管理情况说明或制度文件"),
    ClaimRule("good_finances", "7(2)", "财务收支状况良好", "上年度财务报表（体现服务收支）"),
    ClaimRule("good_credit", "7(2)", "信用良好", "信用查询报告及查询日期"),
    ClaimRule("key_industries", "7(3)", "围绕昆明市重点产业发展方向", "重点产业服务情况说明"),
    ClaimRule("reputation", "7(3)", "具有一定的声誉和品牌影响力", "荣誉、媒体报道或用户评价"),
    ClaimRule("premises", "7(4)", "有固定的经营服务场所", "产权证明或长期租赁合同"),
    ClaimRule("equipment", "7(4)", "有必要的服务设施、仪器设备", "设施设备清单"),
    ClaimRule("management_rules", "7(5)", "有健全的管理制度", "管理制度文件"),
    ClaimRule("service_process", "7(5)", "有规范的服务流程", "服务流程或指南"),
    ClaimRule("fee_standard", "7(5)", "有合理的收费标准", "收费标准"),
    ClaimRule("quality_assurance", "7(5)", "有完善的服务质量保证措施", "服务质量保证措施"),
    ClaimRule("development_plan", "7(5)", "有明确的发展规划", "发展规划"),
    ClaimRule("yearly_targets", "7(5)", "有年度服务目标", "年度服务目标"),
    ClaimRule("management_team", "7(6)", "有健全的管理团队", "主要管理人员名单及证明"),
    ClaimRule("cooperation", "7(7)", "与院校、科研院所、行业协会等有稳定合作关系", "合作协议或合作证明"),
    ClaimRule("online_means", "7(8)", "有信息化服务手段并能及时发布、更新信息", "网站、小程序或系统的地址和截图"),
)
# fmt: on
CLAIMS = {row.key: row for row in _ROWS}
