"""The questions of the self-check as data, read by the very fields of the application form; no threshold stands here."""

from dataclasses import dataclass, replace

from applications.schema import BY_KEY, Field, Group, Kind, Section, figures_of
from regulation.claims import CLAIMS
from regulation.functions import FUNCTIONS, FunctionRule

SHOWN, STATED, LACKING, UNKNOWN = "shown", "stated", "no", "unknown"
PROOF = ((SHOWN, "有证明"), (STATED, "缺证明"), (LACKING, "不具备"), (UNKNOWN, "不清楚"))
UNITS = tuple((unit, unit) for unit in ("次", "人次", "小时", "件", "家"))


@dataclass(frozen=True)
class Part:
    """One section of the page: its heading and the questions in it, by their keys."""

    title: str
    keys: tuple[str, ...]


FUNCTIONS_PART = "五、服务功能"
PARTS = (
    Part("一、单位和平台", ("age", "assets", "operator")),
    Part("二、服务业绩", ("served", "specialised", "satisfaction", "standing", "volume")),
    Part("三、场所和制度", ("premises", "rules")),
    Part("四、人员和资源", ("staff", "team", "institutions", "resources")),
)


def sheet(year: int) -> Section:
    """All questions as one section of a form; ``year`` is the last calendar year, the one the figures are asked for."""
    asked = _questions(year).values()
    return Section("self_check", "三分钟自测", "", (*asked, *(_function(rule, year) for rule in FUNCTIONS.values())))


def _questions(year: int) -> dict[str, Group]:
    # fmt: off
    return {
        "age": Group("平台什么时候启动服务", (_field("identity", "started_on", "平台启动服务日期", "平台开始为中小企业提供服务的日期，不是单位成立日期。"),)),
        "assets": Group("资产有多少", (_field("finance", "total_assets", f"{year}年末资产总额", "按资产负债表填写，可以到小数点后六位。"),)),
        "operator": _claims("单位的基本情况", "legal_person", "service_qualification", "good_management", "good_finances", "good_credit"),
        "served": Group("近三年每年服务多少家中小企业", tuple(
            _field("service", name, f"{year - back}年", "一家企业服务多次计一家，个体工商户、大型企业不计。" if back == 0 else "还没有开展服务的填 0。")
            for back, name in enumerate(("smes_last_year", "smes_year_before", "smes_two_years_before"))
        )),
        "specialised": Group(f"{year}年服务的企业中有多少家“专精特新”中小企业", (_field("service", "specialised_smes", "“专精特新”中小企业"),)),
        "satisfaction": Group("用户满意度是多少", (_field("service", "satisfaction", "用户满意度", "自己调查的结果；申报后由县区随机抽查。"),)),
        "standing": _claims("服务方向和影响", "key_industries", "reputation"),
        "volume": Group(f"{year}年服务量是多少", (
            Field("service_unit", "计量单位", Kind.CHOICE, help="三个数用同一单位。", article="7(5)", choices=UNITS),
            *(_field("service", name, label) for name, label in (
                ("total_services", "总服务量"), ("free_services", "其中：公益性服务量"), ("low_fee_services", "其中：低收费服务量"),
            )),
        )),
        "premises": _claims("场所和设施设备", "premises", "equipment"),
        "rules": _claims("制度、流程、收费和规划", "management_rules", "service_process", "fee_standard", "quality_assurance", "development_plan", "yearly_targets"),
        "staff": Group("有多少专职服务人员", (
            _field("management", "full_time_staff", "专职服务人员"),
            _field("management", "qualified_staff", "其中本科及以上学历或者中级及以上职称的", "两者都有的只计一人。"),
        )),
        "team": _claims("管理团队", "management_team"),
        "institutions": Group("签约了多少家专业服务机构", (_field("resources", "institutions_in_force", "签约专业服务机构", "申报截止日协议有效、不含本单位，一家计一次。"),)),
        "resources": _claims("合作和信息化", "cooperation", "online_means"),
    }
    # fmt: on


def _field(section: str, key: str, label: str, help_text: str = "") -> Field:
    """The field of the application form in plainer words."""
    return replace(BY_KEY[section].field(key), label=label, help=help_text, when=None)


def _claims(legend: str, *keys: str) -> Group:
    return Group(
        legend, tuple(_proof(key, CLAIMS[key].label, CLAIMS[key].evidence, CLAIMS[key].citation) for key in keys)
    )


def _proof(key: str, label: str, evidence: str, citation: str) -> Field:
    return Field(key, label, Kind.CHOICE, help=f"证明：{evidence}。", article=citation, choices=PROOF)


def _function(rule: FunctionRule, year: int) -> Group:
    form = BY_KEY["functions"]
    ticks = [replace(form.field(f"{rule.key}.{name}"), when=None) for name in ("declared", "distinctive")]
    figures = [form.field(f"{rule.key}.{name}") for name in figures_of(rule.key)]
    asked = [
        replace(one, label=one.label.replace("上年度", f"{year}年"), article="default", when=None) for one in figures
    ]
    proofs = [
        replace(_proof(f"{rule.key}.{item.key}", item.label, item.evidence, rule.citation), article="default")
        for item in rule.preconditions
    ]
    return Group(
        rule.label, (*(replace(tick, article="default") for tick in ticks), *asked, *proofs), cite=rule.citation
    )
