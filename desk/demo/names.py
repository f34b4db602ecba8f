"""Who lives in the demo city: invented organisations, persons and words. Every body's name begins with 示例."""

from dataclasses import dataclass

from regulation.identifiers import make_credit_code, organisation_digit

MARK = "示例"
# The character that stands first in a credit code, by kind: 1 public institutions, 5 social organisations, 9 enterprises.
_AUTHORITY = {
    "enterprise": "91", "institution": "12", "association": "51", "non_enterprise": "52", "research": "12", "other": "91",
}  # fmt: skip


def code_of(registered: str, organisation: str) -> str:
    """A valid credit code from its first eight characters and the eight of the organisation code, both check digits right."""
    return make_credit_code(f"{registered}{organisation}{organisation_digit(organisation)}")


@dataclass(frozen=True)
class Body:
    """One invented organisation: ``kit`` names what it serves with (``desk.demo.content.KITS``)."""

    number: int
    name: str
    kind: str
    district: str
    platform: str
    kit: str
    address: str

    @property
    def credit_code(self) -> str:
        """A valid credit code of its own."""
        return code_of(f"{_AUTHORITY[self.kind]}530100", f"DM{self.number:06d}")

    @property
    def representative(self) -> str:
        """The legal representative, who signs."""
        return person(self.number * 2)

    @property
    def clerk(self) -> str:
        """Who fills in the application."""
        return person(self.number * 2 + 1)


# fmt: off
_ROWS: tuple[tuple[str, str, str, str, str, str], ...] = (
    # short name, kind, district, platform, kit, road
    ("滇创企业服务有限公司", "enterprise", "panlong", "滇创中小企业综合服务平台", "training", "北京路"),
    ("盘江产业孵化有限公司", "enterprise", "panlong", "盘江创业孵化服务平台", "startup", "白云路"),
    ("金汁河数字科技有限公司", "enterprise", "panlong", "金汁河数字化转型服务平台", "digital", "穿金路"),
    ("东风财税咨询有限公司", "enterprise", "panlong", "东风财税与融资服务平台", "financing", "东风东路"),
    ("盘龙江中小企业促进会", "association", "panlong", "盘龙江企业互助服务平台", "talent", "龙泉路"),
    ("龙泉检测技术有限公司", "enterprise", "panlong", "龙泉检验检测公共服务平台", "green", "霖雨路"),
    ("翠湖知识产权服务有限公司", "enterprise", "wuhua", "翠湖知识产权服务平台", "training", "翠湖北路"),
    ("五华软件园管理有限公司", "enterprise", "wuhua", "五华软件产业公共服务平台", "digital", "学府路"),
    ("莲华生产力促进中心", "institution", "wuhua", "莲华生产力促进服务平台", "training", "一二一大街"),
    ("西苑创业服务有限公司", "enterprise", "wuhua", "西苑小微企业双创平台", "startup", "普吉路"),
    ("官渡会展商务有限公司", "enterprise", "guandu", "官渡市场开拓服务平台", "digital", "关上中路"),
    ("宝象河物流信息有限公司", "enterprise", "guandu", "宝象河供应链信息平台", "digital", "彩云北路"),
    ("螺蛳湾商贸服务有限公司", "enterprise", "guandu", "螺蛳湾商贸企业服务平台", "training", "珥季路"),
    ("矣六创业孵化有限公司", "enterprise", "guandu", "矣六创业服务平台", "startup", "广福路"),
    ("西山文化创意有限公司", "enterprise", "xishan", "西山文创企业服务平台", "startup", "滇池路"),
    ("碧鸡环保技术研究院", "research", "xishan", "碧鸡绿色制造服务平台", "green", "春雨路"),
    ("马街工业设计有限公司", "enterprise", "xishan", "马街工业设计服务平台", "training", "人民西路"),
    ("东川矿业技术服务有限公司", "enterprise", "dongchuan", "东川矿冶技术服务平台", "green", "白云街"),
    ("铜都企业管理咨询有限公司", "enterprise", "dongchuan", "铜都管理咨询服务平台", "financing", "古铜路"),
    ("呈贡大学科技园有限公司", "enterprise", "chenggong", "呈贡大学科技成果转化平台", "startup", "祥园街"),
    ("斗南花卉产业服务有限公司", "enterprise", "chenggong", "斗南花卉产业服务平台", "digital", "兴呈路"),
    ("雨花人力资源有限公司", "enterprise", "chenggong", "雨花人力资源服务平台", "talent", "雨花路"),
    ("晋宁磷化工技术中心", "institution", "jinning", "晋宁磷化工技术服务平台", "green", "昆阳街"),
    ("古滇文旅服务有限公司", "enterprise", "jinning", "古滇文旅企业服务平台", "training", "环湖南路"),
    ("富民农产品加工服务有限公司", "enterprise", "fumin", "富民农产品加工服务平台", "training", "环城南路"),
    ("宜良食品产业服务有限公司", "enterprise", "yiliang", "宜良食品产业服务平台", "training", "匡远街"),
    ("石林文旅创业服务中心", "non_enterprise", "shilin", "石林创业就业服务平台", "startup", "阿诗玛路"),
    ("嵩明职教产业服务有限公司", "enterprise", "songming", "嵩明产教融合服务平台", "talent", "嵩阳路"),
    ("杨林装备技术服务有限公司", "enterprise", "songming", "杨林装备制造技术平台", "training", "空港大道"),
    ("禄劝乡村产业服务有限公司", "enterprise", "luquan", "禄劝乡村产业服务平台", "training", "掌鸠河路"),
    ("寻甸特色产业服务有限公司", "enterprise", "xundian", "寻甸特色产业服务平台", "digital", "凤梧路"),
    ("仁德中小企业服务中心", "institution", "xundian", "仁德中小企业服务平台", "financing", "月秀路"),
    ("安宁钢铁产业服务有限公司", "enterprise", "anning", "安宁冶金产业服务平台", "green", "连然街"),
    ("连然企业融资服务有限公司", "enterprise", "anning", "连然融资服务平台", "financing", "大屯路"),
    ("高新生物医药孵化器有限公司", "enterprise", "gaoxin", "高新生物医药孵化平台", "startup", "海源中路"),
    ("科医路检验检测有限公司", "enterprise", "gaoxin", "科医路医药检测服务平台", "green", "科医路"),
    ("昌源数字技术有限公司", "enterprise", "gaoxin", "昌源工业互联网服务平台", "digital", "昌源北路"),
    ("经开装备制造协会", "association", "jingkai", "经开装备制造协作平台", "training", "春漫大道"),
    ("信息产业基地服务有限公司", "enterprise", "jingkai", "信息产业基地服务平台", "digital", "信息产业路"),
    ("洛羊企业孵化有限公司", "enterprise", "jingkai", "洛羊中小企业孵化平台", "startup", "经景路"),
    ("度假区康养产业服务有限公司", "enterprise", "dianchi", "度假区康养企业服务平台", "training", "滇池度假区怡景路"),
    ("滇池生态技术研究所", "research", "dianchi", "滇池生态技术服务平台", "green", "迎海路"),
    ("阳宗海文旅商务服务有限公司", "enterprise", "yangzonghai", "阳宗海文旅企业服务平台", "training", "汤池街"),
    ("空港跨境电商服务有限公司", "enterprise", "konggang", "空港跨境电商服务平台", "digital", "空港大道"),
    ("大板桥供应链服务有限公司", "enterprise", "konggang", "大板桥供应链服务平台", "financing", "云瑞西路"),
    ("长水人才服务有限公司", "enterprise", "konggang", "长水人才公共服务平台", "talent", "文林街"),
)
# Had titles or bans before the system: brought into the book by the city, without people until these claim their account.
_OLD_ROWS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("昆机电产业服务有限公司", "enterprise", "xishan", "昆机电产业服务平台", "training", "昆州路"),
    ("昆阳建材技术服务中心", "institution", "jinning", "昆阳建材技术服务平台", "training", "永乐大街"),
    ("草铺化工咨询有限公司", "enterprise", "anning", "草铺化工咨询服务平台", "green", "麒麟路"),
    ("石林农特产品服务有限公司", "enterprise", "shilin", "石林农特产品服务平台", "digital", "龙泉路"),
    ("小街家具产业服务有限公司", "enterprise", "songming", "小街家具产业服务平台", "training", "小街路"),
)
EXPERTS: tuple[tuple[str, str, str], ...] = (
    # employer, field, professional title
    ("示例省企业联合会", "企业管理", "高级经济师"),
    ("示例大学经济管理学院", "产业经济", "教授"),
    ("示例理工学院", "信息技术", "教授"),
    ("示例会计师事务所", "财务审计", "注册会计师"),
    ("示例律师事务所", "法律服务", "律师"),
    ("示例科学技术情报研究院", "科技服务", "研究员"),
    ("示例质量监督检测研究院", "质量标准", "正高级工程师"),
    ("示例职业经理人研究会", "人力资源", "高级人力资源管理师"),
    ("示例创业导师联盟", "创业孵化", "高级创业指导师"),
    ("示例节能协会", "绿色发展", "高级工程师"),
    ("示例金融研究院", "金融服务", "高级经济师"),
    ("示例工业互联网研究院", "数字化转型", "高级工程师"),
)
INSPECTORS = ("示例企业服务中心", "示例技术转移中心", "示例评估事务所", "示例行业促进会")
_SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_GIVEN = (
    "建华", "晓梅", "志强", "丽娟", "云峰", "海燕", "文斌", "雪梅", "国庆", "春霞", "立新", "玉兰", "昆生", "秀英", "永康",
    "红梅", "学军", "桂芳", "俊杰", "慧敏", "明辉", "静怡", "家宝", "思源", "子涵", "一鸣", "佳宁", "浩然", "若曦",
)  # fmt: skip
# fmt: on

BODIES: tuple[Body, ...] = tuple(
    Body(number, f"{MARK}{name}", kind, district, f"{MARK}{platform}", kit, f"{road}{number * 7 % 190 + 8}号")
    for number, (name, kind, district, platform, kit, road) in enumerate((*_ROWS, *_OLD_ROWS), 1)
)
# Those who registered themselves.
REGISTERED = BODIES[: len(_ROWS)]


def person(number: int) -> str:
    """An invented name; numbers up to some fourteen hundred give different ones."""
    return f"{_SURNAMES[number % len(_SURNAMES)]}{_GIVEN[number % len(_GIVEN)]}"
