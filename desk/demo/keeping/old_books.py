"""Titles and a ban from before the system, brought into the book by two officers; two operators claim their accounts."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from accounts import actors
from accounts.models import Capacity, District, Organisation, OrganisationKind, Role
from accounts.services import colleagues
from desk.demo.city import City
from desk.demo.content import mobile
from desk.demo.materials import stored
from desk.demo.names import BODIES, Body
from desk.demo.people import PASSWORD
from desk.demo.road.decisions import CONFIRMS, ENTERS
from desk.demo.timeline import Story
from files.excel import Sheet, write_workbook
from files.purposes import Purpose
from registry import old_titles
from registry.models import Claim, TitleImport
from registry.services import claims, imports
from registry.services.claims import Claimant

FUNCTIONS = "信息服务、培训服务"
# By number of the organisation: number, document, decided on, first and last day, plaque.
TITLES: dict[int, tuple[str, str, date, date, date, str]] = {
    47: ("昆示范2021-003", "昆工信通〔2021〕96号", date(2021, 12, 20), date(2021, 12, 20), date(2024, 12, 19), "2021-003"),
    48: ("昆示范2022-001", "昆工信通〔2022〕11号", date(2022, 4, 1), date(2022, 4, 1), date(2025, 3, 31), "2022-001"),
    50: ("昆示范2022-002", "昆工信通〔2022〕11号", date(2022, 4, 1), date(2022, 4, 1), date(2025, 3, 31), "2022-002"),
    51: ("昆示范2021-007", "昆工信通〔2021〕96号", date(2021, 12, 20), date(2021, 12, 20), date(2024, 12, 19), "2021-007"),
}  # fmt: skip
BANNED = 49
BAN: dict[str, Any] = {
    "ban_from": date(2022, 9, 15), "ban_to": date(2025, 9, 14), "ban_document": "昆工信通〔2022〕71号",
    "ban_reason": "2021年度总结材料未报送，经催报仍未报送。",
}  # fmt: skip
SOURCE = "2021年、2022年认定文件和示范平台台账"
CLAIMING, CLAIMS_NOW, FORGOTTEN = (47, 48), 50, 51


def schedule(city: City) -> None:
    """Put the book before the system, its claims, and what of both lies on desks today on the timeline."""
    city.timeline.add(bring_in(city))
    city.timeline.add(still_open(city))


def bring_in(city: City) -> Story:
    """Uploaded with a mistake, sent back, uploaded again, confirmed by another officer; then two operators claim."""
    timeline, cast = city.timeline, city.cast
    yield timeline.on(date(2022, 12, 5))
    city.say("原有称号导入、账号认领")
    first = upload(city, (47, 48), SOURCE)
    yield timeline.in_workdays(1)
    imports.reject(
        actor=cast[CONFIRMS], title_import=first, reason="漏列一家平台和一家限制申报的单位，请补齐后重新导入。"
    )
    yield timeline.in_workdays(1)
    second = upload(city, (47, 48, 50, BANNED), SOURCE)
    yield timeline.in_workdays(1)
    imports.confirm(actor=cast[CONFIRMS], title_import=second)
    for place, number in enumerate(CLAIMING):
        timeline.add(claim(city, BODIES[number - 1], place))


def still_open(city: City) -> Story:
    """One workbook waits for its second officer, one claim for the district."""
    timeline = city.timeline
    yield timeline.on(timeline.before_present(2), hour=14)
    upload(city, (FORGOTTEN,), "2021年认定文件（补录）")
    ask(BODIES[CLAIMS_NOW - 1], Role.FILER)


def claim(city: City, body: Body, place: int) -> Story:
    """The legal representative claims the account and also fills in for the organisation."""
    timeline = city.timeline
    yield timeline.in_workdays(2 + place, hour=10)
    asked = ask(body, Role.SIGNATORY)
    yield timeline.in_workdays(2)
    district = District.objects.get(slug=body.district)
    claims.approve(actor=city.cast.officer(district), claim=asked)
    organisation = Organisation.objects.get(credit_code=body.credit_code)
    signatory = actors.acting(Capacity.objects.get(organisation=organisation))
    person = signatory.person
    colleagues.add(actor=signatory, name=person.name, email=person.email, phone=person.phone, role=Role.FILER)
    city.cast.join(body, organisation)


def ask(body: Body, role: Role) -> Claim:
    """The claim as it is filed on the public page."""
    name = body.representative if role == Role.SIGNATORY else body.clerk
    who = Claimant(name, mobile(body, 2), f"claim{body.number:02d}@example.com", role, PASSWORD)
    letter = stored("letter", Purpose.SIGNED)
    return claims.file(
        actor=actors.public, credit_code=body.credit_code, claimant=who, letter=letter, address=f"192.0.2.{body.number}"
    )


def upload(city: City, numbers: tuple[int, ...], source: str) -> TitleImport:
    """A workbook with a row for each of the organisations."""
    columns = old_titles.columns()
    rows = [_row(BODIES[number - 1]) for number in numbers]
    table = [[row.get(column.key) for column in columns] for row in rows]
    sheet = Sheet("填报", [column.label for column in columns], table, caption=old_titles.CAPTION)
    workbook = ContentFile(write_workbook([sheet]), "原有示范平台称号.xlsx")
    return imports.upload(actor=city.cast[ENTERS], workbook=workbook, source=source)


def _row(body: Body) -> dict[str, Any]:
    district = District.objects.get(slug=body.district).name
    operator = {
        "operator": body.name, "credit_code": body.credit_code, "kind": OrganisationKind(body.kind).label,
        "legal_representative": body.representative, "district": district, "registered_address": f"{district}{body.address}",
        "service_address": f"{district}{body.address}",
    }  # fmt: skip
    if body.number == BANNED:
        return operator | BAN
    number, document, decided, first, last, plaque = TITLES[body.number]
    return operator | {
        "platform_name": body.platform, "functions": FUNCTIONS, "number": number, "document_number": document,
        "decided_on": decided, "valid_from": first, "valid_to": last, "plaque_serial": plaque,
    }  # fmt: skip
