"""The printable proof 认定信息查询凭证: what the register says, with a code that leads to the live state (Art. 15)."""

import segno
from django.conf import settings

from files import pdf
from files.models import IssuedDocument
from lifecycle.errors import Blocked
from lifecycle.models import ChainHead
from registry.models import Title
from registry.standing import COMING, standing
from registry.wording import function_names
from timekeeping import clock
from timekeeping.dates import chinese_date

HONOUR = "昆明市中小企业公共服务示范平台"
TITLE = f"{HONOUR}认定信息查询凭证"


def proof(title: Title) -> IssuedDocument:
    """The proof of an announced title in force or about to be, issued once per content.

    Raises Blocked (409) before the announcement and after the end of the term.
    """
    if reasons := why_no_proof(title):
        raise Blocked(reasons)
    facts = _facts(title)
    address = check_address(title)
    context = {
        "facts": facts,
        "honour": HONOUR,
        "qr": qr_code(address),
        "address": address,
        "bureau": settings.SITE["bureau"],
        "issued_on": chinese_date(clock.today()),
        "chain": ChainHead.objects.get(pk=1).hash,
    }
    return pdf.issue(
        kind="title_proof", subject_type=Title.SUBJECT, subject_id=title.uuid, template="documents/title_proof.html",
        context=context, title=TITLE, number=title.number, source={"facts": facts, "address": address},
    )  # fmt: skip


def why_no_proof(title: Title) -> list[str]:
    """Why there is no proof now; empty when there is."""
    if not title.document_number:
        return ["认定决定尚未公告，公告后可以下载凭证"]
    now = standing(title, clock.today())
    return [] if now.in_force or now == COMING else [f"称号{now.label}，不再提供凭证"]


def check_address(title: Title) -> str:
    """The public page of the title as printed into the code."""
    return f"{settings.BASE_URL}{title.public_url()}"


def qr_code(address: str) -> str:
    """The address as a code, in a ``data:`` address of an SVG picture."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=4))


def _facts(title: Title) -> list[tuple[str, str]]:
    return [
        ("证号", title.number),
        ("平台名称", title.platform_name),
        ("运营单位", title.operator_name),
        ("统一社会信用代码", title.credit_code),
        ("所属县(市)区", title.district.name),
        ("服务功能", "、".join(function_names(title))),
        ("认定文号", title.document_number),
        ("决定日期", chinese_date(title.decided_on)),
        ("有效期", f"{chinese_date(title.valid_from)}至{chinese_date(title.valid_to)}（含首尾两日）"),
    ]
