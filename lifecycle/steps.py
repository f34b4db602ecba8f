"""The law on one page: every step of every life, in the order of the regulation.

One row per step. ``sources`` empty means the step creates its subject. ``article`` is the number of the article that the
step carries out, or ``default`` where the text is silent and the basis stands in ``docs/lifecycle.md``. ``term`` says by when
the step must be taken once its subject waits in a source state. ``service`` is the one function that performs it; nothing
else may. ``tells`` names who learns of it. Transitions, buttons, due dates, messages, the printed documentation and the
exhaustive tests all come from here.
"""

from dataclasses import dataclass

from accounts.actors import PUBLIC
from accounts.models import Role
from lifecycle.terms import Term, Until, Workdays
from regulation.articles import article_label

FILER = Role.FILER.value
SIGNATORY = Role.SIGNATORY.value
DISTRICT = Role.DISTRICT_OFFICER.value
CITY = Role.CITY_OFFICER.value
EXPERT = Role.EXPERT.value
INSPECTOR = Role.INSPECTOR.value
EVALUATOR = Role.EVALUATOR.value
AUDITOR = Role.AUDITOR.value

# Audiences of an announcement besides the roles above: the people of the organisation concerned, the persons assigned to the
# case, and a person outside the system reached by e-mail.
APPLICANT = "applicant"
ASSIGNED = "assigned"
OUTSIDER = "outsider"


@dataclass(frozen=True)
class Step:
    """One row of the law."""

    subject: str
    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    actors: tuple[str, ...]
    article: str
    term: Term | None
    service: str
    tells: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.subject}.{self.name}"

    @property
    def creates(self) -> bool:
        return not self.sources

    @property
    def basis(self) -> str:
        """第十一条, or 默认规则 where the regulation is silent."""
        return article_label(self.article) if self.article.isdigit() else "默认规则"


BOTH = (FILER, SIGNATORY)
AT_DISTRICT = ("submitted", "accepted")
RECOMMENDED = ("recommended", "forwarded", "admitted")
BEFORE_DECISION = (
    "draft", "awaiting_signature", "submitted", "returned", "accepted", "recommended", "forwarded", "sent_back",
    "admitted", "under_review", "shortlisted", "inspection_passed", "proposed", "on_notice", "held", "deferred",
)  # fmt: skip
UNDER_EXAMINATION = BEFORE_DECISION[2:]

# fmt: off
STEPS: tuple[Step, ...] = (
    # 申报通知 — Articles 6 and 10
    Step("call", "prepare", "拟定申报通知", (), "draft", (CITY,), "10", None, "applications.services.calls.prepare"),
    Step("call", "publish", "发布申报通知", ("draft",), "open", (CITY,), "6", None, "applications.services.calls.publish", (DISTRICT,)),
    Step("call", "extend", "延长申报时间", ("open",), "open", (CITY,), "10", None, "applications.services.calls.extend", (DISTRICT, APPLICANT)),
    Step("call", "conclude", "年度认定办结", ("open",), "concluded", (CITY,), "10", None, "applications.services.calls.conclude", (DISTRICT,)),
    # 申报 — Articles 3, 6, 7, 9 and 10
    Step("application", "create", "新建申报", (), "draft", BOTH, "10", None, "applications.services.filing.create"),
    Step("application", "request_signature", "送签字人确认", ("draft",), "awaiting_signature", BOTH, "9", Until("closes_at"), "applications.services.filing.request_signature", (SIGNATORY,)),
    Step("application", "reopen", "退回修改", ("awaiting_signature",), "draft", BOTH, "default", None, "applications.services.submission.reopen", (FILER,)),
    Step("application", "submit", "确认并提交申报", ("awaiting_signature",), "submitted", (SIGNATORY,), "10", Until("closes_at"), "applications.services.submission.submit", (APPLICANT, DISTRICT)),
    Step("application", "withdraw", "撤回申报", BEFORE_DECISION, "withdrawn", BOTH, "6", None, "applications.services.submission.withdraw", (APPLICANT, DISTRICT, CITY)),
    # 初审推荐 — Articles 5 and 11
    Step("application", "transfer", "移送属地主管部门", ("submitted",), "submitted", (DISTRICT,), "10", None, "review.services.district.transfer", (APPLICANT, DISTRICT)),
    Step("application", "accept", "受理", ("submitted",), "accepted", (DISTRICT,), "11", Workdays("accept_workdays"), "review.services.district.accept", (APPLICANT,)),
    Step("application", "return_for_correction", "退回补正", (*AT_DISTRICT, "sent_back"), "returned", (DISTRICT,), "11", None, "review.services.district.return_for_correction", (APPLICANT,)),
    Step("application", "resubmit", "提交补正", ("returned",), "submitted", (SIGNATORY,), "11", Until("correction_due_at"), "applications.services.submission.resubmit", (APPLICANT, DISTRICT)),
    Step("application", "judge_last_version", "逾期未补正，按原件审核", ("returned",), "submitted", (DISTRICT,), "default", None, "review.services.district.judge_last_version", (APPLICANT,)),
    Step("application", "recommend", "县区推荐", ("accepted", "sent_back"), "recommended", (DISTRICT,), "11", Until("district_due_at"), "review.services.district.recommend", (APPLICANT,)),
    Step("application", "not_recommend", "不予推荐", ("accepted", "sent_back"), "not_recommended", (DISTRICT,), "11", Until("district_due_at"), "review.services.district.not_recommend", (APPLICANT,)),
    Step("application", "withdraw_recommendation", "撤回推荐", RECOMMENDED, "accepted", (DISTRICT,), "5", None, "review.services.district.withdraw_recommendation", (APPLICANT, CITY)),
    Step("summary", "open", "编制推荐汇总表", (), "open", (DISTRICT,), "11", None, "review.services.district.recommend"),
    Step("summary", "revise", "修改推荐汇总表", ("open",), "open", (DISTRICT,), "default", None, "review.services.district.revise"),
    Step("summary", "seal", "上传盖章扫描件", ("open",), "open", (DISTRICT,), "11", None, "review.services.district.keep_scan"),
    Step("summary", "forward", "报送推荐汇总表", ("open",), "forwarded", (DISTRICT,), "11", Until("due_at"), "review.services.district.forward", (CITY,)),
    Step("application", "forward", "报送市局", ("recommended",), "forwarded", (DISTRICT,), "11", Until("district_due_at"), "review.services.district.forward", (APPLICANT,)),
    Step("sample", "draw", "抽取满意度样本", (), "open", (DISTRICT,), "11", None, "review.services.sampling.draw"),
    Step("sample", "propose_redraw", "申请重新抽样", ("open", "closed"), "redraw_proposed", (DISTRICT,), "default", None, "review.services.sampling.propose_redraw"),
    Step("sample", "refuse_redraw", "不同意重新抽样", ("redraw_proposed",), "open", (DISTRICT,), "default", None, "review.services.sampling.refuse_redraw"),
    Step("sample", "keep_result", "不同意重新抽样，维持结果", ("redraw_proposed",), "closed", (DISTRICT,), "default", None, "review.services.sampling.refuse_redraw"),
    Step("sample", "approve_redraw", "同意重新抽样", ("redraw_proposed",), "voided", (DISTRICT,), "default", None, "review.services.sampling.approve_redraw"),
    Step("sample", "void", "样本作废", ("open", "redraw_proposed", "closed"), "voided", (DISTRICT,), "default", None, "review.services.sampling.void"),
    Step("sample", "close", "结束抽查", ("open",), "closed", (DISTRICT,), "11", None, "review.services.sampling.close"),
    # 市级受理 — Articles 7 and 11
    Step("application", "admit", "市级受理", ("forwarded",), "admitted", (CITY,), "11", Workdays("intake_workdays"), "review.services.intake.admit", (APPLICANT, DISTRICT)),
    Step("application", "send_back", "退回县区", ("forwarded",), "sent_back", (CITY,), "11", None, "review.services.intake.send_back", (DISTRICT,)),
    Step("application", "find_ineligible", "不符合申报条件", ("forwarded", "admitted"), "ineligible", (CITY,), "7", None, "review.services.intake.find_ineligible", (APPLICANT, DISTRICT)),
    Step("application", "reject_falsified", "材料不实，不予认定", UNDER_EXAMINATION, "declined", (CITY,), "default", None, "review.services.intake.reject_falsified", (APPLICANT, DISTRICT)),
    # 专家评审 — Article 12
    Step("panel", "form", "组建专家组", (), "forming", (CITY,), "12", None, "review.services.panels.form"),
    Step("panel", "start", "启动评审", ("forming",), "scoring", (CITY,), "12", None, "review.services.panels.start"),
    Step("panel", "conclude", "确定推荐认定名单", ("scoring",), "concluded", (CITY,), "12", None, "review.services.panels.conclude", (DISTRICT,)),
    Step("application", "start_review", "进入专家评审", ("admitted",), "under_review", (CITY,), "12", None, "review.services.panels.start", (APPLICANT,)),
    Step("application", "shortlist", "列入推荐认定名单", ("under_review",), "shortlisted", (CITY,), "12", None, "review.services.panels.conclude", (APPLICANT, DISTRICT)),
    Step("application", "not_shortlist", "未列入推荐认定名单", ("under_review",), "not_shortlisted", (CITY,), "12", None, "review.services.panels.conclude", (APPLICANT, DISTRICT)),
    Step("score_sheet", "assign", "分派评审", (), "assigned", (CITY,), "12", None, "review.services.panels.assign", (ASSIGNED,)),
    Step("score_sheet", "declare_clear", "声明无利益关系", ("assigned",), "scoring", (EXPERT,), "default", Until("declare_due_at"), "review.services.scoring.declare_clear"),
    Step("score_sheet", "recuse", "申请回避", ("assigned", "scoring"), "recused", (EXPERT,), "default", None, "review.services.scoring.recuse", (CITY,)),
    Step("score_sheet", "lock", "提交评分", ("scoring",), "locked", (EXPERT,), "12", Until("score_due_at"), "review.services.scoring.lock"),
    Step("score_sheet", "reopen", "退回重评", ("locked",), "scoring", (CITY,), "default", None, "review.services.scoring.reopen", (ASSIGNED,)),
    Step("score_sheet", "void", "评分作废", ("assigned", "scoring", "locked"), "voided", (CITY,), "default", None, "review.services.scoring.void", (ASSIGNED,)),
    # 现场核查 — Article 13
    Step("inspection", "plan", "安排现场核查", (), "planned", (CITY,), "13", None, "review.services.inspections.plan", (ASSIGNED, APPLICANT)),
    Step("inspection", "begin", "开始核查", ("planned",), "in_progress", (INSPECTOR,), "13", Until("visit_due_at"), "review.services.inspections.begin"),
    Step("inspection", "ask_clarification", "要求说明", ("in_progress",), "clarifying", (INSPECTOR,), "default", None, "review.services.inspections.ask_clarification", (APPLICANT,)),
    Step("inspection", "clarify", "提交说明", ("clarifying",), "in_progress", BOTH, "default", Until("clarification_due_at"), "review.services.inspections.clarify", (ASSIGNED,)),
    Step("inspection", "close_clarification", "逾期未说明，继续核查", ("clarifying",), "in_progress", (INSPECTOR,), "default", None, "review.services.inspections.close_clarification"),
    Step("inspection", "conclude", "提出现场核查意见", ("in_progress",), "concluded", (INSPECTOR,), "13", None, "review.services.inspections.conclude", (CITY,)),
    Step("application", "pass_inspection", "现场核查通过", ("shortlisted",), "inspection_passed", (CITY,), "13", None, "review.services.inspections.pass_inspection", (APPLICANT, DISTRICT)),
    Step("application", "fail_inspection", "现场核查未通过", ("shortlisted",), "inspection_failed", (CITY,), "13", None, "review.services.inspections.fail_inspection", (APPLICANT, DISTRICT)),
    # 社会公示 — Article 14
    Step("application", "propose", "列入拟认定名单", ("inspection_passed",), "proposed", (CITY,), "14", None, "review.services.notices.propose", (APPLICANT,)),
    Step("application", "not_propose", "未列入拟认定名单", ("inspection_passed",), "not_proposed", (CITY,), "14", None, "review.services.notices.not_propose", (APPLICANT, DISTRICT)),
    Step("notice", "draft", "拟定公示", (), "draft", (CITY,), "14", None, "review.services.notices.draft"),
    Step("notice", "revise", "修改公示稿", ("draft",), "draft", (CITY,), "14", None, "review.services.notices.revise"),
    Step("notice", "publish", "发布公示", ("draft",), "published", (CITY,), "14", None, "review.services.notices.publish", (DISTRICT,)),
    Step("notice", "extend", "延长公示", ("published",), "published", (CITY,), "14", None, "review.services.notices.extend", (DISTRICT,)),
    Step("notice", "correct", "更正公示", ("published",), "published", (CITY,), "14", None, "review.services.notices.correct", (DISTRICT,)),
    Step("application", "publish", "进入公示", ("proposed",), "on_notice", (CITY,), "14", None, "review.services.notices.publish", (APPLICANT,)),
    Step("objection", "file", "提出异议", (), "received", (PUBLIC,), "14", None, "review.services.objections.file", (CITY, OUTSIDER)),
    Step("objection", "register", "登记异议", (), "received", (CITY,), "14", None, "review.services.objections.register", (CITY, OUTSIDER)),
    Step("objection", "investigate", "受理并调查", ("received",), "investigating", (CITY,), "14", Workdays("objection_intake_workdays"), "review.services.objections.investigate", (OUTSIDER,)),
    Step("objection", "treat_as_lead", "作为线索处理", ("received",), "lead", (CITY,), "default", Workdays("objection_intake_workdays"), "review.services.objections.treat_as_lead"),
    Step("objection", "answer", "答复（不涉及公示名单或逾期）", ("received",), "answered", (CITY,), "default", Workdays("objection_intake_workdays"), "review.services.objections.answer", (OUTSIDER,)),
    Step("objection", "find_unfounded", "异议不成立", ("investigating",), "unfounded", (CITY,), "14", Workdays("objection_workdays"), "review.services.objections.find_unfounded", (OUTSIDER, DISTRICT)),
    Step("objection", "find_founded", "异议成立", ("investigating",), "founded", (CITY,), "14", Workdays("objection_workdays"), "review.services.objections.find_founded", (OUTSIDER, DISTRICT)),
    Step("application", "hold", "异议核查，暂停认定", ("on_notice",), "held", (CITY,), "14", None, "review.services.objections.investigate", (APPLICANT,)),
    Step("application", "release", "异议不成立，恢复程序", ("held",), "on_notice", (CITY,), "15", None, "review.services.objections.find_unfounded", (APPLICANT,)),
    Step("application", "uphold_objection", "异议成立，不予认定", ("held",), "objection_upheld", (CITY,), "15", None, "review.services.objections.find_founded", (APPLICANT, DISTRICT)),
    # 集体决策、认定授牌 — Article 15
    Step("meeting", "enter", "录入集体决策", (), "entered", (CITY,), "15", None, "review.services.meetings.enter", (CITY,)),
    Step("meeting", "reject", "退回重新录入", ("entered",), "rejected", (CITY,), "default", None, "review.services.meetings.reject", (CITY,)),
    Step("meeting", "confirm", "复核确认集体决策", ("entered",), "confirmed", (CITY,), "15", None, "review.services.meetings.confirm", (DISTRICT,)),
    Step("meeting", "announce", "公告认定结果", ("confirmed",), "announced", (CITY,), "10", None, "review.services.meetings.announce", (DISTRICT, APPLICANT)),
    Step("application", "certify", "认定", ("on_notice", "deferred"), "certified", (CITY,), "15", None, "review.services.meetings.confirm", (APPLICANT, DISTRICT)),
    Step("application", "decline", "不予认定", ("on_notice", "deferred"), "declined", (CITY,), "15", None, "review.services.meetings.confirm", (APPLICANT, DISTRICT)),
    Step("application", "defer", "暂缓认定", ("on_notice",), "deferred", (CITY,), "15", None, "review.services.meetings.confirm", (APPLICANT, DISTRICT)),
    Step("title", "grant", "授予称号", (), "granted", (CITY,), "15", None, "review.services.meetings.confirm"),
    Step("plaque", "allot", "编制牌匾", (), "allotted", (CITY,), "15", None, "review.services.meetings.confirm"),
    Step("plaque", "issue", "颁发牌匾", ("allotted",), "issued", (CITY,), "15", None, "review.services.plaques.issue", (APPLICANT,)),
    Step("plaque", "receive", "签收牌匾", ("issued",), "received", BOTH, "15", None, "review.services.plaques.receive", (CITY,)),
    Step("plaque", "report_lost", "报告牌匾遗失", ("issued", "received"), "lost", BOTH, "default", None, "review.services.plaques.report_lost", (CITY,)),
    # 原有称号的登记、账号认领 — default
    Step("title_import", "upload", "导入原有称号", (), "uploaded", (CITY,), "default", None, "registry.services.imports.upload", (CITY,)),
    Step("title_import", "confirm", "复核登记原有称号", ("uploaded",), "confirmed", (CITY,), "default", None, "registry.services.imports.confirm", (CITY,)),
    Step("title_import", "reject", "退回重新导入", ("uploaded",), "rejected", (CITY,), "default", None, "registry.services.imports.reject", (CITY,)),
    Step("title", "register", "登记原有称号", (), "granted", (CITY,), "default", None, "registry.services.imports.confirm"),
    Step("plaque", "register", "登记原有牌匾", (), "received", (CITY,), "default", None, "registry.services.imports.confirm"),
    Step("claim", "file", "申请认领单位账号", (), "filed", (PUBLIC,), "default", None, "registry.services.claims.file", (DISTRICT, OUTSIDER)),
    Step("claim", "approve", "核准认领", ("filed",), "approved", (DISTRICT,), "default", Workdays("claim_workdays"), "registry.services.claims.approve"),
    Step("claim", "refuse", "不予核准认领", ("filed",), "refused", (DISTRICT,), "default", Workdays("claim_workdays"), "registry.services.claims.refuse", (OUTSIDER,)),
    # 交接经办人 — default: the organisation, not a person, owns its files
    Step("handover", "hand_over", "交接经办人", (), "handed_over", (SIGNATORY, DISTRICT), "default", None, "applications.services.handover.hand_over", (APPLICANT,)),
    # 称号效力 — Articles 16, 19 and 20
    Step("title", "dissolve", "运营单位终止", ("granted", "renounced"), "dissolved", (CITY,), "default", None, "registry.services.titles.dissolve", (APPLICANT, DISTRICT)),
    Step("title", "renounce", "放弃称号", ("granted",), "renounced", (SIGNATORY,), "default", None, "registry.services.titles.renounce", (CITY, DISTRICT)),
    # 年度总结和计划 — Articles 17 and 18
    Step("annual_report", "create", "填写年度总结和计划", (), "draft", BOTH, "17", None, "supervision.services.reports.create"),
    Step("annual_report", "request_signature", "送签字人确认", ("draft",), "awaiting_signature", BOTH, "17", Until("due_at"), "supervision.services.reports.request_signature", (SIGNATORY,)),
    Step("annual_report", "reopen", "退回修改", ("awaiting_signature",), "draft", BOTH, "default", None, "supervision.services.reports.reopen"),
    Step("annual_report", "submit", "报送年度总结和计划", ("awaiting_signature",), "submitted", (SIGNATORY,), "17", Until("due_at"), "supervision.services.reports.submit", (APPLICANT, DISTRICT)),
    Step("annual_report", "return_for_completion", "退回补充", ("submitted",), "returned", (DISTRICT,), "18", None, "supervision.services.reports.return_for_completion", (APPLICANT,)),
    Step("annual_report", "resubmit", "重新报送", ("returned",), "submitted", (SIGNATORY,), "17", None, "supervision.services.reports.resubmit", (DISTRICT,)),
    Step("annual_report", "accept", "县区接收", ("submitted",), "accepted", (DISTRICT,), "18", Until("district_due_at"), "supervision.services.reports.accept", (APPLICANT,)),
    Step("annual_report", "forward", "报送市局", ("accepted",), "forwarded", (DISTRICT,), "18", Until("district_due_at"), "supervision.services.districts.forward", (APPLICANT,)),
    Step("report_excuse", "file", "说明未按期报送原因", (), "filed", BOTH, "default", None, "supervision.services.excuses.file", (DISTRICT, CITY)),
    Step("report_excuse", "accept", "认可", ("filed",), "accepted", (CITY,), "default", None, "supervision.services.excuses.accept", (APPLICANT,)),
    Step("report_excuse", "refuse", "不予认可", ("filed",), "refused", (CITY,), "default", None, "supervision.services.excuses.refuse", (APPLICANT,)),
    Step("district_report", "forward", "县区报送", (), "forwarded", (DISTRICT,), "18", None, "supervision.services.districts.forward", (CITY,)),
    Step("district_report", "receive", "市局接收", ("forwarded",), "received", (CITY,), "18", None, "supervision.services.districts.receive"),
    # 指导检查 — Article 18
    Step("check", "record", "记录指导检查", (), "recorded", (DISTRICT,), "18", None, "supervision.services.checks.record", (APPLICANT,)),
    Step("check", "follow_up", "复查", ("recorded",), "followed_up", (DISTRICT,), "18", Until("follow_up_due_at"), "supervision.services.checks.follow_up", (APPLICANT,)),
    # 运行测评和整改 — Articles 18 and 19
    Step("evaluation", "commission", "委托测评", (), "commissioned", (CITY,), "18", None, "supervision.services.evaluations.commission", (ASSIGNED,)),
    Step("evaluation", "begin", "声明无利益关系，开始测评", ("commissioned",), "in_progress", (EVALUATOR, EXPERT), "18", Until("due_at"), "supervision.services.evaluations.begin"),
    Step("evaluation", "recuse", "申请回避", ("commissioned", "in_progress"), "recused", (EVALUATOR, EXPERT), "default", None, "supervision.services.evaluations.recuse", (CITY,)),
    Step("evaluation", "reassign", "另行委托", ("recused",), "commissioned", (CITY,), "default", None, "supervision.services.evaluations.reassign", (ASSIGNED,)),
    Step("evaluation", "submit", "提交测评报告", ("in_progress",), "submitted", (EVALUATOR, EXPERT), "18", Until("due_at"), "supervision.services.evaluations.submit", (CITY,)),
    Step("evaluation", "send_back", "退回补充测评", ("submitted",), "in_progress", (CITY,), "default", None, "supervision.services.evaluations.send_back", (ASSIGNED,)),
    Step("evaluation", "conclude_pass", "测评合格", ("submitted",), "passed", (CITY,), "18", None, "supervision.services.evaluations.conclude_pass", (APPLICANT, DISTRICT)),
    Step("evaluation", "conclude_fail", "测评不合格", ("submitted",), "failed", (CITY,), "18", None, "supervision.services.evaluations.conclude_fail", (APPLICANT, DISTRICT)),
    Step("evaluation", "abandon", "终止测评", ("commissioned", "in_progress", "recused"), "abandoned", (CITY,), "default", None, "supervision.services.evaluations.abandon"),
    Step("rectification", "order", "责令限期整改", (), "ordered", (CITY,), "19", None, "supervision.services.rectifications.order", (APPLICANT, DISTRICT)),
    Step("rectification", "report", "提交整改报告", ("ordered",), "reported", BOTH, "19", Until("due_at"), "supervision.services.rectifications.report", (CITY, DISTRICT)),
    Step("rectification", "send_back", "退回补充整改", ("reported",), "ordered", (CITY,), "default", None, "supervision.services.rectifications.send_back", (APPLICANT,)),
    Step("rectification", "pass_recheck", "整改达标", ("reported",), "passed", (CITY,), "19", Workdays("recheck_workdays"), "supervision.services.rectifications.pass_recheck", (APPLICANT, DISTRICT)),
    Step("rectification", "find_failing", "整改仍不达标", ("ordered", "reported"), "failed", (CITY,), "19", None, "supervision.services.rectifications.find_failing", (APPLICANT, DISTRICT)),
    # 公共服务活动 — Article 19
    Step("activity", "announce", "发布公共服务活动", (), "announced", (CITY,), "19", None, "supervision.services.activities.announce"),
    Step("activity", "call_off", "取消活动", ("announced",), "called_off", (CITY,), "default", None, "supervision.services.activities.call_off"),
    Step("activity", "conclude", "活动办结", ("announced",), "concluded", (CITY,), "19", None, "supervision.services.activities.conclude"),
    Step("invitation", "serve", "送达邀请", (), "served", (CITY,), "19", None, "supervision.services.invitations.serve", (APPLICANT,)),
    Step("invitation", "ask_leave", "请假", ("served",), "leave_asked", BOTH, "default", None, "supervision.services.invitations.ask_leave", (CITY,)),
    Step("invitation", "refuse_leave", "不予准假", ("leave_asked",), "served", (CITY,), "default", None, "supervision.services.invitations.refuse_leave", (APPLICANT,)),
    Step("invitation", "excuse", "准假（不计缺席）", ("served", "leave_asked", "absent"), "excused", (CITY,), "default", None, "supervision.services.invitations.excuse", (APPLICANT,)),
    Step("invitation", "present", "登记出席", ("served", "leave_asked"), "present", (CITY,), "19", None, "supervision.services.invitations.present"),
    Step("invitation", "absent", "登记无故缺席", ("served", "leave_asked"), "absent", (CITY,), "19", None, "supervision.services.invitations.absent", (APPLICANT,)),
    Step("invitation", "correct", "更正出席登记", ("present", "absent", "excused"), "served", (CITY,), "default", None, "supervision.services.invitations.correct", (APPLICANT,)),
    # 变更备案 — Article 20
    Step("change", "file", "变更备案", (), "filed", BOTH, "20", None, "supervision.services.changes.file", (DISTRICT, CITY)),
    Step("change", "return_for_correction", "退回补正", ("filed", "checked"), "returned", (DISTRICT, CITY), "default", None, "supervision.services.changes.return_for_correction", (APPLICANT,)),
    Step("change", "refile", "补正后重新报备", ("returned",), "filed", BOTH, "20", None, "supervision.services.changes.refile", (DISTRICT, CITY)),
    Step("change", "withdraw", "撤回备案", ("filed", "returned", "checked"), "withdrawn", BOTH, "default", None, "supervision.services.changes.withdraw", (DISTRICT, CITY)),
    Step("change", "examine", "县区核对", ("filed",), "checked", (DISTRICT,), "20", Workdays("change_check_workdays"), "supervision.services.changes.examine", (CITY,)),
    Step("change", "register", "备案并更新名录", ("filed", "checked"), "registered", (CITY,), "20", None, "supervision.services.changes.register", (APPLICANT, DISTRICT)),
    Step("change", "refuse", "不予备案", ("filed", "checked"), "refused", (CITY,), "default", None, "supervision.services.changes.refuse", (APPLICANT, DISTRICT)),
    Step("change", "refer", "提请集体决策", ("filed", "checked"), "referred", (CITY,), "20", None, "supervision.services.operators.refer", (APPLICANT, DISTRICT)),
    Step("change", "approve_operator", "同意变更运营单位", ("referred",), "registered", (CITY,), "20", None, "supervision.services.resolutions.confirm", (APPLICANT, DISTRICT)),
    Step("change", "refuse_operator", "不同意变更运营单位", ("referred",), "refused", (CITY,), "20", None, "supervision.services.resolutions.confirm", (APPLICANT, DISTRICT)),
    Step("title", "amend", "变更登记", ("granted",), "granted", (CITY,), "20", None, "supervision.services.changes.register"),
    Step("title", "change_operator", "变更运营单位", ("granted",), "granted", (CITY,), "20", None, "supervision.services.resolutions.confirm"),
    # 取消、撤销 — Articles 16 and 19
    Step("ending", "open", "启动取消（撤销）程序", (), "opened", (CITY,), "default", None, "supervision.services.endings.open"),
    Step("ending", "notify", "送达事先告知书", ("opened",), "notified", (CITY,), "default", None, "supervision.services.endings.notify", (APPLICANT, DISTRICT)),
    Step("ending", "reply", "陈述申辩", ("notified",), "replied", BOTH, "default", Until("reply_due_at"), "supervision.services.endings.reply", (CITY,)),
    Step("ending", "refer", "提请集体决策", ("notified", "replied"), "referred", (CITY,), "default", None, "supervision.services.endings.refer"),
    Step("ending", "drop", "终止程序", ("opened", "notified", "replied"), "dropped", (CITY,), "default", None, "supervision.services.endings.drop", (APPLICANT, DISTRICT)),
    Step("resolution", "enter", "录入监督事项集体决策", (), "entered", (CITY,), "default", None, "supervision.services.resolutions.enter", (CITY,)),
    Step("resolution", "reject", "退回重新录入", ("entered",), "rejected", (CITY,), "default", None, "supervision.services.resolutions.reject", (CITY,)),
    Step("resolution", "confirm", "复核确认集体决策", ("entered",), "confirmed", (CITY,), "default", None, "supervision.services.resolutions.confirm"),
    Step("ending", "decide_cancellation", "决定取消称号", ("referred",), "decided", (CITY,), "19", None, "supervision.services.resolutions.confirm"),
    Step("ending", "decide_revocation", "决定撤销称号", ("referred",), "decided", (CITY,), "16", None, "supervision.services.resolutions.confirm"),
    Step("ending", "keep", "决定不予取消（撤销）", ("referred",), "kept", (CITY,), "default", None, "supervision.services.resolutions.confirm", (APPLICANT, DISTRICT)),
    Step("ending", "announce", "公告取消（撤销）决定", ("decided",), "announced", (CITY,), "default", None, "supervision.services.endings.announce", (APPLICANT, DISTRICT)),
    Step("ending", "stay", "决定停止执行", ("decided", "announced"), "stayed", (CITY,), "default", None, "supervision.services.endings.stay", (APPLICANT, DISTRICT)),
    Step("ending", "resume", "决定恢复执行", ("stayed",), "announced", (CITY,), "default", None, "supervision.services.endings.resume", (APPLICANT, DISTRICT)),
    Step("ending", "resume_unannounced", "恢复执行未公告的决定", ("stayed",), "decided", (CITY,), "default", None, "supervision.services.endings.resume", (APPLICANT, DISTRICT)),
    Step("ending", "overturn", "决定被撤销，恢复称号", ("decided", "announced", "stayed"), "overturned", (CITY,), "default", None, "supervision.services.endings.overturn", (APPLICANT, DISTRICT)),
    Step("title", "cancel", "取消称号", ("granted", "renounced"), "cancelled", (CITY,), "19", None, "supervision.services.resolutions.confirm", (APPLICANT, DISTRICT)),
    Step("title", "revoke", "撤销称号", ("granted", "renounced", "dissolved"), "revoked", (CITY,), "16", None, "supervision.services.resolutions.confirm", (APPLICANT, DISTRICT)),
    Step("title", "stay", "称号处理决定停止执行", ("cancelled", "revoked"), "stayed", (CITY,), "default", None, "supervision.services.endings.stay"),
    Step("title", "resume_cancellation", "恢复执行取消决定", ("stayed",), "cancelled", (CITY,), "19", None, "supervision.services.endings.resume"),
    Step("title", "resume_revocation", "恢复执行撤销决定", ("stayed",), "revoked", (CITY,), "16", None, "supervision.services.endings.resume"),
    Step("title", "restore", "恢复称号", ("cancelled", "revoked", "stayed"), "granted", (CITY,), "default", None, "supervision.services.endings.overturn"),
    Step("title", "restore_renounced", "恢复为放弃称号", ("cancelled", "revoked"), "renounced", (CITY,), "default", None, "supervision.services.endings.overturn"),
    Step("title", "restore_dissolved", "恢复为运营单位终止", ("revoked",), "dissolved", (CITY,), "default", None, "supervision.services.endings.overturn"),
    Step("plaque", "recall", "责令交回牌匾", ("allotted", "issued", "received", "lost"), "recalled", (CITY,), "19", None, "supervision.services.resolutions.confirm", (APPLICANT,)),
    Step("plaque", "order_back", "因撤销责令交回牌匾", ("allotted", "issued", "received", "lost"), "recalled", (CITY,), "default", None, "supervision.services.resolutions.confirm", (APPLICANT,)),
    Step("plaque", "recover", "收回牌匾", ("recalled",), "recovered", (CITY, DISTRICT), "default", Until("return_due_at"), "supervision.services.plaques.recover", (APPLICANT, CITY)),
    Step("plaque", "declare_void", "逾期未交回，公告作废", ("recalled",), "void", (CITY,), "default", None, "supervision.services.plaques.declare_void", (APPLICANT, DISTRICT)),
    Step("plaque", "give_back", "发还牌匾", ("recovered", "recalled", "void"), "issued", (CITY,), "default", None, "supervision.services.endings.overturn", (APPLICANT,)),
    # 社会监督 — Article 21
    Step("complaint", "file", "提交投诉举报", (), "received", (PUBLIC,), "21", None, "review.services.complaints.file", (CITY, OUTSIDER)),
    Step("complaint", "register", "登记投诉举报", (), "received", (CITY,), "21", None, "review.services.complaints.register", (CITY, OUTSIDER)),
    Step("complaint", "handle", "受理办理", ("received",), "handling", (CITY,), "21", Workdays("complaint_intake_workdays"), "review.services.complaints.handle", (OUTSIDER,)),
    Step("complaint", "answer", "答复", ("received", "handling"), "answered", (CITY,), "21", Workdays("complaint_workdays"), "review.services.complaints.answer", (OUTSIDER,)),
    Step("disclosure", "open", "经办人查看来件人信息", (), "opened", (CITY,), "default", None, "review.services.identities.open_identity"),
    Step("disclosure", "inspect", "审计监察查看来件人信息", (), "opened", (AUDITOR,), "21", None, "review.services.identities.open_identity"),
)
# fmt: on

BY_KEY: dict[str, Step] = {step.key: step for step in STEPS}


def step_of(subject: str, name: str) -> Step:
    """The row of a step. Raises KeyError when the table has none."""
    return BY_KEY[f"{subject}.{name}"]


def steps_of(subject: str) -> tuple[Step, ...]:
    """The rows of one life in the order of the table."""
    return tuple(step for step in STEPS if step.subject == subject)


def subjects() -> tuple[str, ...]:
    """The names of all lives, in the order in which the law first mentions them."""
    return tuple(dict.fromkeys(step.subject for step in STEPS))


def states_of(subject: str) -> tuple[str, ...]:
    """The states of one life in the order of the table."""
    rows = steps_of(subject)
    return tuple(dict.fromkeys(state for row in rows for state in (*row.sources, row.target)))
