"""What an invented yearly report says: sections and lists that agree with each other and with the organisation's application."""

from typing import Any

from desk.demo.content import ACTIVITIES, KITS, figures_of, rows_of
from desk.demo.names import Body


def sections(body: Body, year: int) -> dict[str, dict[str, str]]:
    """The raw texts of every section of the report on ``year``."""
    size = figures_of(body)
    activities = [ACTIVITIES[function] for function in KITS[body.kit]]
    assets = 320 + body.number * 41 % 900
    return {
        "operation": {
            "operation": f"{year}年平台运行平稳，服务队伍稳定，与签约机构和院校的合作继续深化。", "revenue": str(assets * 2),
            "service_income": str(assets * 3 // 2), "full_time_staff": str(size.staff), "institutions": "4",
            "rules": "修订服务流程和收费公示制度，新增投诉处理办法。",
        },
        "performance": {
            "smes": str(size.last_year), "specialised": str(size.specialised),
            "activities": str(sum(times for times, _ in activities)),
            "participants": str(sum(times * persons for times, persons in activities)),
            "results": f"全年服务中小企业{size.last_year}家，带动新增产值约{size.last_year * 12}万元。",
            "cases": "帮助示例精密机械企业完成产线数字化改造，交付周期缩短三成。",
        },
        "quality": {
            "quality": "每项服务一周内回访，回访结果纳入考核。", "charges": "按公示标准收费，政策咨询和入企诊断免费。",
            "satisfaction": size.satisfaction, "satisfaction_method": f"{year}年12月问卷调查", "service_unit": "次",
            "total_services": str(size.services), "free_services": str(size.services // 5),
            "low_fee_services": str(size.services // 10), "public_note": "免费举办政策宣讲和管理诊断。",
        },
        "tasks": {"commissioned": "no", "commissioned_note": "", "changed": "no", "changed_note": ""},
        "plan": {
            "plan": f"{year + 1}年围绕重点产业链扩大服务覆盖，建设线上诊断工具。", "target_smes": str(size.last_year + 20),
            "target_activities": str(sum(times for times, _ in activities) + 2), "targets": "满意度保持在百分之九十以上。",
        },
    }  # fmt: skip


def lists(body: Body, year: int) -> dict[str, list[dict[str, Any]]]:
    """The rows behind the figures."""
    rows = rows_of(body, year)
    return {
        "served": [row for row in rows["served"] if row["year"] == year],
        **{kind: rows[kind] for kind in ("activities", "staff", "institutions")},
    }
