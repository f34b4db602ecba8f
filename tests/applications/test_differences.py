"""What changed between two contents, in words."""

from applications.differences import Change, difference


def served(name: str, code: str, **more: object) -> dict[str, object]:
    return {"year": 2025, "name": name, "credit_code": code, "phone": "13800000001"} | more


def content(**parts: object) -> dict[str, object]:
    return {"organisation": {}, "sections": {}, "lists": {}, "materials": []} | parts


def test_equal_contents_have_no_difference() -> None:
    one = content(lists={"served": [served("甲", "1"), served("乙", "2")]}, sections={"finance": {"total_assets": "1"}})
    assert difference(one, one) == []


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [served("甲", "1"), served("乙", "2")]
    assert difference(content(lists={"served": rows}), content(lists={"served": rows[::-1]})) == []


def test_fields_are_named_with_value_before_and_after() -> None:
    old, new = (content(sections={"finance": {"total_assets": value}}) for value in ("486.20", "490"))
    assert difference(old, new) == [Change("section", "finance", "上年末资产总额", "486.20 万元", "490 万元")]


def test_a_row_with_the_same_key_is_changed_and_persons_stay_masked() -> None:
    old = content(lists={"served": [served("甲", "1")]})
    new = content(lists={"served": [served("甲", "1", phone="13900000002")]})
    assert difference(old, new) == [
        Change("list", "served", "服务中小企业清单：甲，联系电话", "138****0001", "139****0002")
    ]


def test_rows_are_added_and_removed() -> None:
    old, new = content(lists={"served": [served("甲", "1")]}), content(lists={"served": [served("乙", "2")]})
    assert difference(old, new) == [
        Change("list", "served", "服务中小企业清单：删除一行", "2025，甲，1，138****0001", ""),
        Change("list", "served", "服务中小企业清单：新增一行", "", "2025，乙，2，138****0001"),
    ]


def test_a_row_repeated_once_more_is_an_addition() -> None:
    row = served("甲", "1")
    found = difference(content(lists={"served": [row]}), content(lists={"served": [row, row]}))
    assert [(c.label, c.old) for c in found] == [("服务中小企业清单：新增一行", "")]


def test_files_are_added_and_removed() -> None:
    one = {"uuid": "a", "category": 3, "document": "financial_statements", "name": "甲.pdf", "note": ""}
    found = difference(content(materials=[one]), content(materials=[one | {"uuid": "b", "name": "乙.pdf"}]))
    label = "上一年度财务报表（体现服务收支情况）"
    assert found == [
        Change("material", "3", f"{label}：移除文件", "甲.pdf", ""),
        Change("material", "3", f"{label}：新增文件", "", "乙.pdf"),
    ]


def test_a_transfer_is_the_authoritys_change() -> None:
    found = difference(content(organisation={"district": "盘龙区"}), content(organisation={"district": "五华区"}))
    assert found == [Change("authority", "organisation", "所属县(市)区", "盘龙区", "五华区")]
