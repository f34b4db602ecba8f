"""What a good draft says: 130 SMEs served last year, 20 staff, four institutions, three functions, every material."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organisation
from applications.listforms import LISTS, shown
from applications.models import Call
from files import intake
from files.excel import Column, Sheet, write_workbook
from files.purposes import Purpose
from regulation.identifiers import make_credit_code
from timekeeping import clock

YES_KEYS = {
    "identity": ("legal_person", "service_qualification"),
    "finance": ("good_finances", "good_credit"),
    "premises": ("premises", "equipment"),
    "service": ("key_industries", "reputation"),
    "management": (
        "good_management", "management_rules", "service_process", "fee_standard", "quality_assurance",
        "development_plan", "yearly_targets", "management_team",
    ),
    "resources": ("cooperation", "online_means"),
    "functions": (
        "information.declared", "information.online_system", "technology.declared", "technology.expert_pool",
        "training.declared", "training.training_licence", "training.training_evaluation",
    ),
    "undertaking": ("truthful", "lawful", "consent"),
}  # fmt: skip
DOCUMENTS = (
    "licence", "premises_lease", "financial_statements", "process_documents", "service_proofs",
    "qualification_certificates", "managers", "full_time_staff", "institution_contracts",
)  # fmt: skip
LAST_YEAR, YEAR_BEFORE, TWO_BEFORE = 130, 110, 95


def last_year(call: Call) -> int:
    """The calendar year whose figures the call asks for."""
    return (call.closes_at.astimezone(clock.SHANGHAI) - timedelta(microseconds=1)).year - 1


def sections(call: Call, platform_name: str = "示例平台") -> dict[str, dict[str, str]]:
    """The raw texts of every section, complete and consistent with the lists below."""
    year = last_year(call)
    texts = {
        "identity": {
            "platform_name": platform_name, "founded_on": f"{year - 8}-03-01", "started_on": f"{year - 5}-06-01",
            "registered_capital": "500", "contact_name": "李敏", "contact_position": "主任", "contact_mobile": "13800000001",
            "contact_phone": "0871-63135193", "contact_email": "contact@example.com", "round": "first", "sanctioned": "no",
        },
        "finance": {
            "total_assets": "486.20", "liabilities": "120", "net_assets": "366.2", "revenue": "820.5",
            "service_income": "610", "service_cost": "480", "net_profit": "36.8",
            "credit_checked_on": f"{year + 1}-01-10", "abnormal": "no", "dishonest": "no",
        },
        "premises": {
            "area": "620", "tenure": "leased", "lease_from": f"{year - 1}-01-01", "lease_to": f"{year + 4}-12-31",
            "equipment_count": "12", "equipment_value": "85.6", "facilities": "多功能厅、实训室、路演厅",
        },
        "service": {
            "smes_last_year": str(LAST_YEAR), "smes_year_before": str(YEAR_BEFORE), "smes_two_years_before": str(TWO_BEFORE),
            "specialised_smes": "6", "satisfaction": "93.5", "satisfaction_method": "年末问卷，发出130份，收回118份",
            "service_unit": "次", "total_services": "600", "free_services": "150", "low_fee_services": "60",
            "key_industries_note": "服务生物医药、装备制造企业的数字化改造。",
        },
        "functions": {"information.enterprises": "130", "information.activities": "6", "technology.activities": "4", "training.person_times": "1080"},
        "management": {"staff_total": "24", "full_time_staff": "20", "qualified_staff": "17", "mentors": "2"},
        "resources": {
            "institutions_in_force": "4", "cooperation_note": "与示例大学、示例研究院、示例行业协会签订合作协议。",
            "online_url": "https://platform.example.cn", "online_note": "在线诊断、政策推送，每周更新。",
        },
        "narrative": {
            "basics": "平台由示例单位建设运营，设综合、培训、技术三部。", "services": "面向中小企业提供信息、技术、培训服务。",
            "results": "服务企业新增产值约1200万元。", "case_1": "帮助示例精工完成产线数字化改造。",
            "case_2": "帮助示例药业通过质量体系认证。", "case_3": "为示例食品组织订单对接。",
            "plan": "三年内服务覆盖全市重点产业链。", "targets": "每年服务企业150家，开展活动20次。",
        },
        "undertaking": {},
    }  # fmt: skip
    for key, names in YES_KEYS.items():
        texts[key] |= dict.fromkeys(names, "yes")
    return texts


def lists(call: Call, organisation: Organisation) -> dict[str, list[dict[str, Any]]]:
    """The typed rows of every list; codes and telephones belong to this organisation's clients alone."""
    year = last_year(call)
    return {
        "served": list(_served(year, organisation.pk)),
        "staff": [_member(n) for n in range(1, 21)],
        "institutions": [_institution(year, organisation.pk, n) for n in range(1, 5)],
        "activities": list(_activities(year)),
        "services": [
            {"year": year, "service": service, "charge": charge, "quantity": quantity, "unit": "次", "fee_standard": standard}
            for service, charge, quantity, standard in (
                ("惠企政策咨询", "free", 150, "免费"), ("数字化诊断", "low_fee", 60, "每次500元"), ("检验检测", "paid", 390, "按合同"),
            )
        ],
        "equipment": [{"name": f"检测设备{n}", "model": f"M-{n}", "quantity": 3, "value": Decimal("214000.00")} for n in range(1, 5)],
        "qualifications": [{"name": "民办职业培训学校办学许可证", "issuer": "昆明市人力资源和社会保障局", "level": "市级", "issued_on": date(year - 3, 5, 1)}],
    }  # fmt: skip


def client_code(organisation_pk: int, n: int) -> str:
    """The valid credit code of the n-th client of an organisation."""
    return make_credit_code(f"91530100{organisation_pk % 9000 + 1000:04d}{n:05d}")


def _served(year: int, pk: int) -> Iterator[dict[str, Any]]:
    for back, count in enumerate((LAST_YEAR, YEAR_BEFORE, TWO_BEFORE)):
        for n in range(1, count + 1):
            yield {
                "year": year - back, "name": f"示例客户{n:03d}有限公司", "credit_code": client_code(pk, n),
                "size": ("small", "micro", "medium")[n % 3], "is_specialised": n <= 6, "functions": ["information"],
                "served_on": date(year - back, n % 12 + 1, n % 28 + 1), "service": "政策咨询与数字化诊断",
                "fee": Decimal("0.00"), "contact": f"联系人{n:03d}", "phone": f"139{pk % 10000:04d}{n:04d}",
                "email": f"client{n}@example.com",
            }  # fmt: skip


def _member(n: int) -> dict[str, Any]:
    qualified = n <= 17
    return {
        "name": f"示例人员{n:02d}", "is_full_time": True, "education": "bachelor" if qualified else "below_bachelor",
        "professional_title": "middle" if n <= 10 else "none", "position_held": "服务专员", "is_mentor": n <= 2,
    }  # fmt: skip


def _institution(year: int, pk: int, n: int) -> dict[str, Any]:
    return {
        "name": f"示例签约机构{n}", "credit_code": client_code(pk, 90000 + n), "service": "专业服务",
        "starts_on": date(year, 1, 1), "ends_on": date(year + 4, 12, 31),
    }  # fmt: skip


def _activities(year: int) -> Iterator[dict[str, Any]]:
    for function, count, participants in (("information", 6, 40), ("technology", 4, 25), ("training", 12, 90)):
        for n in range(1, count + 1):
            yield {
                "function": function, "name": f"第{n}期活动", "held_on": date(year, n, 15), "participants": participants,
                "enterprises": 20,
            }  # fmt: skip


def pdf(words: str = "sample") -> bytes:
    """A readable one-page PDF."""
    stream = f"BT /F1 18 Tf 72 760 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(body),
    )


@cache
def _examined(purpose: str) -> intake.Examined:
    return intake.examine(ContentFile(pdf(), "sample.pdf"), purpose=purpose)


def upload(name: str, purpose: str = Purpose.MATERIAL) -> ContentFile:
    """The PDF as an upload that the intake has examined before, so that a test need not wait for it again."""
    file = ContentFile(pdf(), name)
    file.examined = replace(_examined(purpose), name=name)  # type: ignore[attr-defined]
    return file


def workbook(kind: str, rows: list[dict[str, Any]], name: str = "清单.xlsx") -> SimpleUploadedFile:
    """The rows as an applicant fills them into the template."""
    columns = LISTS[kind].columns
    table = [[_cell(column, row.get(column.key)) for column in columns] for row in rows]
    sheet = Sheet("填报", [column.label for column in columns], table, caption=LISTS[kind].title)
    return SimpleUploadedFile(name, write_workbook([sheet]))


def _cell(column: Column, value: Any) -> Any:
    return shown(column, value) if isinstance(value, list | bool) or column.choices else value
