"""How each state is called, how it looks, and what comes next; every state of the table stands here (checked)."""

from dataclasses import dataclass

TONES = ("todo", "doing", "warn", "bad", "done", "wait")


@dataclass(frozen=True)
class State:
    """A state for people: its Chinese name, the tone of its badge, and who must do what next."""

    label: str
    tone: str
    advice: str = ""


# fmt: off
STATES: dict[str, dict[str, State]] = {
    "call": {
        "draft": State("拟定中", "todo", "市局核对时间、附件后发布。"),
        "open": State("已发布", "doing", "申报单位在截止时间前提交，县区在推荐期限前报送。"),
        "concluded": State("已办结", "done"),
    },
    "application": {
        "draft": State("填报中", "doing", "经办人填齐后送签字人确认。"),
        "awaiting_signature": State("待签字人确认", "todo", "法定代表人或授权签字人核对后在截止前提交。"),
        "submitted": State("已提交，待受理", "todo", "县区主管部门在期限内受理或退回补正。"),
        "returned": State("退回补正", "warn", "申报单位在补正期限前逐项补正并重新提交；逾期按原件审核。"),
        "accepted": State("初审中", "doing", "县区主管部门测评、抽查满意度后作出推荐或不予推荐。"),
        "not_recommended": State("不予推荐", "done"),
        "recommended": State("县区已推荐，待报送", "todo", "县区主管部门汇总推荐，盖章后报送市局。"),
        "forwarded": State("已报送，待市级受理", "todo", "市局核对推荐材料。"),
        "sent_back": State("市局退回县区", "warn", "县区主管部门补充后重新推荐或不予推荐。"),
        "admitted": State("市级已受理", "doing", "市局组织专家评审。"),
        "ineligible": State("不符合申报条件", "done"),
        "under_review": State("专家评审中", "doing", "专家独立评分，评分全部提交后确定推荐认定名单。"),
        "not_shortlisted": State("未列入推荐认定名单", "done"),
        "shortlisted": State("已列入推荐认定名单，待现场核查", "doing", "市局组织现场核查，请准备原件。"),
        "inspection_passed": State("现场核查通过", "doing", "市局确定拟认定名单。"),
        "inspection_failed": State("现场核查未通过", "done"),
        "proposed": State("已列入拟认定名单，待公示", "doing", "市局在门户网站公示。"),
        "not_proposed": State("未列入拟认定名单", "done"),
        "on_notice": State("公示", "doing", "公示期满且无未办结异议后提交集体决策。"),
        "held": State("异议核查中", "warn", "市局调查核实，其他平台不受影响。"),
        "objection_upheld": State("异议成立，不予认定", "done"),
        "deferred": State("暂缓认定", "warn", "待下次集体决策。"),
        "certified": State("已认定", "done", "按期领取牌匾，每年1月底前报送年度总结和计划。"),
        "declined": State("不予认定", "done"),
        "withdrawn": State("已撤回", "done"),
    },
    "summary": {
        "open": State("汇总中", "doing", "县区主管部门核对后打印盖章，填写推荐函文号报送市局。"),
        "forwarded": State("已报送市局", "done"),
    },
    "sample": {
        "open": State("抽查中", "doing", "联系被抽中的企业并请其答复。"),
        "redraw_proposed": State("待复核重抽", "warn", "另一名县区经办人复核。"),
        "voided": State("已作废", "done"),
        "closed": State("已结束", "done"),
    },
    "panel": {
        "forming": State("组建中", "todo", "分派专家后启动评审。"),
        "scoring": State("评审中", "doing", "全部评分提交后确定推荐认定名单。"),
        "concluded": State("已结束", "done"),
    },
    "score_sheet": {
        "assigned": State("待声明利益关系", "todo", "先声明有无利益关系，再打开申报材料。"),
        "scoring": State("评分中", "doing", "逐项评分并提交。"),
        "recused": State("已回避", "done"),
        "locked": State("已提交", "done"),
        "voided": State("已作废", "done"),
    },
    "inspection": {
        "planned": State("待核查", "todo", "核查组按约定日期到现场。"),
        "in_progress": State("核查中", "doing", "逐项核对并由双方签字。"),
        "clarifying": State("待申报单位说明", "warn", "申报单位在期限前提交说明。"),
        "concluded": State("已提出意见", "done"),
    },
    "notice": {
        "draft": State("拟定中", "todo", "核对名单和公示期后发布。"),
        "published": State("已发布", "doing", "公示期满前受理异议。"),
    },
    "objection": {
        "received": State("已收到", "todo", "市局判断是否受理。"),
        "investigating": State("调查中", "doing", "调查核实并书面答复。"),
        "lead": State("作为线索", "done"),
        "answered": State("已答复", "done"),
        "unfounded": State("不成立", "done"),
        "founded": State("成立", "done"),
    },
    "meeting": {
        "entered": State("待复核", "todo", "另一名市局经办人对照会议纪要复核。"),
        "rejected": State("已退回", "done"),
        "confirmed": State("已确认，待公告", "todo", "印发认定文件并公告。"),
        "announced": State("已公告", "done"),
    },
    "title_import": {
        "uploaded": State("待复核", "todo", "另一名市局经办人对照文件复核。"),
        "confirmed": State("已登记", "done"),
        "rejected": State("已退回", "done"),
    },
    "claim": {
        "filed": State("待核实", "todo", "县区主管部门核实身份后核准或不予核准。"),
        "approved": State("已核准", "done"),
        "refused": State("不予核准", "done"),
    },
    "title": {
        "granted": State("已授予", "done"),
        "dissolved": State("运营单位终止", "done"),
        "renounced": State("已放弃", "done"),
        "cancelled": State("已取消", "bad"),
        "revoked": State("已撤销", "bad"),
        "stayed": State("停止执行", "warn", "等待法院或者上级机关的决定，其间称号按有效期计。"),
    },
    "plaque": {
        "allotted": State("待颁发", "todo", "市局制作并颁发牌匾。"),
        "issued": State("已颁发，待签收", "todo", "示范平台签收。"),
        "received": State("已签收", "done"),
        "lost": State("已报遗失", "warn"),
        "recalled": State("责令交回", "warn", "示范平台在期限内把牌匾交到县(市)区主管部门或者市局。"),
        "recovered": State("已收回", "done"),
        "void": State("已公告作废", "done"),
    },
    "annual_report": {
        "draft": State("填写中", "doing", "经办人填齐后送签字人确认，于1月31日前报送。"),
        "awaiting_signature": State("待签字人确认", "todo", "法定代表人或授权签字人核对后报送。"),
        "submitted": State("已报送，待县区接收", "todo", "县区主管部门核对后接收，或一次性说明需补充的内容。"),
        "returned": State("退回补充", "warn", "示范平台补充后由签字人重新报送；首次报送的时间不变。"),
        "accepted": State("县区已接收", "doing", "县区主管部门于2月底前报送市局。"),
        "forwarded": State("已报送市局", "done"),
    },
    "report_excuse": {
        "filed": State("待市局审定", "todo", "市局审定是否认可；报送期限不因此延长。"),
        "accepted": State("已认可", "done"),
        "refused": State("未认可", "done"),
    },
    "district_report": {
        "forwarded": State("待市局接收", "todo", "市局核对后接收；以后接收的年度报告可补充报送。"),
        "received": State("市局已接收", "done"),
    },
    "change": {
        "filed": State("已报备，待核对", "todo", "县区主管部门核对；核对期满市局可以直接办理。"),
        "returned": State("退回补正", "warn", "示范平台补正后重新报备；首次报备时间不变。"),
        "checked": State("县区已核对，待市局备案", "todo", "市局备案并更新名录。"),
        "referred": State("已提请集体决策", "doing", "运营单位变更经重新核验和集体决策后生效，有效期不变。"),
        "registered": State("已备案", "done"),
        "refused": State("不予备案", "done"),
        "withdrawn": State("已撤回", "done"),
    },
    "ending": {
        "opened": State("已启动，待告知", "todo", "市局送达事先告知书，告知事实、依据和陈述申辩权利。"),
        "notified": State("已告知，待陈述申辩", "doing", "示范平台在期限内陈述申辩；逾期未提出的，市局提请集体决策。"),
        "replied": State("已陈述申辩，待处理", "todo", "市局复核陈述申辩，提请集体决策或者终止程序。"),
        "referred": State("已提请集体决策", "todo", "按会议纪要录入集体决策。"),
        "dropped": State("程序已终止", "done"),
        "kept": State("决定不予取消（撤销）", "done"),
        "decided": State("已决定，待公告", "todo", "市局印发决定书并公告。"),
        "announced": State("已公告", "done"),
        "stayed": State("停止执行", "warn", "等待法院或者上级机关的决定，其间决定的效力停止。"),
        "overturned": State("决定被撤销", "done"),
    },
    "resolution": {
        "entered": State("待复核", "todo", "另一名市局经办人对照会议纪要复核。"),
        "rejected": State("已退回", "done"),
        "confirmed": State("已确认", "done", "决定取消、撤销称号的，印发决定书并公告。"),
    },
    "check": {
        "recorded": State("已记录", "done", "需要复查的，县区主管部门在复查期限内复查。"),
        "followed_up": State("已复查", "done"),
    },
    "activity": {
        "announced": State("已发布", "doing", "送达邀请；活动结束后登记出席情况并办结。"),
        "called_off": State("已取消", "wait"),
        "concluded": State("已办结", "done"),
    },
    "invitation": {
        "served": State("已邀请", "todo", "示范平台按时参加；确实不能参加的，请在活动开始前请假。"),
        "leave_asked": State("已请假，待审核", "todo", "市局审核请假。"),
        "present": State("出席", "done"),
        "absent": State("无故缺席", "bad", "有正当理由的，可以向市局说明，由市局决定是否改为准假。"),
        "excused": State("已准假", "wait"),
    },
    "evaluation": {
        "commissioned": State("已委托，待声明", "todo", "测评负责人先声明有无利益关系，再查阅资料。"),
        "in_progress": State("测评中", "doing", "逐项测评，在期限前提交测评报告。"),
        "submitted": State("已提交，待市局结论", "todo", "市局核对测评报告，作出合格或不合格的结论。"),
        "recused": State("已回避，待另行委托", "warn", "市局另行委托，或者终止测评。"),
        "passed": State("测评合格", "done"),
        "failed": State("测评不合格", "bad", "市局责令限期整改。"),
        "abandoned": State("已终止", "done"),
    },
    "rectification": {
        "ordered": State("整改中", "todo", "示范平台在整改期限前提交整改报告；仍不达标的，可能被取消称号（第十九条）。"),
        "reported": State("已提交，待复查", "todo", "市局复查是否达标。"),
        "passed": State("整改达标", "done"),
        "failed": State("整改仍不达标", "bad", "市局依第十九条研究是否启动取消程序。"),
    },
    "complaint": {
        "received": State("已收到", "todo", "市局在受理期限内开始办理。"),
        "handling": State("办理中", "doing", "市局核实并答复。"),
        "answered": State("已答复", "done"),
    },
    "disclosure": {
        "opened": State("已查看", "done"),
    },
}
# fmt: on


def state_of(subject: str, state: str) -> State:
    """The state for people. Raises KeyError for a state the page does not know."""
    return STATES[subject][state]


def choices_of(subject: str) -> list[tuple[str, str]]:
    """(value, Chinese label) pairs for the model field."""
    return [(value, state.label) for value, state in STATES[subject].items()]
