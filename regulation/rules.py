"""The table of dated parameters: one row per value. Read it beside the regulation; nothing else holds a number."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from regulation.articles import REVISION_2022, article_label
from regulation.wording import quantity

_KINDS = {"int": int, "money": Decimal, "share": Fraction, "text": str}
Value = int | Decimal | Fraction | str

DEFAULT = "default"


@dataclass(frozen=True)
class Rule:
    """One value from a date on. ``article`` is the article that says it (7 or "7(2)"), or ``DEFAULT``."""

    name: str
    label: str
    value: Value
    unit: str
    article: str
    basis: str
    since: date = REVISION_2022.in_force_from

    @property
    def is_default(self) -> bool:
        """Whether the value is a default an official may change, not the words of an article."""
        return self.article == DEFAULT

    @property
    def article_label(self) -> str:
        """第七条第（二）项, or 默认规则."""
        return "默认规则" if self.is_default else article_label(self.article)

    @property
    def shown(self) -> str:
        """The value as people read it: 200万元, 80%, 10个工作日."""
        if isinstance(self.value, str):
            return TEXT_VALUES.get(self.value, f"{self.value}{self.unit}")
        return quantity(self.value, self.unit)

    def as_json(self) -> dict[str, Any]:
        """A JSON-serialisable row; exact values travel as text with their kind."""
        kind = next(kind for kind, python in _KINDS.items() if type(self.value) is python)
        return {
            "name": self.name, "label": self.label, "kind": kind, "value": str(self.value), "unit": self.unit,
            "article": self.article, "basis": self.basis, "since": self.since.isoformat(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Rule":
        """The rule ``as_json`` wrote. Raises KeyError or ValueError for anything else."""
        value = _KINDS[row["kind"]](row["value"])
        return cls(
            row["name"],
            row["label"],
            value,
            row["unit"],
            row["article"],
            row["basis"],
            date.fromisoformat(row["since"]),
        )


TEXT_VALUES = {
    "last_over_before": "上年度比前一年度",
    "each_year": "近两年每年均达到",
    "two_year_total": "两年累计",
    "yearly_average": "两年年均",
    "corresponding_day": "起始日之后相应年数的对应日",
    "day_before": "对应日的前一日",
}


# fmt: off
RULES: tuple[Rule, ...] = (
    # 第七条 基本条件
    Rule("platform_years", "服务平台成立年限", 2, "年", "7(2)", "服务平台成立两年以上；默认自平台启动服务之日起算，至申报截止日"),
    Rule("min_assets", "资产总额", Decimal("2000000.00"), "元", "7(2)", "资产总额不低于人民币200万元；默认取上年末资产负债表"),
    Rule("min_smes", "年服务中小企业数", 100, "家", "7(3)", "年服务中小企业100家以上；默认按统一社会信用代码去重，个体工商户另列不计"),
    Rule("min_specialised", "其中“专精特新”中小企业数", 3, "家", "7(3)", "“专精特新”中小企业3家以上"),
    Rule("min_satisfaction", "用户满意度", Fraction(4, 5), "", "7(3)", "用户满意度在80%以上；默认县区抽查结束后以抽查满意度为准"),
    Rule("min_growth", "近两年服务中小企业数量增长", Fraction(1, 10), "", "7(3)", "近两年服务中小企业数量增长10%以上"),
    Rule("growth_reading", "“近两年增长”的算法", "last_over_before", "", DEFAULT, "条文未定算法；默认上年度比前一年度，收集三年数据并列示其他算法"),
    Rule("min_public_share", "公益性或低收费服务占比", Fraction(1, 5), "", "7(5)", "公益性服务或低收费服务不少于总服务量的20%；默认两数同一计量单位"),
    Rule("min_staff", "专职服务人员数", 15, "人", "7(6)", "从事为中小企业服务的专职人员不少于15人"),
    Rule("min_qualified_share", "本科及以上学历和中级及以上职称人员比例", Fraction(4, 5), "", "7(6)", "比例不低于80%；默认按人员并集计算，不重复计数"),
    Rule("min_institutions", "签约专业服务机构数", 3, "家", "7(7)", "聚集（签约）社会化专业服务机构3家以上；默认申报截止日有效、去重、不含自身"),
    # 第八条 服务功能
    Rule("several_functions", "“多种服务功能”的功能数", 2, "项", DEFAULT, "第八条“多种”未定数量；默认两项及以上达标"),
    Rule("distinctive_functions", "“特色服务功能”的功能数", 1, "项", "8", "或在某一方面具有特色服务功能；默认一项达标并声明为特色"),
    Rule("information_enterprises", "信息服务：年服务企业数", 100, "家", "8(1)", "年服务企业数量100家以上"),
    Rule("information_activities", "信息服务：年活动次数", 5, "次", "8(1)", "年开展相关服务活动5次以上"),
    Rule("technology_activities", "技术服务：年活动次数", 3, "次", "8(2)", "年开展相关服务活动3次以上"),
    Rule("startup_activities", "创业服务：年活动次数", 5, "次", "8(3)", "年开展相关服务活动5次以上"),
    Rule("training_person_times", "培训服务：年培训人次", 1000, "人次", "8(4)", "年培训1000人次以上"),
    Rule("financing_activities", "融资服务：年活动次数", 6, "次", "8(5)", "年开展相关服务活动6次以上"),
    Rule("financing_amount", "融资服务：年帮助融资总额", Decimal("500000000.00"), "元", "8(5)", "帮助中小企业融资总额5亿元以上"),
    Rule("financing_guarantees", "融资服务：年新增担保额", Decimal("1500000000.00"), "元", "8(5)", "年新增担保额15亿元以上；默认活动次数与金额同时满足，两项金额任一"),
    Rule("consulting_activities", "咨询服务：年活动次数", 3, "次", "8(6)", "年开展相关服务活动3次以上"),
    Rule("market_activities", "市场开拓服务：年活动次数", 3, "次", "8(7)", "年开展相关服务活动3次以上"),
    Rule("digital_activities", "数字化赋能服务：年活动次数", 3, "次", "8(8)", "年开展相关服务活动3次以上"),
    Rule("green_activities", "绿色发展服务：年活动次数", 3, "次", "8(9)", "年开展相关服务活动3次以上"),
    Rule("talent_activities", "人力资源服务：年活动次数", 3, "次", "8(10)", "年开展相关服务活动3次以上"),
    # 第九条 申报材料
    Rule("min_cases", "申请报告典型案例数下限", 3, "个", DEFAULT, "附件1未随文公布；默认服务成效列3至5个案例"),
    Rule("max_cases", "申请报告典型案例数上限", 5, "个", DEFAULT, "附件1未随文公布；默认服务成效列3至5个案例"),
    # 第十、十一条 申报与初审
    Rule("calls_per_year", "每年申报次数", 1, "次", "10", "每年组织开展一次市级示范平台申报、公告工作"),
    Rule("accept_workdays", "受理期限", 5, "个工作日", DEFAULT, "条文未定；默认收到申报后5个工作日内受理或一次性告知补正"),
    Rule("correction_workdays", "补正期限", 5, "个工作日", DEFAULT, "条文未定；默认自退回次日起5个工作日，逾期按最后一版审理"),
    Rule("intake_workdays", "市级受理期限", 5, "个工作日", DEFAULT, "条文未定；默认收到县区推荐后5个工作日内受理或退回"),
    Rule("sample_share", "满意度随机抽查比例", Fraction(1, 10), "", "11", "按不低于10%的比例进行满意度随机抽查"),
    Rule("min_valid_share", "有效答卷占抽样框比例", Fraction(1, 10), "", DEFAULT, "默认有效答卷亦达抽样框的10%；样本用尽时可说明理由豁免"),
    Rule("reserve_share", "备用样本与样本之比", Fraction(1), "", DEFAULT, "默认备用样本与样本等量，用于替换无法联系或拒访的企业"),
    # 第十二、十三条 评审与核查
    Rule("experts_per_case", "每件评审专家数", 3, "人", DEFAULT, "条文未定；默认每件不少于3名专家独立评分"),
    Rule("conflict_years", "利益冲突追溯年限", 3, "年", DEFAULT, "条文未定；默认三年内同单位、签约机构、客户、导师关系须回避"),
    Rule("recommendation_floor", "列入推荐认定名单的最低分", Decimal("60.00"), "分", DEFAULT, "第十二条择优，未设分数线；默认低于60分的须书面说明理由方可列入"),
    Rule("min_inspectors", "现场核查人数", 2, "人", DEFAULT, "条文未定；默认核查组不少于2人"),
    Rule("clarification_workdays", "现场核查说明期限", 5, "个工作日", DEFAULT, "条文未定；默认自要求说明次日起5个工作日，逾期按未说明处理"),
    # 第十四条 公示
    Rule("notice_workdays", "公示期", 10, "个工作日", "14", "公示期不少于10个工作日；默认首尾两日均计入"),
    Rule("notice_start_workdays", "公示起始日距门户发布日", 1, "个工作日", DEFAULT, "默认门户网站发布后的下一个工作日为公示首日"),
    Rule("objections_per_day_per_ip", "同一来源每日网上异议数上限", 5, "件", DEFAULT, "防止刷量；超出者请改用书面、来访或电话方式"),
    Rule("lookup_failures_per_day_per_ip", "同一来源每日公开查询不符次数上限", 20, "次", DEFAULT, "防止猜测编号；核验称号、查询进度合并计算，超出者次日再查或电话查询"),
    Rule("objection_intake_workdays", "异议受理期限", 5, "个工作日", DEFAULT, "条文未定；默认收到异议后5个工作日内决定是否受理"),
    Rule("objection_workdays", "异议调查期限", 15, "个工作日", DEFAULT, "条文未定；默认受理后15个工作日内调查核实并答复"),
    # 原有称号单位的账号认领
    Rule("claim_workdays", "账号认领核实期限", 5, "个工作日", DEFAULT, "条文未定；默认收到认领申请后5个工作日内核实并答复"),
    Rule("claims_per_day_per_ip", "同一来源每日账号认领申请数上限", 5, "件", DEFAULT, "防止冒领和刷量；超出者次日再提交，或者联系县(市)区主管部门"),
    # 第十六至二十条 管理和监督
    Rule("title_years", "认定有效期", 3, "年", "16", "认定有效期为三年"),
    Rule("title_end_rule", "有效期截止日的算法", "corresponding_day", "", DEFAULT, "条文未定；默认截止于三年后的对应日（含当日）"),
    Rule("platform_report_month", "平台年度报告截止月", 1, "月底", "17", "每年1月底前报送上年度工作总结和当年工作计划"),
    Rule("district_report_month", "县区年度报告截止月", 2, "月底", "18", "每年2月底前报送市工业和信息化局"),
    Rule("reminder_days", "年度报告催报日", "30、15、7、3、1", "天", DEFAULT, "条文未定；默认在1月31日和2月最后一日之前、之后各30、15、7、3、1天催报，错过的并入最近一次"),
    Rule("evaluation_workdays", "运行测评期限", 30, "个工作日", DEFAULT, "第十八条未定；默认自委托次日起30个工作日内提交测评报告，委托时可另定日期"),
    Rule("rectification_workdays", "限期整改的期限", 30, "个工作日", DEFAULT, "第十九条“限期”未定日数；默认自责令次日起不少于30个工作日"),
    Rule("recheck_workdays", "整改复查期限", 10, "个工作日", DEFAULT, "条文未定；默认收到整改报告后10个工作日内复查"),
    Rule("activity_reminder_days", "公共服务活动提醒日", "7、3、1", "天", DEFAULT, "条文未定；默认活动前7、3、1天提醒受邀平台，活动后1、3、7天仍未办结的提醒市局，错过的并入最近一次"),
    Rule("follow_up_reminder_days", "指导检查复查提醒日", "7、3、1", "天", DEFAULT, "条文未定；默认复查期限之前、之后各7、3、1天提醒县区，错过的并入最近一次"),
    Rule("unexcused_absences", "“多次不参加”的次数", 2, "次", DEFAULT, "第十九条“多次”未定数量；默认一个有效期内2次无故缺席省市活动"),
    Rule("ban_years", "取消后不得再次申报年限", 3, "年", "19", "三年内不得再次申报认定"),
    Rule("reply_workdays", "陈述申辩期限", 5, "个工作日", DEFAULT, "条文未定；默认自送达事先告知书次日起5个工作日"),
    Rule("plaque_return_workdays", "牌匾交回期限", 10, "个工作日", DEFAULT, "第十九条收回牌匾，未定期限；默认自决定生效次日起10个工作日"),
    Rule("reconsideration_days", "申请行政复议期限", 60, "日", DEFAULT, "办法未定；按《行政复议法》自知道该行政行为之日起六十日"),
    Rule("litigation_months", "提起行政诉讼期限", 6, "个月", DEFAULT, "办法未定；按《行政诉讼法》自知道作出行政行为之日起六个月"),
    Rule("change_filing_workdays", "重大变更备案期限", 10, "个工作日", "20", "更改完成后10个工作日内备案；自完成次日起算"),
    Rule("change_check_workdays", "变更备案县区核对期限", 5, "个工作日", DEFAULT, "条文未定；默认收到备案后5个工作日内核对，期满市局可以直接办理"),
    # 第二十一条 社会监督
    Rule("complaints_per_day_per_ip", "同一来源每日网上投诉举报数上限", 5, "件", DEFAULT, "防止刷量；超出者请改用书面、来访或电话方式"),
    Rule("complaint_intake_workdays", "投诉举报受理期限", 5, "个工作日", DEFAULT, "条文未定；默认收到后5个工作日内开始办理"),
    Rule("complaint_workdays", "投诉举报答复期限", 30, "个工作日", DEFAULT, "条文未定；默认开始办理后30个工作日内核实并答复"),
)
# fmt: on
