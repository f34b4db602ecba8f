"""The sections of 附件1 as data. The attachment is not published with the text: every field rests on an article or is a default."""

from dataclasses import dataclass

from applications.schema.fields import YES, Field, Kind
from regulation.claims import CLAIMS
from regulation.functions import FUNCTIONS, FunctionRule


@dataclass(frozen=True)
class Group:
    """Fields that stand under one legend."""

    legend: str
    fields: tuple[Field, ...]
    cite: str = ""


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    key: str
    title: str
    hint: str
    groups: tuple[Group, ...]
    intro: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the page."""
        return tuple(field for group in self.groups for field in group.fields)

    def field(self, key: str) -> Field:
        """The field of this key. Raises KeyError."""
        return {field.key: field for field in self.fields}[key]


def _claim(key: str, hint: str = "") -> Field:
    rule = CLAIMS[key]
    return Field(
        key,
        f"是否{rule.label}",
        Kind.YES_NO,
        help=hint or f"证明：{rule.evidence}。",
        article=rule.citation,
        claim=True,
    )


RENEWAL = ("round", ("renewal",))
LEASED = ("tenure", ("leased", "both"))
SANCTIONED = ("sanctioned", (YES,))
ONLINE = ("online_means", (YES,))

# fmt: off
IDENTITY = Section("identity", "单位基本信息", "平台名称、成立日期、联系人、首次或再次申报", (
    Group("服务平台", (
        Field("platform_name", "平台名称", help="可以与运营单位名称不同，认定后印在牌匾上。", article="7(2)", max_length=120),
        Field("founded_on", "运营单位成立日期", Kind.DATE, article="7(2)"),
        Field("started_on", "平台启动服务日期", Kind.DATE, help="平台成立须满两年，自启动服务之日算至申报截止日。", article="7(2)"),
        Field("registered_capital", "注册资本（开办资金）", Kind.MONEY, "万元", required=False),
        _claim("legal_person"),
        _claim("service_qualification"),
    )),
    Group("联系人", (
        Field("contact_name", "联系人姓名", max_length=60),
        Field("contact_position", "职务", required=False, max_length=60),
        Field("contact_mobile", "手机号码", Kind.MOBILE, max_length=20),
        Field("contact_phone", "固定电话", Kind.PHONE, required=False, max_length=30),
        Field("contact_email", "电子邮箱", Kind.EMAIL, max_length=120),
    )),
    Group("申报经历", (
        Field("round", "本次申报", Kind.CHOICE, article="16", choices=(("first", "首次申报"), ("renewal", "有效期满再次申报"))),
        Field("earlier_document", "原认定文号", when=RENEWAL, article="16", max_length=60),
        Field("earlier_valid_to", "原有效期止", Kind.DATE, when=RENEWAL, article="16"),
        Field("sanctioned", "是否曾被取消或者撤销称号", Kind.YES_NO, article="19"),
        Field("sanction_note", "取消或者撤销的情况", Kind.LONG, help="写明时间、文号、原因。", when=SANCTIONED, article="19", max_length=500),
    )),
))
FINANCE = Section("finance", "资产与财务", "上年末资产、上年度收入和服务收支、信用情况", (
    Group("上年末和上年度数据", (
        Field("total_assets", "上年末资产总额", Kind.MONEY, "万元", "按上年末资产负债表填写。", article="7(2)"),
        Field("liabilities", "上年末负债总额", Kind.MONEY, "万元"),
        Field("net_assets", "上年末净资产", Kind.MONEY, "万元", minimum=None),
        Field("revenue", "上年度营业收入", Kind.MONEY, "万元"),
        Field("service_income", "其中：服务收入", Kind.MONEY, "万元", article="9(3)"),
        Field("service_cost", "其中：服务支出", Kind.MONEY, "万元", article="9(3)"),
        Field("net_profit", "上年度净利润（收支结余）", Kind.MONEY, "万元", "亏损填负数。", minimum=None),
        _claim("good_finances"),
    )),
    Group("信用情况", (
        Field("credit_checked_on", "信用中国查询日期", Kind.DATE, article="7(2)"),
        Field("abnormal", "是否列入经营异常名录", Kind.YES_NO, article="7(2)"),
        Field("dishonest", "是否列入严重违法失信名单", Kind.YES_NO, article="7(2)"),
        _claim("good_credit"),
    )),
))
PREMISES = Section("premises", "服务场地与设施", "面积、自有或租赁、仪器设备", (
    Group("服务场所", (
        _claim("premises"),
        Field("area", "服务场所面积", Kind.AREA, "平方米", article="7(4)"),
        Field("tenure", "使用方式", Kind.CHOICE, article="9(2)", choices=(("owned", "自有"), ("leased", "租赁"), ("both", "部分自有、部分租赁"))),
        Field("lease_from", "租期起", Kind.DATE, when=LEASED, article="9(2)"),
        Field("lease_to", "租期止", Kind.DATE, when=LEASED, article="9(2)"),
    )),
    Group("设施和仪器设备", (
        _claim("equipment", "证明：设施设备清单。"),
        Field("equipment_count", "仪器设备数量", Kind.INT, "台（套）", article="7(4)"),
        Field("equipment_value", "仪器设备原值", Kind.MONEY, "万元", article="7(4)"),
        Field("facilities", "主要设施说明", Kind.LONG, required=False, article="7(4)", max_length=1000),
    )),
))
SERVICE = Section("service", "服务规模与满意度", "三年服务企业数、“专精特新”、满意度、公益性服务量", (
    Group("服务中小企业数", (
        Field("smes_last_year", "上年度服务中小企业数", Kind.INT, "家", "按统一社会信用代码去重，不含个体工商户；与清单不一致时两数并列，由主管部门核对。", article="7(3)"),
        Field("smes_year_before", "前一年度服务中小企业数", Kind.INT, "家", "尚未开展服务的填 0。", article="7(3)"),
        Field("smes_two_years_before", "再前一年度服务中小企业数", Kind.INT, "家", "尚未开展服务的填 0。", article="7(3)"),
        Field("specialised_smes", "上年度服务“专精特新”中小企业数", Kind.INT, "家", article="7(3)"),
    )),
    Group("用户满意度", (
        Field("satisfaction", "用户满意度（自评）", Kind.PERCENT, "%", "县区随机抽查结束后，以抽查结果为准。", article="7(3)"),
        Field("satisfaction_method", "调查方式", help="例如：2025年12月问卷调查，发出 120 份，收回 110 份。", article="7(3)"),
    )),
    Group("上年度服务量", (
        Field("service_unit", "计量单位", help="三个数用同一单位，例如：次、人次、小时。", article="7(5)", max_length=10),
        Field("total_services", "总服务量", Kind.INT, article="7(5)"),
        Field("free_services", "其中：公益性服务量", Kind.INT, article="7(5)"),
        Field("low_fee_services", "其中：低收费服务量", Kind.INT, help="与公益性服务不重复计数。", article="7(5)"),
    )),
    Group("服务方向和影响", (
        _claim("key_industries"),
        Field("key_industries_note", "服务的重点产业和方式", Kind.LONG, article="7(3)", max_length=1000),
        _claim("reputation"),
    )),
))
MANAGEMENT = Section("management", "管理制度与人员", "制度、流程、收费、团队、规划目标", (
    Group("制度和目标", (
        _claim("good_management"), _claim("management_rules"), _claim("service_process"), _claim("fee_standard"),
        _claim("quality_assurance"), _claim("development_plan"), _claim("yearly_targets"),
    )),
    Group("管理团队和人员", (
        _claim("management_team"),
        Field("staff_total", "从业人员总数", Kind.INT, "人", article="7(6)"),
        Field("full_time_staff", "其中：专职服务人员", Kind.INT, "人", article="7(6)"),
        Field("qualified_staff", "专职中本科及以上学历或中级及以上职称人员", Kind.INT, "人", "同时具备的只计一人。", article="7(6)"),
        Field("mentors", "创业导师", Kind.INT, "人", "申报创业服务功能的填写。", required=False, article="9(6)"),
    )),
))
RESOURCES = Section("resources", "资源合作与信息化", "签约机构、院校协会合作、线上服务手段", (
    Group("社会服务资源", (
        Field("institutions_in_force", "签约专业服务机构数", Kind.INT, "家", "申报截止日协议有效、不含本单位。", article="7(7)"),
        _claim("cooperation"),
        Field("cooperation_note", "合作的院校、科研院所、行业协会", Kind.LONG, article="7(7)", max_length=1000),
    )),
    Group("信息化服务手段", (
        _claim("online_means"),
        Field("online_url", "网站、小程序或系统地址", Kind.URL, when=ONLINE, article="7(8)"),
        Field("online_note", "主要功能和更新情况", Kind.LONG, when=ONLINE, article="7(8)", max_length=1000),
    )),
))
NARRATIVE = Section("narrative", "申请报告正文", "基本情况、服务情况、3 至 5 个案例、规划和目标", (
    Group("一、平台基本情况", (
        Field("basics", "运营主体、组织机构、制度、流程、收费和质量保证", Kind.LONG, article="9(1)"),
    )),
    Group("二、提供服务情况", (
        Field("services", "服务对象、服务功能、主要活动、公益性服务、资源集聚", Kind.LONG, article="9(1)"),
    )),
    Group("三、服务成效", (
        Field("results", "经济和社会效益", Kind.LONG, article="9(1)"),
        *(Field(f"case_{n}", f"典型案例{n}", Kind.LONG, help="企业需求、服务过程、取得的成效，800 字以内。", required=n <= 3, article="9(1)", max_length=800) for n in range(1, 6)),
    )),
    Group("四、发展规划和年度服务目标", (
        Field("plan", "发展规划", Kind.LONG, article="7(5)"),
        Field("targets", "年度服务目标", Kind.LONG, help="可以考核的数量目标，认定后每年对照总结。", article="7(5)"),
    )),
))
UNDERTAKING = Section("undertaking", "真实性承诺", "由经办人先行核对，签字人提交时确认", (
    Group("本单位承诺", (
        Field("truthful", "填报内容和所附材料真实、完整、合法，复印件与原件一致；如有不实，承担相应责任", Kind.TICK),
        Field("lawful", "申报期间无隐瞒的重大违法违规行为，不存在《办法》第十九条三年内不得再次申报的情形", Kind.TICK, article="19"),
        Field("consent", "同意主管部门核查材料、随机抽查服务企业满意度、现场核查，并依法公示平台名称和运营单位", Kind.TICK, article="14"),
    )),
))
# fmt: on

FIGURES = {
    "enterprises": ("上年度服务企业数", Kind.INT, "家"),
    "activities": ("上年度开展活动", Kind.INT, "次"),
    "person_times": ("上年度培训", Kind.INT, "人次"),
    "financed": ("上年度帮助融资总额", Kind.MONEY, "万元"),
    "guaranteed": ("上年度新增担保额", Kind.MONEY, "万元"),
}
FIGURES_OF = {
    "information": ("enterprises", "activities"),
    "training": ("person_times",),
    "financing": ("activities", "financed", "guaranteed"),
}


def figures_of(function: str) -> tuple[str, ...]:
    """Which figures the item of Art. 8 asks of a function."""
    return FIGURES_OF.get(function, ("activities",))


def _function(rule: FunctionRule) -> Group:
    declared = (f"{rule.key}.declared", (YES,))
    money = ("financed", "guaranteed")
    fields = [
        Field(f"{rule.key}.declared", f"申报{rule.label}功能", Kind.TICK, required=False, article=rule.citation),
        Field(f"{rule.key}.distinctive", "作为特色服务功能申报", Kind.TICK, required=False, when=declared, article="8"),
    ]
    for name in figures_of(rule.key):
        label, kind, unit = FIGURES[name]
        hint = "融资总额和担保额填写一项即可，没有的留空。" if name in money else ""
        fields.append(
            Field(f"{rule.key}.{name}", label, kind, unit, hint, name not in money, rule.citation, when=declared)
        )
    for item in rule.preconditions:
        hint = f"证明：{item.evidence}。"
        fields.append(
            Field(
                f"{rule.key}.{item.key}", f"是否{item.label}", Kind.YES_NO, help=hint, article=rule.citation,
                when=declared, claim=True,
            )
        )  # fmt: skip
    fields.append(
        Field(f"{rule.key}.note", "服务内容和方式", Kind.LONG, required=False, when=declared, max_length=1000)
    )
    return Group(rule.label, tuple(fields), cite=rule.citation)


FUNCTIONS_SECTION = Section(
    "functions",
    "服务功能",
    "勾选申报的功能并填写上年度数据",
    tuple(_function(rule) for rule in FUNCTIONS.values()),
    intro="两项以上功能达标，或者一项达标并作为特色申报，即符合第八条。未达标的功能不影响其他功能。",
)

SECTIONS: tuple[Section, ...] = (
    IDENTITY, FINANCE, PREMISES, SERVICE, FUNCTIONS_SECTION, MANAGEMENT, RESOURCES, NARRATIVE, UNDERTAKING,
)  # fmt: skip
BY_KEY: dict[str, Section] = {section.key: section for section in SECTIONS}


def declared_functions(data: dict[str, str]) -> tuple[str, ...]:
    """The functions ticked in the raw data of the section, in the order of Art. 8."""
    return tuple(key for key in FUNCTIONS if data.get(f"{key}.declared") == YES)
