"""附件2 out, edited, in again: the list names exactly the edited cells, and takes over only the district's own."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl.worksheet.worksheet import Worksheet

from accounts.actors import Actor
from applications.models import Application, Call
from files.errors import Refused
from files.excel import Sheet, write_workbook
from lifecycle.errors import NotAllowed, Stale, WrongStage
from lifecycle.models import StepRecord
from review.models import Recommendation, SummarySheet
from review.selectors import summaries
from review.selectors.summary_differences import Comparison, compare
from review.services import district
from tests import cast
from tests.review.sheets import FIRST, brought, edited, mark_of, sheet_of, workbook_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(call: Call, officer: Actor) -> SummarySheet:
    """Two recommendations, 示例甲 before 示例乙."""
    cast.recommended_application(call, officer, name="示例甲", order=1)
    cast.recommended_application(call, officer, name="示例乙", order=2)
    return sheet_of(call, officer)


@pytest.fixture
def come_back(officer: Actor, sheet: SummarySheet) -> Callable[..., Comparison]:
    """What the list says of an edited workbook."""

    def compared(cells: Any = (), arrange: Any = None) -> Comparison:
        taken = brought(officer, sheet, edited(workbook_of(sheet), dict(cells), arrange))
        return compare(sheet, summaries.rows_of(sheet), taken.file)

    return compared


def told(comparison: Comparison) -> list[tuple[int, str, str, str, str]]:
    return [(one.place, one.platform, one.column.label, one.old, one.new) for one in comparison.differences]


def test_exactly_the_edited_cells_are_listed(come_back: Callable[..., Comparison]) -> None:
    edits = {(1, "推荐意见"): "同意优先推荐。", (2, "备注"): "已现场走访。", (2, "抽查满意度"): "99%", (1, "基本条件测评"): "不合格",
             (2, "专职服务人员（人）"): 99}  # fmt: skip
    found = come_back(edits)
    assert told(found) == [
        (FIRST, "示例甲服务平台", "基本条件测评", "合格", "不合格"),
        (FIRST, "示例甲服务平台", "推荐意见", "同意推荐。", "同意优先推荐。"),
        (FIRST + 1, "示例乙服务平台", "专职服务人员（人）", "15", "99"),
        (FIRST + 1, "示例乙服务平台", "抽查满意度", "100%", "99%"),
        (FIRST + 1, "示例乙服务平台", "备注", "", "已现场走访。"),
    ]
    assert [one.column.label for one in found.takeable] == ["推荐意见", "备注"]
    reasons = {one.column.label: one.refused for one in found.fixed}
    assert reasons["抽查满意度"] == "由满意度抽查的答复计算，不能修改"
    assert reasons["基本条件测评"].startswith("取自初审测评结论")
    assert reasons["专职服务人员（人）"].startswith("由提交的清单计算")


def test_the_same_values_written_otherwise_are_no_difference(come_back: Callable[..., Comparison]) -> None:
    code = Recommendation.objects.get(order=1).summary["credit_code"]
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    same = {
        (1, "统一社会信用代码"): f" {wide} ", (1, "推荐意见"): "同意推荐。  ", (1, "推荐顺序"): " １ ", (1, "应抽查（家）"): "１０",
        (1, "资产总额（万元）"): "200.00", (2, "抽查满意度"): 1, (2, "推荐顺序"): 2.0,
    }  # fmt: skip
    assert told(come_back(same)) == []


@pytest.mark.parametrize("typed", ["1E999999999", "9E99999999%", "NaN", "1E-999999999"])
def test_a_number_without_bounds_is_refused_at_its_cell(come_back: Callable[..., Comparison], typed: str) -> None:
    [place] = come_back({(1, "推荐顺序"): typed}).differences
    assert "推荐顺序应为1至999的整数" in place.refused


def test_rows_are_found_by_code_or_receipt_number_wherever_they_stand(come_back: Callable[..., Comparison]) -> None:
    def turned(sheet: Worksheet) -> None:
        first, second = ([cell.value for cell in sheet[row]] for row in (FIRST, FIRST + 1))
        for column, (one, other) in enumerate(zip(first, second, strict=True), 1):
            sheet.cell(FIRST, column).value, sheet.cell(FIRST + 1, column).value = other, one

    assert told(come_back((), turned)) == []
    [moved] = come_back({(2, "统一社会信用代码"): "看不清"}, turned).differences
    assert (moved.platform, moved.column.label, moved.new) == ("示例乙服务平台", "统一社会信用代码", "看不清")
    assert moved.refused.startswith("取自申报单位提交的申报材料")


def test_missing_added_and_repeated_rows_are_named(come_back: Callable[..., Comparison]) -> None:
    def muddled(sheet: Worksheet) -> None:
        first = [cell.value for cell in sheet[FIRST]]
        sheet.delete_rows(FIRST + 1)
        sheet.insert_rows(FIRST + 1, 2)
        for column, value in enumerate(first, 1):
            sheet.cell(FIRST + 1, column).value = value
        sheet.cell(FIRST + 2, 3).value, sheet.cell(FIRST + 2, 5).value = "外来平台", "91530100MA0000000X"

    found = come_back((), muddled)
    assert found.missing == ["示例乙服务平台"]
    assert found.added == [(FIRST + 2, "外来平台")]
    assert found.duplicated == [(FIRST + 1, "示例甲服务平台")]
    assert found.differences == []


def test_cells_that_cannot_be_understood_say_why(come_back: Callable[..., Comparison]) -> None:
    found = come_back({(1, "推荐顺序"): "第一", (2, "推荐顺序"): 1.5, (1, "推荐意见"): None, (2, "备注"): "=1+1"})
    assert [(one.column.label, one.refused) for one in found.differences] == [
        ("推荐意见", "推荐意见不能为空，请补充"),
        ("推荐顺序", "推荐顺序应为1至999的整数，请更正"),
        ("推荐顺序", "推荐顺序应为1至999的整数，请更正"),
        ("备注", "单元格中是公式或错误值，请改为实际内容"),
    ]
    twice = come_back({(1, "推荐顺序"): 2})
    assert [one.refused for one in twice.differences] == ["推荐顺序2已用于另一件推荐，请更正"]


def test_what_the_system_stated_in_the_remarks_stays_and_more_may_follow(
    sheet: SummarySheet, come_back: Callable[..., Comparison]
) -> None:
    stated = "有效答复不足的理由：三家已停业。"
    first = summaries.standing(sheet)[0]
    first.summary |= {"stated": stated, "remarks": stated}
    first.save(update_fields=["summary"])
    assert [one.new for one in come_back({(1, "备注"): f"{stated}已现场走访。"}).takeable] == [f"{stated}已现场走访。"]
    [lost] = come_back({(1, "备注"): "已现场走访。"}).differences
    assert lost.refused == f"备注中由系统写明的内容须保留在最前：“{stated}”，需要补充的请写在其后"


def test_nothing_is_written_before_confirming_and_then_all_at_once(officer: Actor, sheet: SummarySheet) -> None:
    edits = {
        (1, "推荐顺序"): 2,
        (2, "推荐顺序"): 1,
        (1, "推荐意见"): "同意。",
        (2, "联系人及电话"): "李某 0871-63135193",
    }
    before = summaries.rows_of(sheet)
    taken = brought(officer, sheet, edited(workbook_of(sheet), edits))
    assert summaries.rows_of(sheet) == before
    keys = [one.key for one in compare(sheet, before, taken.file).takeable]
    half = [key for key in keys if key.endswith(":order")][:1]
    with pytest.raises(ValidationError, match="对调顺序的两处请一并选择"):
        district.revise(actor=officer, taken=taken, chosen=half, seen=mark_of(sheet))
    with pytest.raises(ValidationError, match="请至少选择一处"):
        district.revise(actor=officer, taken=taken, chosen=[], seen=mark_of(sheet))
    with pytest.raises(ValidationError, match="所选内容与文件不符"):
        district.revise(actor=officer, taken=taken, chosen=["x:order"], seen=mark_of(sheet))
    assert summaries.rows_of(sheet) == before
    district.revise(actor=officer, taken=taken, chosen=keys, seen=mark_of(sheet))
    now = [(row["platform"], row["order"], row["opinion"], row["contact"]) for row in summaries.rows_of(sheet)]
    contact = before[0]["contact"]
    assert now == [
        ("示例乙服务平台", "1", "同意推荐。", "李某 0871-63135193"),
        ("示例甲服务平台", "2", "同意。", contact),
    ]
    assert Recommendation.objects.get(order=2).opinion == "同意。"
    record = StepRecord.objects.get(subject_type="summary", step="revise")
    assert (record.data["cells"], record.data["after"]) == (4, mark_of(sheet))
    assert "李某" not in str(record.data)


def test_a_file_is_taken_over_once(officer: Actor, sheet: SummarySheet) -> None:
    taken = brought(officer, sheet, edited(workbook_of(sheet), {(1, "备注"): "甲", (2, "备注"): "乙"}))
    first, second = (one.key for one in compare(sheet, summaries.rows_of(sheet), taken.file).takeable)
    district.revise(actor=officer, taken=taken, chosen=[first], seen=mark_of(sheet))
    with pytest.raises(WrongStage, match="已经导入"):
        district.revise(actor=officer, taken=taken, chosen=[second], seen=mark_of(sheet))
    taken.refresh_from_db()
    assert taken.changes == [{"cell": first, "old": "", "new": "甲"}]


def test_who_compared_with_other_rows_is_told_and_nothing_is_written(
    call: Call, officer: Actor, sheet: SummarySheet
) -> None:
    taken = brought(officer, sheet, edited(workbook_of(sheet), {(1, "备注"): "我的修改"}))
    [mine] = compare(sheet, summaries.rows_of(sheet), taken.file).takeable
    seen = mark_of(sheet)
    colleague = brought(officer, sheet, edited(workbook_of(sheet), {(2, "备注"): "同事的修改"}))
    [theirs] = compare(sheet, summaries.rows_of(sheet), colleague.file).takeable
    district.revise(actor=officer, taken=colleague, chosen=[theirs.key], seen=seen)
    with pytest.raises(Stale, match="没有写入任何内容"):
        district.revise(actor=officer, taken=taken, chosen=[mine.key], seen=seen)
    assert [row["remarks"] for row in summaries.rows_of(sheet)] == ["", "同事的修改"]
    stale = compare(sheet, summaries.rows_of(sheet), taken.file)
    assert stale.outdated is True
    assert len(stale.takeable) == 2


def test_a_forwarded_sheet_and_another_district_take_nothing(
    call: Call, officer: Actor, stranger: Actor, sheet: SummarySheet
) -> None:
    data = edited(workbook_of(sheet), {(1, "备注"): "迟到的修改"})
    taken = brought(officer, sheet, data)
    [change] = compare(sheet, summaries.rows_of(sheet), taken.file).takeable
    with pytest.raises(NotAllowed):
        brought(stranger, sheet, data)
    with pytest.raises(NotAllowed):
        district.revise(actor=stranger, taken=taken, chosen=[change.key], seen=mark_of(sheet))
    cast.forward(call, officer)
    sheet = sheet_of(call, officer)
    with pytest.raises(WrongStage, match="已报送市局，不能再修改"):
        brought(officer, sheet, data)
    with pytest.raises(WrongStage, match="已报送市局，不能再修改"):
        district.revise(actor=officer, taken=taken, chosen=[change.key], seen=mark_of(sheet))
    assert Application.objects.filter(state="forwarded").count() == 2


def test_another_workbook_is_refused_with_words(officer: Actor, sheet: SummarySheet) -> None:
    other = write_workbook([Sheet("名单", ["平台名称", "备注"], [["示例甲服务平台", "x"]])])
    with pytest.raises(Refused, match="不是本系统下载的推荐汇总表"):
        brought(officer, sheet, other)
    with pytest.raises(Refused):
        brought(officer, sheet, b"PK\x03\x04 broken")
