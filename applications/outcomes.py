"""How an application ended without the title, as its letter tells it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Role
from applications.models import Application
from lifecycle.models import StepRecord
from lifecycle.steps import step_of
from regulation.articles import article_label


@dataclass(frozen=True)
class Outcome:
    """The words of the letter; ``by_district`` says which authority answers."""

    opening: str
    result: str
    reason_title: str
    reason: str
    basis: str
    closing: str
    by_district: bool
    at: datetime


AFTER_REVIEW = "经专家评审，市工业和信息化局择优提出推荐认定名单。"
KEEPS = "本次结果不影响你单位以后年度再次申报。"
KEPT = "已提交的材料依法保存。符合条件的，以后年度可以再次申报。"
WAITS = "你单位的申报仍在程序中，无需重新提交材料，请留意后续通知。"
# State → (what happened before, the result in the words of the law, the last sentence).
TOLD: dict[str, tuple[str, str, str]] = {
    "not_recommended": (
        "我局对申报材料的真实性、完整性进行了初审，并对基本条件、运营情况、服务业绩进行了测评。",
        "不予推荐",
        KEEPS,
    ),
    "ineligible": ("市工业和信息化局对推荐材料进行了核对。", "不符合申报条件", KEEPS),
    "not_shortlisted": (AFTER_REVIEW, "未列入推荐认定名单", KEEPS),
    "inspection_failed": ("市工业和信息化局组织了现场核查，提出了现场核查意见。", "现场核查未通过", KEEPS),
    "not_proposed": ("市工业和信息化局根据专家评审和现场核查意见，确定了拟认定名单。", "未列入拟认定名单", KEEPS),
    "objection_upheld": ("公示期内收到异议，市工业和信息化局进行了调查核实。", "异议成立，不予认定", KEEPS),
    "declined": ("市工业和信息化局对申报事项作出了决定。", "不予认定", KEEPS),
    "deferred": ("市工业和信息化局按集体决策程序进行了研究。", "暂缓认定", WAITS),
    "withdrawn": ("你单位提出撤回申报。", "准予撤回，本次申报程序终止", KEPT),
}
EXITS = tuple(TOLD)


def of(application: Application) -> Outcome:
    """How the application ended. Raises LookupError while it goes on or when it ended with the title."""
    opening, result, closing = TOLD[application.state]
    records = StepRecord.objects.filter(subject_type=application.SUBJECT, subject_id=application.uuid)
    last = records.order_by("-sequence").first()
    if last is None:
        raise LookupError("nothing is recorded of this application")
    withdrawn = application.state == "withdrawn"
    row = step_of(application.SUBJECT, last.step)
    return Outcome(
        opening=opening,
        result=result,
        reason_title="撤回原因" if withdrawn else "理由",
        reason=last.reason,
        basis=article_label(row.article) if row.article.isdigit() else "",
        closing=closing,
        by_district=last.role == Role.DISTRICT_OFFICER or withdrawn,
        at=last.at,
    )
