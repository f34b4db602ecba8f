"""What each role owes: one row per duty, read beside ``lifecycle.steps``. The desk shows them with due day and article.

A duty is a step that somebody must take, unlike one that somebody may take (withdrawing, extending).
"""

from dataclasses import dataclass

from accounts.models import Role
from lifecycle import steps


@dataclass(frozen=True)
class Duty:
    """While a subject is in ``state``, persons of ``role`` owe ``step``; ``words`` say what to do.

    A duty that ``lapses`` can no longer be fulfilled once its term has passed, and is owed no more.
    """

    role: str
    subject: str
    state: str
    step: str
    words: str
    lapses: bool = False

    @property
    def row(self) -> steps.Step:
        return steps.step_of(self.subject, self.step)


FILER, SIGNATORY = Role.FILER.value, Role.SIGNATORY.value
DISTRICT, CITY = Role.DISTRICT_OFFICER.value, Role.CITY_OFFICER.value
EXPERT, INSPECTOR, EVALUATOR = Role.EXPERT.value, Role.INSPECTOR.value, Role.EVALUATOR.value

# fmt: off
DUTIES: tuple[Duty, ...] = (
    Duty(FILER,     "application", "draft",              "request_signature", "填齐申报材料，送签字人确认", lapses=True),
    Duty(FILER,     "application", "returned",           "resubmit",          "逐项补正，由签字人重新提交", lapses=True),
    Duty(FILER,     "inspection",  "clarifying",         "clarify",           "按核查组要求提交说明"),
    Duty(FILER,     "plaque",      "issued",             "receive",           "签收牌匾"),
    Duty(FILER,     "annual_report", "draft",            "request_signature", "填齐年度总结和计划，送签字人确认"),
    Duty(FILER,     "annual_report", "returned",         "resubmit",          "按县区意见补充年度报告，由签字人重新报送"),
    Duty(SIGNATORY, "application", "awaiting_signature", "submit",            "核对全部内容，确认并提交", lapses=True),
    Duty(SIGNATORY, "application", "returned",           "resubmit",          "核对补正内容，重新提交", lapses=True),
    Duty(SIGNATORY, "inspection",  "clarifying",         "clarify",           "按核查组要求提交说明"),
    Duty(SIGNATORY, "plaque",      "issued",             "receive",           "签收牌匾"),
    Duty(SIGNATORY, "annual_report", "awaiting_signature", "submit",          "核对年度总结和计划，确认并报送"),
    Duty(SIGNATORY, "annual_report", "returned",         "resubmit",          "核对补充内容，重新报送年度报告"),
    Duty(FILER,     "rectification", "ordered",          "report",            "按责令整改通知整改，提交整改报告"),
    Duty(SIGNATORY, "rectification", "ordered",          "report",            "按责令整改通知整改，提交整改报告"),
    Duty(FILER,     "ending",      "notified",           "reply",             "对拟取消（撤销）称号的告知，可以陈述申辩"),
    Duty(SIGNATORY, "ending",      "notified",           "reply",             "对拟取消（撤销）称号的告知，可以陈述申辩"),
    Duty(DISTRICT,  "application", "submitted",          "accept",            "受理，或一次性告知需补正的全部事项"),
    Duty(DISTRICT,  "application", "accepted",           "recommend",         "测评、抽查满意度，作出推荐或不予推荐"),
    Duty(DISTRICT,  "application", "sent_back",          "recommend",         "按市局意见补充，重新推荐或不予推荐"),
    Duty(DISTRICT,  "summary",     "open",               "forward",           "汇总推荐，盖章后报送市局"),
    Duty(DISTRICT,  "sample",      "open",               "close",             "联系被抽查企业，结束抽查"),
    Duty(DISTRICT,  "sample",      "open",               "void",              "申报已终止，将满意度样本作废"),
    Duty(DISTRICT,  "sample",      "redraw_proposed",    "approve_redraw",    "复核重新抽样的申请（由另一人办理）"),
    Duty(DISTRICT,  "annual_report", "submitted",        "accept",            "核对年度报告，接收或一次性说明需补充的内容"),
    Duty(DISTRICT,  "annual_report", "accepted",         "forward",           "将接收的年度报告报送市局"),
    Duty(DISTRICT,  "plaque",      "recalled",           "recover",           "收回责令交回的牌匾"),
    Duty(CITY,      "call",        "draft",              "publish",           "核对并发布申报通知"),
    Duty(CITY,      "application", "forwarded",          "admit",             "核对推荐材料，受理或退回县区"),
    Duty(CITY,      "application", "admitted",           "start_review",      "分派专家，启动评审"),
    Duty(CITY,      "panel",       "forming",            "start",             "分派齐专家后启动评审"),
    Duty(CITY,      "panel",       "scoring",            "conclude",          "评分到齐后确定推荐认定名单"),
    Duty(CITY,      "application", "shortlisted",        "pass_inspection",   "安排现场核查，依核查意见确认结果"),
    Duty(CITY,      "application", "inspection_passed",  "propose",           "确定拟认定名单"),
    Duty(CITY,      "application", "proposed",           "publish",           "拟定并发布公示"),
    Duty(CITY,      "objection",   "received",           "investigate",       "判断是否受理异议"),
    Duty(CITY,      "objection",   "investigating",      "find_unfounded",    "调查核实并答复异议人"),
    Duty(CITY,      "application", "on_notice",          "certify",           "公示期满后提交集体决策"),
    Duty(CITY,      "application", "deferred",           "certify",           "提交下次集体决策"),
    Duty(CITY,      "meeting",     "entered",            "confirm",           "对照会议纪要复核（由另一人办理）"),
    Duty(CITY,      "meeting",     "confirmed",          "announce",          "印发认定文件并公告"),
    Duty(CITY,      "plaque",      "allotted",           "issue",             "制作并颁发牌匾"),
    Duty(CITY,      "district_report", "forwarded",      "receive",           "接收县区年度报送"),
    Duty(CITY,      "report_excuse", "filed",            "accept",            "审定未按期报送的说明"),
    Duty(DISTRICT,  "claim",       "filed",              "approve",           "核实身份，核准或不予核准账号认领"),
    Duty(CITY,      "title_import", "uploaded",          "confirm",           "对照文件复核原有称号（由另一人办理）"),
    Duty(FILER,     "change",      "returned",           "refile",            "补正后重新报备变更"),
    Duty(SIGNATORY, "change",      "returned",           "refile",            "补正后重新报备变更"),
    Duty(DISTRICT,  "change",      "filed",              "examine",           "核对变更备案"),
    Duty(CITY,      "change",      "checked",            "register",          "备案并更新名录；变更运营单位的提请集体决策"),
    Duty(CITY,      "change",      "referred",           "approve_operator",  "提交集体决策"),
    Duty(CITY,      "ending",      "opened",             "notify",            "核对并送达事先告知书"),
    Duty(CITY,      "ending",      "notified",           "refer",             "期满没有陈述申辩的，提请集体决策"),
    Duty(CITY,      "ending",      "replied",            "refer",             "复核陈述申辩，提请集体决策或者终止程序"),
    Duty(CITY,      "ending",      "referred",           "keep",              "按会议纪要录入监督事项集体决策"),
    Duty(CITY,      "resolution",  "entered",            "confirm",           "对照会议纪要复核（由另一人办理）"),
    Duty(CITY,      "ending",      "decided",            "announce",          "印发取消（撤销）决定书并公告"),
    Duty(CITY,      "plaque",      "recalled",           "recover",           "收回牌匾；逾期未交回的公告作废"),
    Duty(DISTRICT,  "check",       "recorded",           "follow_up",         "按约定时间复查"),
    Duty(CITY,      "evaluation",  "recused",            "reassign",          "另行委托测评"),
    Duty(CITY,      "evaluation",  "submitted",          "conclude_pass",     "审核测评报告，作出合格或者不合格的结论"),
    Duty(CITY,      "rectification", "reported",         "pass_recheck",      "复查整改情况，作出结论"),
    Duty(CITY,      "activity",    "announced",          "conclude",          "送达邀请，活动后登记出席情况并办结"),
    Duty(CITY,      "invitation",  "leave_asked",        "excuse",            "审核请假"),
    Duty(EVALUATOR, "evaluation",  "commissioned",       "begin",             "声明利益关系后开始测评"),
    Duty(EVALUATOR, "evaluation",  "in_progress",        "submit",            "逐项测评，提交测评报告"),
    Duty(EXPERT,    "evaluation",  "commissioned",       "begin",             "声明利益关系后开始测评"),
    Duty(EXPERT,    "evaluation",  "in_progress",        "submit",            "逐项测评，提交测评报告"),
    Duty(CITY,      "complaint",   "received",           "handle",            "受理投诉举报"),
    Duty(CITY,      "complaint",   "handling",           "answer",            "核实并答复反映人"),
    Duty(EXPERT,    "score_sheet", "assigned",           "declare_clear",     "声明利益关系后打开材料"),
    Duty(EXPERT,    "score_sheet", "scoring",            "lock",              "逐项评分并提交"),
    Duty(INSPECTOR, "inspection",  "planned",            "begin",             "按约定日期到现场核查"),
    Duty(INSPECTOR, "inspection",  "in_progress",        "conclude",          "逐项核对，提出现场核查意见"),
)
# Duties about something that has no life yet: to begin it.
BEGIN_REPORT = Duty("", "annual_report", "", "create", "填写上年度工作总结和当年工作计划")
FORWARD_REPORTS = Duty(DISTRICT, "district_report", "", "forward", "将本区示范平台年度报告报送市局")
ORDER_RECTIFICATION = Duty(CITY, "rectification", "", "order", "责令测评不合格的平台限期整改")
# fmt: on


def of_role(role: str) -> tuple[Duty, ...]:
    """The duties of one role in the order of the road."""
    return tuple(duty for duty in DUTIES if duty.role == role)


def owed_by(subject: str) -> dict[str, tuple[str, ...]]:
    """Who owes the next step in each state of a life, by state; states that nobody must end are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for duty in DUTIES:
        if duty.subject == subject and duty.role not in found.get(duty.state, ()):
            found[duty.state] = (*found.get(duty.state, ()), duty.role)
    return found
