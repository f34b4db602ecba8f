"""附件2: one row per recommendation on the sheet, in the district's order, on paper and as numbers in a workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.actors import Actor
from applications.models import Call
from files import pdf
from review.documents import attachment2
from review.selectors import summaries
from review.services import district
from tests import cast
from tests.review.sheets import content, sheet_of, workbook_of

pytestmark = pytest.mark.django_db


def test_the_sheet_lists_what_is_in_force_in_order(call: Call, officer: Actor, stranger: Actor) -> None:
    cast.recommended_application(call, officer, name="示例乙", order=2)
    cast.recommended_application(call, officer, name="示例甲", order=1)
    withdrawn = cast.recommended_application(call, officer, name="示例丙", order=3)
    district.withdraw_recommendation(actor=officer, application=withdrawn, reason="材料需复核")
    cast.recommended_application(call, stranger, name="示例丁", slug="wuhua")
    sheet = sheet_of(call, officer)
    assert [row["platform"] for row in summaries.rows_of(sheet)] == ["示例甲服务平台", "示例乙服务平台"]
    printed = attachment2.as_pdf(sheet)
    text = "".join(pdf.text_of(content(printed)).split())
    mark = summaries.fingerprint(sheet, summaries.rows_of(sheet))
    assert f"内容指纹：{mark}" in text
    assert "示例甲" in text
    assert "示例丙" not in text
    assert set(pdf.fonts_of(content(printed)).values()) == {True}
    assert attachment2.as_pdf(sheet) == printed


def test_the_workbook_is_plain_text_codes_numbers_and_no_formula(call: Call, officer: Actor) -> None:
    cast.recommended_application(call, officer, name="=1+1有限公司")
    sheet = load_workbook(BytesIO(workbook_of(sheet_of(call, officer)))).active
    row = dict(zip([cell.value for cell in sheet[2]], sheet[3], strict=True))
    assert (row["应抽查（家）"].value, row["资产总额（万元）"].value, row["抽查满意度"].value) == (10, 200, "100%")
    assert (row["运营单位"].value, row["运营单位"].data_type) == ("=1+1有限公司", "s")
    assert (row["统一社会信用代码"].data_type, row["统一社会信用代码"].number_format) == ("s", "@")
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:AB1"]
    assert sheet.freeze_panes == "A3"
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 8, None, 0)
    assert sheet.print_area == f"'附件2'!$A$1:$AB${sheet.max_row}"


def test_only_officers_of_the_district_the_city_and_auditors_see_sheets(
    call: Call, officer: Actor, stranger: Actor, city: Actor
) -> None:
    case = cast.recommended_application(call, officer)
    seen = [summaries.visible_to(actor).count() for actor in (officer, city, stranger, cast.actor_of(case))]
    assert seen == [1, 1, 0, 0]
    assert [one.carried for one in summaries.counted(officer)] == [1]
