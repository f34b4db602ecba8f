"""附件2 推荐汇总表: its columns, and the row of one application as it stands (Art. 11)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from accounts import formats
from applications.models import Application
from regulation import growth
from regulation.facts import Facts
from regulation.functions import FUNCTIONS
from review.models import Measurement, Sample
from review.selectors import assessment
from review.selectors import sampling as samples

# Where the cells of a column come from, and why the district cannot write them in the workbook; its own ones are empty.
MATERIAL = "取自申报单位提交的申报材料，不能在本表修改；如有误，请撤回推荐后退回补正"
COMPUTED = "由提交的清单计算，不能在本表修改；如有误，请撤回推荐后退回补正"
SAMPLED = "由满意度抽查的答复计算，不能修改"
MEASURED = "取自初审测评结论，不能在本表修改；需要调整的，请撤回推荐后重新测评"
OWN = ""


@dataclass(frozen=True)
class Column:
    """One column of 附件2; ``width`` in characters for the workbook, ``fixed`` why its cells cannot be edited there."""

    key: str
    label: str
    fixed: str
    num: bool = False
    width: int = 10

    @property
    def own(self) -> bool:
        """Whether the district may edit its cells until the sheet is forwarded."""
        return not self.fixed


# fmt: off
COLUMNS: tuple[Column, ...] = (
    Column("receipt_number", "受理编号", MATERIAL, width=15),
    Column("platform", "平台名称", MATERIAL, width=21),
    Column("operator", "运营单位", MATERIAL, width=21),
    Column("credit_code", "统一社会信用代码", MATERIAL, width=21),
    Column("started_on", "启动服务日期", MATERIAL, width=12),
    Column("assets", "资产总额（万元）", MATERIAL, True, 11),
    Column("functions", "服务功能", MATERIAL, width=17),
    Column("staff", "专职服务人员（人）", COMPUTED, True, 9),
    Column("qualified", "学历职称达标比例", COMPUTED, True, 9),
    Column("served_before", "前一年度服务中小企业（家）", COMPUTED, True, 11),
    Column("served_last", "上年度服务中小企业（家）", COMPUTED, True, 11),
    Column("growth", "增长率", COMPUTED, True, 9),
    Column("specialised", "其中“专精特新”（家）", COMPUTED, True, 10),
    Column("institutions", "签约机构（家）", COMPUTED, True, 8),
    Column("public_share", "公益、低收费服务占比", COMPUTED, True, 10),
    Column("required", "应抽查（家）", SAMPLED, True, 8),
    Column("drawn", "实抽查（家）", SAMPLED, True, 8),
    Column("reached", "有效答复（份）", SAMPLED, True, 8),
    Column("satisfied", "满意（份）", SAMPLED, True, 8),
    Column("satisfaction", "抽查满意度", SAMPLED, True, 9),
    Column("basic", "基本条件测评", MEASURED, width=9),
    Column("operation", "运营情况测评", MEASURED, width=9),
    Column("performance", "服务业绩测评", MEASURED, width=9),
    Column("opinion", "推荐意见", OWN, width=28),
    Column("order", "推荐顺序", OWN, True, 6),
    Column("contact", "联系人及电话", OWN, width=16),
    Column("remarks", "备注", OWN, width=20),
)
# fmt: on


def row_of(application: Application, *, opinion: str) -> dict[str, Any]:
    """The row of 附件2 as plain text by the keys of ``COLUMNS`` but 推荐顺序, from the frozen version, sample and measurement."""
    version = application.current_version
    assert version is not None
    sample = assessment.closed_sample(application)
    facts = assessment.facts_of(version, sample=sample)
    measurement = Measurement.objects.filter(version=version).first()
    stated = _stated(application, sample, measurement)
    return {
        "receipt_number": application.receipt_number or "",
        "platform": application.platform_name,
        "operator": version.content["organisation"]["name"],
        "credit_code": version.content["organisation"]["credit_code"],
        **_figures(facts, application),
        **_sample(sample),
        **_conclusions(measurement),
        "opinion": opinion,
        "contact": _contact(version.content["sections"].get("identity", {})),
        "remarks": stated,
        # Not a column: what the remarks must go on saying when the district edits them.
        "stated": stated,
    }


def _figures(facts: Facts, application: Application) -> dict[str, str]:
    served = growth.Served(facts.smes_last_year, facts.smes_year_before, facts.smes_two_years_before)
    return {
        "started_on": facts.platform_started_on.isoformat() if facts.platform_started_on else "",
        "assets": formats.wan(facts.total_assets),
        "functions": "、".join(FUNCTIONS[key].label for key in FUNCTIONS if key in facts.functions),
        "staff": _text(facts.full_time_staff),
        "qualified": formats.percent(facts.qualified_share),
        "served_before": _text(facts.smes_year_before),
        "served_last": _text(facts.smes_last_year),
        "growth": growth.shown(application.call.parameters.growth_reading, served),
        "specialised": _text(facts.specialised_smes),
        "institutions": _text(facts.institutions_in_force),
        "public_share": formats.percent(facts.public_share),
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
        "satisfaction": formats.percent(Fraction(sample.satisfied, sample.reached) if sample.reached else None),
    }


def _conclusions(measurement: Measurement | None) -> dict[str, str]:
    names = ("basic", "operation", "performance")
    if measurement is None:
        return dict.fromkeys(names, formats.NOTHING)
    return {name: "合格" if getattr(measurement, f"{name}_met") else "不合格" for name in names}


def _contact(identity: dict[str, str]) -> str:
    parts = (identity.get("contact_name"), identity.get("contact_mobile") or identity.get("contact_phone"))
    return " ".join(part for part in parts if part)


def _stated(application: Application, sample: Any, measurement: Measurement | None) -> str:
    redrawn = Sample.objects.filter(application=application, state="voided", closed_at__isnull=False)
    said = [f"抽查结束后重新抽样：{one.redraw_reason or '清单已更正'}" for one in redrawn]
    said += [f"有效答复不足的理由：{sample.floor_waiver}"] if sample and sample.floor_waiver else []
    decisions = measurement.human_decisions.values() if measurement else ()
    said += [f"{d['label']}经人工认定{'符合' if d['met'] else '不符合'}：{d['reason']}" for d in decisions]
    return "；".join(said)


def _text(value: int | Decimal | None) -> str:
    return formats.NOTHING if value is None else str(value)
