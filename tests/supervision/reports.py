"""Titles that owe reports, and reports in every stage, through the services."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from accounts.actors import Actor, acting
from accounts.models import Capacity, Role
from lifecycle import engine
from registry.models import Platform, Title
from supervision.models import AnnualReport, DistrictReport
from supervision.reporting import content
from supervision.services import districts, report_content, reports
from tests import cast
from tests.kept import kept
from tests.review.stage import without_rules
from timekeeping import clock

_numbers = count(1)
VALID = (date(2025, 6, 20), date(2028, 6, 20))
GRANTED = clock.shanghai(2025, 6, 20, 9)
JANUARY = clock.shanghai(2027, 1, 12, 9)
YEAR = 2026

SECTIONS: dict[str, dict[str, str]] = {
    "operation": {
        "operation": "平台全年运行平稳，新增两名专职人员。", "revenue": "820.5", "service_income": "610", "full_time_staff": "2",
        "institutions": "1", "rules": "修订服务流程两项。",
    },
    "performance": {
        "smes": "2", "specialised": "1", "activities": "1", "participants": "85", "results": "帮助两家企业完成数字化改造。", "cases": "",
    },
    "quality": {
        "quality": "每项服务回访一次。", "charges": "按公示标准收费。", "satisfaction": "93.5", "satisfaction_method": "年末问卷",
        "service_unit": "次", "total_services": "100", "free_services": "30", "low_fee_services": "10", "public_note": "",
    },
    "tasks": {"commissioned": "no", "commissioned_note": "", "changed": "no", "changed_note": ""},
    "plan": {"plan": "服务覆盖重点产业链。", "target_smes": "150", "target_activities": "20", "targets": "满意度保持在90%以上。"},
}  # fmt: skip


def lists(year: int) -> dict[str, list[dict[str, Any]]]:
    """Rows that agree with the sections."""
    from tests.drafts import client_code

    served = {
        "year": year,
        "functions": ["information"],
        "served_on": date(year, 5, 6),
        "fee": Decimal("0.00"),
        "phone": "13900001111",
    }
    return {
        "served": [
            {**served, "name": f"示例客户{n}有限公司", "credit_code": client_code(7, n), "size": "small", "is_specialised": n == 1}
            for n in (1, 2)
        ],
        "activities": [
            {"function": "training", "name": "财税政策培训", "held_on": date(year, 6, 18), "participants": 85, "enterprises": 60}
        ],
        "staff": [
            {"name": f"职员{n}", "id_number": "", "is_full_time": True, "education": "bachelor", "professional_title": "none"}
            for n in (1, 2)
        ],
        "institutions": [
            {"name": "示例代理有限公司", "credit_code": client_code(7, 9), "starts_on": date(year, 1, 1), "ends_on": None}
        ],
    }  # fmt: skip


@kept
def titled(
    name: str = "",
    slug: str = "panlong",
    *,
    valid: tuple[date, date] = VALID,
    at: datetime = GRANTED,
    people: bool = True,
) -> Title:
    """A title in force over the dates, entered at ``at``, with a filer and a signatory of its own."""
    number = next(_numbers)
    name = name or f"示范平台{number}"
    with clock.frozen(at), without_rules():
        body = cast.organisation(f"{name}运营有限公司", slug)
        if people:
            cast.filer(body, f"{name}经办人")
            cast.signatory(body, f"{name}签字人")
        platform = Platform.objects.create(organisation=body, name=name, district=body.district)
        title = Title(
            platform=platform, number=f"KMSF-{valid[0].year}-{number:04d}", year=valid[0].year, sequence=number, platform_name=name,
            operator_name=body.name, credit_code=body.credit_code, district=body.district, decided_on=valid[0],
            valid_from=valid[0], valid_to=valid[1], document_number=f"昆工信通〔{valid[0].year}〕{number}号",
        )  # fmt: skip
        with engine.act(actor=_granting()) as act:
            act.create(title, "grant")
    return title


def _granting() -> Actor:
    found = Capacity.objects.filter(role=Role.CITY_OFFICER).first()
    return acting(found) if found else cast.city_officer()


def person(title: Title, role: Role = Role.FILER) -> Actor:
    """The platform's filer or signatory."""
    return acting(Capacity.objects.get(organisation=title.platform.organisation, role=role))


@kept
def begun(title: Title, year: int = YEAR) -> AnnualReport:
    """A report begun by the filer."""
    return reports.create(actor=person(title), title=title, year=year)


@kept
def complete(title: Title, year: int = YEAR) -> AnnualReport:
    """A report that lacks nothing."""
    actor, report = person(title), begun(title, year)
    for key, data in SECTIONS.items():
        report_content.save_section(actor=actor, report=report, key=key, data=data, revision=0)
    for kind, rows in lists(year).items():
        report_content.write_list(actor=actor, report=report, kind=kind, rows=rows)
    return AnnualReport.objects.get(pk=report.pk)


@kept
def awaiting(title: Title, year: int = YEAR) -> AnnualReport:
    """A complete report in the hands of the signatory."""
    return reports.request_signature(actor=person(title), report=complete(title, year))


@kept
def sign(report: AnnualReport, received_at: datetime | None = None) -> AnnualReport:
    """The report filed (or filed again) by its signatory."""
    service = reports.resubmit if report.state == "returned" else reports.submit
    mark = content.fingerprint(content.content_of(report))
    actor = person(report.title, Role.SIGNATORY)
    service(actor=actor, report=report, fingerprint=mark, received_at=received_at or clock.now())
    return AnnualReport.objects.get(pk=report.pk)


@kept
def filed(title: Title, year: int = YEAR) -> AnnualReport:
    """A report filed at this moment."""
    return sign(awaiting(title, year))


@kept
def accepted(title: Title, officer: Actor, year: int = YEAR) -> AnnualReport:
    """A report filed and taken in by the district ``officer``."""
    return reports.accept(actor=officer, report=filed(title, year))


@kept
def forwarded(officer: Actor, year: int = YEAR, note: str = "") -> DistrictReport:
    """What the district forwards now."""
    return districts.forward(actor=officer, year=year, note=note)
