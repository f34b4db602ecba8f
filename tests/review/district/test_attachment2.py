"""附件2: one row per recommendation in force, in the district's order, on paper and as numbers in a workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.actors import Actor
from applications.models import Call
from files import pdf, storage
from files.models import IssuedDocument
from review.documents import attachment2
from review.selectors import summary
from review.services import district
from tests import cast

pytestmark = pytest.mark.django_db


def content(document: IssuedDocument) -> bytes:
    return storage.path_of(document.file).read_bytes()


def test_the_sheet_lists_what_is_in_force_in_order(call: Call, officer: Actor, stranger: Actor) -> None:
    cast.recommended_application(call, officer, name="示例乙", order=2)
    cast.recommended_application(call, officer, name="示例甲", order=1)
    withdrawn = cast.recommended_application(call, officer, name="示例丙", order=3)
    district.withdraw_recommendation(actor=officer, application=withdrawn, reason="材料需复核")
    cast.recommended_application(call, stranger, name="示例丁", slug="wuhua")
    listed = list(summary.in_force(cast.district(), call))
    assert [row[1] for row in summary.rows(listed)] == ["示例甲服务平台", "示例乙服务平台"]
    printed = attachment2.as_pdf(cast.district(), call, listed)
    text = "".join(pdf.text_of(content(printed)).split())
    assert "示例甲" in text
    assert "示例丙" not in text
    assert set(pdf.fonts_of(content(printed)).values()) == {True}
    assert attachment2.as_pdf(cast.district(), call, listed) == printed


def test_the_workbook_holds_numbers_and_no_formula(call: Call, officer: Actor) -> None:
    cast.recommended_application(call, officer, name="=1+1有限公司")
    listed = list(summary.in_force(cast.district(), call))
    sheet = load_workbook(BytesIO(content(attachment2.as_workbook(cast.district(), call, listed)))).active
    heads = [cell.value for cell in sheet[2]]
    row = dict(zip(heads, sheet[3], strict=True))
    assert (row["应抽查（家）"].value, row["资产总额（万元）"].value, row["抽查满意度"].value) == (10, 200, "100%")
    assert (row["运营单位"].value, row["运营单位"].data_type) == ("=1+1有限公司", "s")


def test_only_officers_of_the_district_the_city_and_auditors_see_rows(
    call: Call, officer: Actor, stranger: Actor, city: Actor
) -> None:
    case = cast.recommended_application(call, officer)
    seen = [summary.visible_to(actor).count() for actor in (officer, city, stranger, cast.actor_of(case))]
    assert seen == [1, 1, 0, 0]
    assert [len(summary.sheets(actor)) for actor in (officer, stranger)] == [1, 0]
