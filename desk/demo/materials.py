"""Readable papers of the demo: each rendered and examined once, then handed in wherever it is needed."""

from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from files import intake, pdf
from files.models import StoredFile
from files.purposes import Purpose

TEMPLATE = "documents/demo_paper.html"
DISCLAIMER = "本件为演示材料，内容均为虚构，不具有任何效力。"

# fmt: off
PAPERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "licence": ("营业执照（副本）", ("住所：昆明市示例路。", "经营范围：企业管理咨询，技术服务，会议及展览服务，教育咨询。", "登记机关：示例市场监督管理局。")),
    "premises_lease": ("经营服务场所租赁合同", ("出租方：示例园区管理有限公司。", "租赁面积与申报一致，租期五年，用途为企业服务场所。", "双方于合同签订之日盖章生效。")),
    "financial_statements": ("上一年度财务报表", ("资产负债表、利润表、现金流量表及附注。", "服务收入、服务支出在附注中单独列示。", "由示例会计师事务所出具无保留意见审计报告。")),
    "process_documents": ("服务流程和运营管理制度汇编", ("一、服务受理、分办、跟踪、评价、归档流程。", "二、收费标准公示：政策咨询和入企诊断免费。", "三、服务质量保证和投诉处理制度。")),
    "service_proofs": ("服务证明材料", ("服务协议目录、活动通知、签到表、现场照片和总结。", "企业评价表和满意度调查汇总。", "媒体报道两则。")),
    "qualification_certificates": ("资质和荣誉证书", ("民办职业培训学校办学许可证。", "示例省中小企业服务机构诚信单位证书。")),
    "managers": ("主要管理人员名单及证明", ("平台主任、副主任、各部门负责人名单。", "学历证书和专业技术职务证书复印件。")),
    "full_time_staff": ("专职服务人员名单及证明", ("专职人员名单与填报清单一致。", "劳动合同首页、社会保险缴纳证明、学历和职称证书。")),
    "mentors": ("创业导师名单及证明", ("创业导师三人，均签订聘任协议。", "导师学历、从业经历和资质证明。")),
    "institution_contracts": ("签约专业服务机构合同", ("与四家专业服务机构签订长期合作协议。", "协议期限五年，约定服务内容、响应时限和费用。")),
    "signed_report": ("申请报告签字盖章扫描件", ("法定代表人已签字，单位已盖章。", "每页内容指纹与系统一致。")),
    "signed_summary": ("推荐汇总表签字盖章扫描件", ("填表人、审核人已签字，推荐单位已盖章。", "每页内容指纹与系统一致。")),
    "capture": ("门户网站公示页面截图", ("页面标题、发布时间和公示名单与公示文件一致。",)),
    "minutes": ("会议纪要", ("会议听取评审、核查和公示情况汇报，逐家审议。", "出席人员一致同意所列决定。")),
    "evidence": ("异议有关材料", ("反映人提供的线索说明和照片。",)),
    "signed_annual_report": ("年度总结和计划签字盖章扫描件", ("法定代表人已签字，单位已盖章。", "每页内容指纹与系统一致。")),
    "letter": ("单位介绍信", ("兹介绍本单位法定代表人前来办理账号认领，请予核实。", "单位已盖章。")),
    "handover": ("经办人交接函", ("本单位原经办人已离职，请准予由来函所列人员接任经办人。", "单位已盖章。")),
    "commission": ("委托测评书", ("委托对示范平台的运营和服务情况进行测评。", "双方已签字盖章。")),
    "evaluation_report": ("运行测评报告", ("测评组查阅台账、走访企业、核对服务记录。", "逐项测评情况见系统记录。")),
    "rectification_report": ("整改报告", ("已按责令整改通知逐项整改，附整改前后对照。",)),
    "findings": ("调查核实材料", ("询问笔录、现场照片和书证复印件。", "当事单位已核对并盖章。")),
    "decision": ("决定书", ("经集体研究，作出如正文所列的决定。", "复议和诉讼途径已在决定书中告知。")),
    "order": ("行政复议决定书", ("复议机关决定撤销原决定。", "本决定自送达之日起生效。")),
    "change_proof": ("变更登记证明", ("准予变更登记通知书。", "变更后的证照复印件。")),
    "activity": ("活动通知", ("请受邀示范平台按时参加；不能参加的请事先请假并说明原因。",)),
}
# fmt: on


@cache
def _paper(key: str) -> bytes:
    title, lines = PAPERS[key]
    return pdf.render(TEMPLATE, {"lines": lines, "disclaimer": DISCLAIMER}, title=title)


@cache
def _examined(key: str, purpose: str) -> intake.Examined:
    return intake.examine(ContentFile(_paper(key), f"{PAPERS[key][0]}.pdf"), purpose=purpose)


def upload(key: str, purpose: str = Purpose.MATERIAL, *, owner: int = 0) -> ContentFile:
    """One of the papers as an upload; the intake has examined the same paper before.

    Each ``owner`` has its own copy, told apart by a remark at the end: two organisations do not hand in the very same file.
    """
    name, data = f"{PAPERS[key][0]}.pdf", _paper(key) + (f"\n% {owner}\n".encode() if owner else b"")
    file = ContentFile(data, name)
    known = replace(_examined(key, purpose), name=name, sha256=sha256(data).hexdigest(), size=len(data))
    file.examined = known  # type: ignore[attr-defined]
    return file


def stored(key: str, purpose: str) -> StoredFile:
    """One of the papers, taken in for a purpose such as minutes or the capture of the portal."""
    return intake.receive(upload(key, purpose), purpose=purpose, uploaded_by=None)


@cache
def photo(number: int = 1) -> bytes:
    """A drawn picture in place of a photo of the premises."""
    picture = Image.new("RGB", (960, 720), (226, 232, 240))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 960, 720), fill=(148, 163, 184))
    draw.rectangle((150 + number * 10, 180, 810, 560), fill=(203, 213, 225), outline=(71, 85, 105), width=6)
    for column in range(4):
        draw.rectangle(
            (200 + column * 150, 240, 300 + column * 150, 340), fill=(125, 211, 252), outline=(71, 85, 105), width=4
        )
    draw.rectangle((440, 400, 540, 560), fill=(100, 116, 139))
    output = BytesIO()
    picture.save(output, "JPEG", quality=80)
    return output.getvalue()
