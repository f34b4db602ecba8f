"""The questions of the self-check as data, read by the very fields of the application form; no threshold stands here."""

from dataclasses import dataclass, replace

from applications.schema import BY_KEY, Field, Group, Kind, Section, figures_of
from applications.schema.fields import DEFAULT
from regulation.claims import CLAIMS
from regulation.functions import FUNCTIONS, FunctionRule

SHOWN, STATED, LACKING, UNKNOWN = "shown", "stated", "no", "unknown"
PROOF = ((SHOWN, "有证明"), (STATED, "缺证明"), (LACKING, "不具备"), (UNKNOWN, "不清楚"))
UNITS = tuple((unit, unit) for unit in ("次", "人次", "小时", "件", "家"))


@dataclass(frozen=True)
class Question(Group):
    """One question: one or several fields, the item of the regulation behind it (``cite``), and a word of advice."""

    advice: str = ""


@dataclass(frozen=True)
class Part:
    """One section of the page: its heading and how many questions stand in it."""

    title: str
    questions: int


PARTS = (Part("一、单位和平台", 3), Part("二、服务业绩", 5), Part("三、场所和制度", 2), Part("四、人员和资源", 4))
FUNCTIONS_PART = "五、服务功能"


def sheet(year: int) -> Section:
    """All questions as one section of a form; ``year`` is the last calendar year, the one the figures are asked for."""
    functions = (_function(rule, year) for rule in FUNCTIONS.values())
    return Section("self_check", "三分钟自测", "", (*_questions(year), *functions))


# fmt: off
def _questions(year: int) -> tuple[Question, ...]:
    years = zip(("smes_last_year", "smes_year_before", "smes_two_years_before"), (year, year - 1, year - 2), strict=True)
    volume = (("total_services", "总服务量"), ("free_services", "其中：公益性服务量"), ("low_fee_services", "其中：低收费服务量"))
    return (
        _asked("7(2)", "平台什么时候启动服务", "平台开始为中小企业提供服务的日期，不是单位成立的日期。", _field("identity", "started_on", "平台启动服务日期")),
        _asked("7(2)", f"{year}年末资产总额是多少", "按资产负债表填写。", _field("finance", "total_assets", "资产总额")),
        _claims("7(2)", "单位的基本情况", "legal_person", "service_qualification", "good_management", "good_finances", "good_credit"),
        _asked("7(3)", "近三年每年服务多少家中小企业", "一家企业服务多次计一家，个体工商户、大型企业不计；还没有开展服务的年度填 0。", *(_field("service", name, f"{one}年") for name, one in years)),
        _asked("7(3)", f"{year}年服务的企业中有多少家“专精特新”中小企业", "", _field("service", "specialised_smes", "“专精特新”中小企业")),
        _asked("7(3)", "用户满意度是多少", "自己调查的结果；申报后由县区随机抽查。", _field("service", "satisfaction", "用户满意度")),
        _claims("7(3)", "服务方向和影响", "key_industries", "reputation"),
        _asked("7(5)", f"{year}年服务量是多少", "三个数用同一计量单位；公益性与低收费不重复计数。",
               Field("service_unit", "计量单位", Kind.CHOICE, choices=UNITS), *(_field("service", name, label) for name, label in volume)),
        _claims("7(4)", "场所和设施设备", "premises", "equipment"),
        _claims("7(5)", "制度、流程、收费和规划", "management_rules", "service_process", "fee_standard", "quality_assurance", "development_plan", "yearly_targets"),
        _asked("7(6)", "有多少专职服务人员", "学历和职称两者都有的只计一人。", _field("management", "full_time_staff", "专职服务人员"),
               _field("management", "qualified_staff", "其中本科及以上学历或者中级及以上职称的")),
        _claims("7(6)", "管理团队", "management_team"),
        _asked("7(7)", "签约了多少家专业服务机构", "申报截止日协议有效、不含本单位，一家计一次。", _field("resources", "institutions_in_force", "签约专业服务机构")),
        _claims("", "合作和信息化", "cooperation", "online_means"),
    )
# fmt: on


def _asked(citation: str, legend: str, advice: str, *fields: Field) -> Question:
    return Question(legend, fields, citation, advice)


def _field(section: str, key: str, label: str) -> Field:
    """The field of the application form in plainer words; advice and article stand at the question."""
    return replace(BY_KEY[section].field(key), label=label, help="", article=DEFAULT, when=None)


def _claims(citation: str, legend: str, *keys: str) -> Question:
    fields = tuple(_proof(key, CLAIMS[key].label, CLAIMS[key].evidence) for key in keys)
    if not citation:  # statements of several items say each its own
        fields = tuple(replace(one, article=CLAIMS[one.key].citation) for one in fields)
    return Question(legend, fields, citation)


def _proof(key: str, label: str, evidence: str) -> Field:
    return Field(key, label, Kind.CHOICE, help=f"证明：{evidence}。", choices=PROOF)


def _function(rule: FunctionRule, year: int) -> Question:
    form = BY_KEY["functions"]
    keys = (*("declared", "distinctive"), *figures_of(rule.key))
    plain = [replace(form.field(f"{rule.key}.{name}"), article=DEFAULT, when=None) for name in keys]
    dated = [replace(one, label=one.label.replace("上年度", f"{year}年")) for one in plain]
    proofs = [_proof(f"{rule.key}.{item.key}", item.label, item.evidence) for item in rule.preconditions]
    return Question(rule.label, (*dated, *proofs), rule.citation)
