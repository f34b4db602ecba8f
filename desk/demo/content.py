"""What an invented application says: sections and lists that agree with each other, larger or smaller by the organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from applications import facts
from applications.models import Application
from desk.demo import names
from desk.demo.names import Body
from regulation.functions import FUNCTIONS

Rows = list[dict[str, Any]]

# fmt: off
KITS: dict[str, tuple[str, ...]] = {
    "training":  ("information", "technology", "training"),
    "startup":   ("information", "startup"),
    "digital":   ("market", "digital", "information"),
    "financing": ("financing", "consulting"),
    "green":     ("technology", "green", "consulting"),
    "talent":    ("training", "talent"),
}
# Activities a year and persons at each.
ACTIVITIES: dict[str, tuple[int, int]] = {
    "information": (6, 60), "technology": (5, 30), "startup": (7, 45), "training": (12, 95), "financing": (8, 40),
    "consulting": (5, 20), "market": (5, 35), "digital": (6, 40), "green": (4, 25), "talent": (6, 80),
}
TOPICS: dict[str, str] = {
    "information": "惠企政策宣讲会", "technology": "产学研技术对接会", "startup": "创业项目路演", "training": "中小企业经营管理培训班",
    "financing": "银企对接会", "consulting": "管理诊断入企服务", "market": "产品展销对接会", "digital": "数字化转型诊断活动",
    "green": "节能诊断服务", "talent": "重点企业专场招聘会",
}
TRADES = ("精密机械", "生物科技", "食品", "电子", "新材料", "花卉园艺", "环保设备", "包装印刷", "智能装备", "中药饮片", "建筑材料", "软件")
CITIES = ("滇中", "春城", "昆磨", "金马", "碧鸡", "云岭", "红土", "高原", "彩云", "南诏", "茶马", "七彩", "盘龙", "玉案", "长虫山")
SERVICES = ("政策咨询与申报辅导", "数字化诊断", "财税法律咨询", "检验检测", "员工技能培训", "融资对接", "市场推广", "知识产权代理")
# fmt: on


@dataclass(frozen=True)
class Figures:
    """How large the case is, so that no two cases are alike; all meet the thresholds of Art. 7."""

    last_year: int
    year_before: int
    two_before: int
    specialised: int
    staff: int
    qualified: int
    services: int
    satisfaction: str


def figures_of(body: Body) -> Figures:
    """The figures of an organisation, always the same ones."""
    size = 105 + body.number * 37 % 56
    staff = 18 + body.number * 5 % 8
    before = size * 100 // (113 + body.number * 3 % 12)
    return Figures(
        last_year=size,
        year_before=before,
        two_before=before * 9 // 10,
        specialised=3 + body.number % 6,
        staff=staff,
        qualified=staff - 2 - body.number % 2,
        services=480 + body.number * 11 % 300,
        satisfaction=f"{90 + body.number % 9}.{body.number % 10}",
    )


def sections(application: Application, body: Body, changes: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The raw texts of every section; ``changes`` replace single fields."""
    last = facts.closing_day(application).year - 1
    texts = {
        "identity": _identity(body, last),
        "finance": _finance(body, last),
        "premises": _premises(body, last),
        "service": _service(body, last),
        "functions": _functions(body),
        "management": _management(body),
        "resources": _resources(body),
        "narrative": _narrative(body, last),
        "undertaking": dict.fromkeys(("truthful", "lawful", "consent"), "yes"),
    }
    return {key: texts[key] | changes.get(key, {}) for key in texts}


def _identity(body: Body, last: int) -> dict[str, str]:
    return {
        "platform_name": body.platform, "founded_on": f"{last - 6 - body.number % 9}-03-01",
        "started_on": f"{last - 4 - body.number % 3}-06-01", "registered_capital": str(300 + body.number * 20),
        "legal_person": "yes", "service_qualification": "yes", "contact_name": body.clerk, "contact_position": "平台主任",
        "contact_mobile": mobile(body, 1), "contact_phone": f"0871-6{body.number * 7919 % 9000000 + 1000000}",
        "contact_email": f"contact{body.number:02d}@example.com", "round": "first", "sanctioned": "no",
    }  # fmt: skip


def mobile(body: Body, line: int) -> str:
    """A telephone of the organisation itself, different from those of its clients."""
    return f"138{body.number:04d}{line:04d}"


def _finance(body: Body, last: int) -> dict[str, str]:
    assets = 320 + body.number * 41 % 900
    return {
        "total_assets": f"{assets}.60", "liabilities": str(assets // 3), "net_assets": f"{assets - assets // 3}.60",
        "revenue": str(assets * 2), "service_income": str(assets * 3 // 2), "service_cost": str(assets),
        "net_profit": f"{assets // 12}.30", "good_finances": "yes", "credit_checked_on": f"{last + 1}-03-10", "abnormal": "no",
        "dishonest": "no", "good_credit": "yes",
    }  # fmt: skip


def _premises(body: Body, last: int) -> dict[str, str]:
    return {
        "premises": "yes", "area": str(420 + body.number * 13 % 800), "tenure": "leased", "lease_from": f"{last - 1}-01-01",
        "lease_to": f"{last + 4}-12-31", "equipment": "yes", "equipment_count": "12", "equipment_value": "85.6",
        "facilities": "服务大厅、路演厅、实训室、洽谈室，配有会议系统、检测和培训设备。",
    }  # fmt: skip


def _service(body: Body, last: int) -> dict[str, str]:
    size = figures_of(body)
    return {
        "smes_last_year": str(size.last_year), "smes_year_before": str(size.year_before),
        "smes_two_years_before": str(size.two_before), "specialised_smes": str(size.specialised),
        "satisfaction": size.satisfaction, "satisfaction_method": f"{last}年12月问卷调查，发出{size.last_year}份，收回{size.last_year - 9}份",
        "service_unit": "次", "total_services": str(size.services), "free_services": str(size.services // 5),
        "low_fee_services": str(size.services // 10), "key_industries": "yes",
        "key_industries_note": "围绕生物医药、先进装备制造、新材料和绿色食品等重点产业，提供入企诊断和专项辅导。", "reputation": "yes",
    }  # fmt: skip


def _functions(body: Body) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key in KITS[body.kit]:
        times, persons = ACTIVITIES[key]
        texts[f"{key}.declared"] = "yes"
        texts |= {f"{key}.{item.key}": "yes" for item in FUNCTIONS[key].preconditions}
        if key == "information":
            texts |= {"information.enterprises": str(figures_of(body).last_year), "information.activities": str(times)}
        elif key == "training":
            texts["training.person_times"] = str(times * persons)
        else:
            texts[f"{key}.activities"] = str(times)
    if "financing" in KITS[body.kit]:
        texts["financing.financed"] = "64000"
    return texts


def _management(body: Body) -> dict[str, str]:
    size = figures_of(body)
    stated = (
        "good_management", "management_rules", "service_process", "fee_standard", "quality_assurance", "development_plan",
        "yearly_targets", "management_team",
    )  # fmt: skip
    return dict.fromkeys(stated, "yes") | {
        "staff_total": str(size.staff + 4), "full_time_staff": str(size.staff), "qualified_staff": str(size.qualified),
        "mentors": "3" if body.kit == "startup" else "0",
    }  # fmt: skip


def _resources(body: Body) -> dict[str, str]:
    return {
        "institutions_in_force": "4", "cooperation": "yes",
        "cooperation_note": "与示例大学、示例理工学院、示例行业协会签订合作协议，共建专家库和实训基地。", "online_means": "yes",
        "online_url": f"https://platform{body.number:02d}.example.cn",
        "online_note": "企业服务小程序：在线诊断、政策匹配、活动报名和服务评价，每周更新。",
    }  # fmt: skip


def _narrative(body: Body, last: int) -> dict[str, str]:
    size = figures_of(body)
    return {
        "basics": f"{body.platform}由{body.name}建设运营，设综合部、服务部、技术部，建有服务流程、收费标准和质量保证制度。",
        "services": f"{last}年服务中小企业{size.last_year}家，其中“专精特新”中小企业{size.specialised}家，公益性和低收费服务占三成。",
        "results": f"带动服务企业新增产值约{size.last_year * 12}万元，稳定就业{size.last_year * 9}人。",
        "case_1": "帮助示例精密机械企业完成产线数字化改造，交付周期缩短三成。",
        "case_2": "辅导示例生物科技企业通过质量体系认证并获得银行授信。",
        "case_3": "为示例食品企业组织订单对接，新增省外客户十二家。",
        "plan": "三年内建成覆盖重点产业链的服务网络，专家库达到一百人。",
        "targets": f"每年服务企业{size.last_year + 20}家，开展活动二十场，满意度保持在百分之九十以上。",
    }  # fmt: skip


def lists(application: Application, body: Body, *, staff: int = 0) -> dict[str, Rows]:
    """The typed rows of every list; ``staff`` replaces the number of full-time staff."""
    return rows_of(body, facts.closing_day(application).year - 1, staff=staff)


def rows_of(body: Body, last: int, *, staff: int = 0) -> dict[str, Rows]:
    """The rows of every list when ``last`` is the last calendar year."""
    return {
        "served": list(_served(body, last)),
        "staff": [_member(body, n) for n in range(1, (staff or figures_of(body).staff) + 1)],
        "institutions": [_institution(body, last, n) for n in range(1, 5)],
        "activities": list(_activities(body, last)),
        **({"financing": list(_financing(body, last))} if "financing" in KITS[body.kit] else {}),
        "services": list(_services(body, last)),
        "equipment": [
            {"name": name, "model": f"SL-{n}", "quantity": 3, "value": Decimal("214000.00")}
            for n, name in enumerate(("会议直播系统", "移动实训平台", "检测分析仪", "机架服务器"), 1)
        ],
        "qualifications": [
            {"name": "民办职业培训学校办学许可证", "issuer": "示例市人力资源和社会保障局", "level": "市级", "issued_on": date(last - 3, 5, 1)},
            {"name": "示例省中小企业服务机构诚信单位", "issuer": "示例省企业联合会", "level": "省级", "issued_on": date(last - 1, 9, 1)},
        ],
    }  # fmt: skip


def client_code(body: Body, n: int) -> str:
    """The valid credit code of the n-th client of an organisation."""
    return names.code_of("91530100", f"C{body.number:02d}{n:05d}")


# Who has something in common with whom, so that officers have questions to ask: a client, a telephone, the file of a contract.
SHARES = {3: 5}
SHARED_PAPER = "institution_contracts"


def owner_of(body: Body, document: str) -> int:
    """Whose copy of a paper the organisation hands in: its own, but for the one that it shares."""
    return SHARES.get(body.number, body.number) if document == SHARED_PAPER else body.number


def _served(body: Body, last: int) -> Iterator[dict[str, Any]]:
    """The clients of three years; of an organisation that shares, the last two of last year are partly another one's."""
    rows = list(_clients(body, last))
    if other := SHARES.get(body.number):
        known, size = next(_clients(names.BODIES[other - 1], last)), figures_of(body).last_year
        rows[size - 1] |= {"name": known["name"], "credit_code": known["credit_code"], "contact": known["contact"]}
        rows[size - 2]["phone"] = known["phone"]
    yield from rows


def _clients(body: Body, last: int) -> Iterator[dict[str, Any]]:
    size = figures_of(body)
    function = "information" if "information" in KITS[body.kit] else KITS[body.kit][0]
    for back, count in enumerate((size.last_year, size.year_before, size.two_before)):
        for n in range(1, count + 1):
            yield {
                "year": last - back, "name": client_name(body, n), "credit_code": client_code(body, n),
                "size": ("small", "micro", "small", "medium")[n % 4], "is_specialised": n <= size.specialised,
                "functions": [function], "served_on": date(last - back, n % 12 + 1, n % 28 + 1),
                "service": SERVICES[n % len(SERVICES)], "fee": Decimal(0 if n % 5 else 1500),
                "contact": names.person(body.number * 31 + n), "phone": f"139{body.number:04d}{n:04d}", "email": "",
            }  # fmt: skip


def client_name(body: Body, n: int) -> str:
    """The name of the n-th client, different for each client of one organisation."""
    trade = TRADES[n % len(TRADES)]
    return f"示例{CITIES[(n + body.number) % len(CITIES)]}{trade}有限公司（{n:03d}）"


def _member(body: Body, n: int) -> dict[str, Any]:
    qualified = n <= figures_of(body).qualified
    return {
        "name": names.person(400 + body.number * 22 + n), "is_full_time": True,
        "education": ("bachelor", "master", "bachelor")[n % 3] if qualified else "below_bachelor",
        "professional_title": "middle" if n <= 8 else "none", "position_held": ("服务专员", "咨询师", "培训师", "工程师")[n % 4],
        "is_mentor": body.kit == "startup" and n <= 3,
    }  # fmt: skip


def _institution(body: Body, last: int, n: int) -> dict[str, Any]:
    kinds = ("律师事务所", "税务师事务所", "知识产权代理有限公司", "检测认证有限公司")
    return {
        "name": f"示例{CITIES[(body.number + n) % len(CITIES)]}{kinds[n - 1]}", "credit_code": client_code(body, 90000 + n),
        "service": "专业服务合作", "starts_on": date(last, 1, 1), "ends_on": date(last + 4, 12, 31),
    }  # fmt: skip


def _activities(body: Body, last: int) -> Iterator[dict[str, Any]]:
    for function in KITS[body.kit]:
        times, participants = ACTIVITIES[function]
        for n in range(1, times + 1):
            yield {
                "function": function, "name": f"第{n}期{TOPICS[function]}", "held_on": date(last, n, 15),
                "participants": participants, "enterprises": participants // 2,
            }  # fmt: skip


def _financing(body: Body, last: int) -> Iterator[dict[str, Any]]:
    """Loans that add up to the declared 640 million yuan."""
    banks = ("示例银行昆明分行", "示例农村商业银行", "示例融资租赁公司")
    for n in range(1, 81):
        yield {
            "name": client_name(body, n), "credit_code": client_code(body, n), "arranged_on": date(last, n % 12 + 1, n % 28 + 1),
            "is_guarantee": False, "amount": Decimal("8000000.00"), "provider": banks[n % 3],
            "product": ("流动资金贷款", "知识产权质押贷款", "设备融资租赁")[n % 3],
        }  # fmt: skip


def _services(body: Body, last: int) -> Iterator[dict[str, Any]]:
    """The declared volume by kind of charge."""
    total = figures_of(body).services
    free, low_fee = total // 5, total // 10
    for service, charge, quantity, standard in (
        ("惠企政策咨询", "free", free - free // 3, "免费"), ("创业辅导", "free", free // 3, "免费"),
        ("数字化诊断", "low_fee", low_fee, "每次500元，市场价2000元"), ("检验检测", "paid", total - free - low_fee, "按合同"),
    ):  # fmt: skip
        yield {
            "year": last, "service": service, "charge": charge, "quantity": quantity, "unit": "次", "fee_standard": standard,
        }  # fmt: skip
