"""附件2 推荐汇总表: the row of one recommendation as it was then, and the rows of one district and call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, QuerySet

from accounts import formats
from accounts.actors import Actor
from accounts.models import District, Role
from applications.models import Application, Call
from regulation import growth
from regulation.facts import Facts
from regulation.functions import FUNCTIONS
from review.models import Measurement, Recommendation
from review.selectors import assessment
from review.selectors import sampling as samples


@dataclass(frozen=True)
class Column:
    """One column of 附件2; ``width`` in characters for the workbook."""

    key: str
    label: str
    num: bool = False
    width: int = 10


# fmt: off
COLUMNS: tuple[Column, ...] = (
    Column("platform", "平台名称", width=26),
    Column("operator", "运营单位", width=26),
    Column("credit_code", "统一社会信用代码", width=22),
    Column("started_on", "启动服务日期", width=13),
    Column("assets", "资产总额（万元）", True, 14),
    Column("functions", "服务功能", width=24),
    Column("staff", "专职服务人员（人）", True),
    Column("qualified", "学历职称达标比例", True),
    Column("served_before", "前一年度服务中小企业（家）", True),
    Column("served_last", "上年度服务中小企业（家）", True),
    Column("growth", "增长率", True),
    Column("specialised", "其中“专精特新”（家）", True),
    Column("institutions", "签约机构（家）", True),
    Column("public_share", "公益、低收费服务占比", True),
    Column("required", "应抽查（家）", True),
    Column("drawn", "实抽查（家）", True),
    Column("reached", "有效答复（份）", True),
    Column("satisfied", "满意（份）", True),
    Column("satisfaction", "抽查满意度", True),
    Column("basic", "基本条件测评", width=12),
    Column("operation", "运营情况测评", width=12),
    Column("performance", "服务业绩测评", width=12),
    Column("opinion", "推荐意见", width=30),
    Column("contact", "联系人及电话", width=22),
    Column("remarks", "备注", width=24),
)
# fmt: on


def in_force(district: District, call: Call) -> QuerySet[Recommendation]:
    """The recommendations of one district for one call that were not taken back, in the district's order."""
    return Recommendation.objects.filter(
        district=district, call=call, recommended=True, withdrawn_at__isnull=True
    ).order_by("order", "id")


def visible_to(actor: Actor) -> QuerySet[Recommendation]:
    """附件2 is no public document: the own district's, all for city and auditor."""
    found = Recommendation.objects.select_related("application__organisation", "district", "call")
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(district=actor.district_id)
    return found if actor.has(Role.CITY_OFFICER, Role.AUDITOR) else found.none()


def row_of(application: Application, *, opinion: str) -> dict[str, Any]:
    """The row of 附件2 as plain text by the keys of ``COLUMNS``, from the frozen version, sample and measurement."""
    version = application.current_version
    assert version is not None
    sample = assessment.closed_sample(application)
    facts = assessment.facts_of(version, sample=sample)
    measurement = Measurement.objects.filter(version=version).first()
    return {
        "platform": application.platform_name,
        "operator": version.content["organisation"]["name"],
        "credit_code": version.content["organisation"]["credit_code"],
        **_figures(facts, application),
        **_sample(sample),
        **_conclusions(measurement),
        "opinion": opinion,
        "contact": _contact(version.content["sections"].get("identity", {})),
        "remarks": _remarks(sample, measurement),
    }


def _figures(facts: Facts, application: Application) -> dict[str, str]:
    served = growth.Served(facts.smes_last_year, facts.smes_year_before, facts.smes_two_years_before)
    total, free, low = facts.total_services, facts.free_services, facts.low_fee_services
    return {
        "started_on": facts.platform_started_on.isoformat() if facts.platform_started_on else "",
        "assets": formats.wan(facts.total_assets),
        "functions": "、".join(FUNCTIONS[key].label for key in FUNCTIONS if key in facts.functions),
        "staff": _text(facts.full_time_staff),
        "qualified": _share(facts.qualified_staff, facts.full_time_staff),
        "served_before": _text(facts.smes_year_before),
        "served_last": _text(facts.smes_last_year),
        "growth": growth.shown(application.call.parameters.growth_reading, served),
        "specialised": _text(facts.specialised_smes),
        "institutions": _text(facts.institutions_in_force),
        "public_share": _share(None if free is None or low is None else free + low, total),
    }


def _sample(sample: Any) -> dict[str, str]:
    if sample is None:
        return dict.fromkeys(("required", "drawn", "reached", "satisfied", "satisfaction"), formats.NOTHING)
    stands = samples.progress(sample)
    return {
        "required": str(sample.required),
        "drawn": str(stands.asked + stands.replaced),
        "reached": str(sample.reached),
        "satisfied": str(sample.satisfied),
        "satisfaction": _share(sample.satisfied, sample.reached),
    }


def _conclusions(measurement: Measurement | None) -> dict[str, str]:
    names = ("basic", "operation", "performance")
    if measurement is None:
        return dict.fromkeys(names, formats.NOTHING)
    return {name: "合格" if getattr(measurement, f"{name}_met") else "不合格" for name in names}


def _contact(identity: dict[str, str]) -> str:
    parts = (identity.get("contact_name"), identity.get("contact_mobile") or identity.get("contact_phone"))
    return " ".join(part for part in parts if part)


def _remarks(sample: Any, measurement: Measurement | None) -> str:
    said = [f"有效答复不足的理由：{sample.floor_waiver}"] if sample and sample.floor_waiver else []
    decisions = measurement.human_decisions.values() if measurement else ()
    said += [f"{d['label']}经人工认定{'符合' if d['met'] else '不符合'}：{d['reason']}" for d in decisions]
    return "；".join(said)


def _text(value: int | Decimal | None) -> str:
    return formats.NOTHING if value is None else str(value)


def _share(part: int | None, whole: int | None) -> str:
    return formats.NOTHING if part is None or not whole else formats.percent(Fraction(part, whole))


def rows(recommendations: Iterable[Recommendation]) -> list[list[str]]:
    """The printed table: number, the columns, the district's order."""
    return [
        [str(number), *(str(r.summary.get(column.key, "")) for column in COLUMNS), str(r.order or "")]
        for number, r in enumerate(recommendations, 1)
    ]


def header() -> list[str]:
    """The head of the printed table."""
    return ["序号", *(column.label for column in COLUMNS), "推荐顺序"]


def filled_on(recommendations: Iterable[Recommendation]) -> date | None:
    """The day of the last recommendation on the sheet."""
    return max((formats.day_of(r.made_at) for r in recommendations), default=None)


def sheets(actor: Actor) -> list[dict[str, Any]]:
    """One line per call and district that has recommendations in force: year, district, how many."""
    standing = visible_to(actor).filter(recommended=True, withdrawn_at__isnull=True)
    names = ("call__year", "district__name", "district__slug", "district__order")
    grouped = standing.order_by().values(*names).annotate(count=Count("pk"))
    return [
        {
            "year": one["call__year"],
            "district": one["district__name"],
            "slug": one["district__slug"],
            "count": one["count"],
        }
        for one in sorted(grouped, key=lambda one: (-one["call__year"], one["district__order"]))
    ]
