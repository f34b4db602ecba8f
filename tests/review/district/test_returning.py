"""The return page: composed from the checklist, refined, previewed as the applicant will see it; transfer beside it."""

import re

import pytest

from accounts.actors import Actor
from applications import documents, openings
from applications.models import Application, Call, CorrectionItem
from files import pdf, storage
from lifecycle import deadlines
from review import checklist
from review.services import district
from review.services.district.handling import Defect
from tests import cast
from tests.pages import Page, Visitor
from tests.review import build
from timekeeping import clock

pytestmark = pytest.mark.django_db
ASSETS, SERVED, STATEMENTS = "section-finance-assets", "list-served-valid", "material-3-statements"
NOTES = {
    ASSETS: "资产总额与资产负债表不一致，请更正。",
    SERVED: "有3家企业信用代码重复，请核对。",
    STATEMENTS: "请提交体现服务收支的报表。",
}


@pytest.fixture
def marked(application: Application, officer: Actor) -> Application:
    """Three items 需补正."""
    answers = {item: ("fix", note) for item, note in NOTES.items()}
    district.save_checks(actor=officer, application=application, answers=answers)
    return application


def page_of(visitor: Visitor, application: Application) -> Page:
    return visitor.get(f"/review/applications/{application.uuid}/return/")


def letter(page: Page) -> str:
    """The words of the preview on the page."""
    return page.soup.select_one(".letter").get_text("", strip=True)


def test_every_field_of_an_item_exists_and_brings_those_asked_because_of_it() -> None:
    assert checklist.FIELDS.keys() <= checklist.keys()
    for item in checklist.ITEMS:
        assert all(map(openings.exists, (*item.fields, *item.more_fields))), item.key
        assert set(openings.with_dependents(item.fields)) == set(item.fields), item.key
        assert item.part == checklist.SECTION or not item.fields, item.key


def test_the_page_lists_every_item_with_what_it_opens(marked: Application, officer: Actor) -> None:
    page = page_of(Visitor(officer), marked)

    assert "退回补正（3）" in page.text
    assert "可以修改：上年末资产总额、上年末负债总额、上年末净资产" in page.text
    assert [field["name"] for field in page.soup.select("textarea[name^=text-]")] == [f"text-{key}" for key in NOTES]
    assert {box["value"] for box in page.soup.select(f"[name=more-{SERVED}]")} == {"service.smes_last_year"}
    for note in NOTES.values():
        assert note in letter(page)
    assert "请于2026年11月30日24:00前登录系统" in letter(page)


def test_the_words_the_term_and_further_fields_are_previewed_and_sent(marked: Application, officer: Actor) -> None:
    visitor = Visitor(officer)
    typed = {
        f"text-{ASSETS}": "资产总额应为486.30万元，请更正。", f"more-{SERVED}": ["service.smes_last_year"],
        "due_on": "2026-12-04", "note": "请一次补齐。",
    }  # fmt: skip

    seen = visitor.submit(page_of(visitor, marked), "更新预览", typed)

    assert "请于2026年12月4日24:00前登录系统" in letter(seen)
    assert "资产总额应为486.30万元，请更正。（可以修改：上年末资产总额" in letter(seen)
    assert "有3家企业信用代码重复，请核对。（可以修改：上年度服务中小企业数）" in letter(seen)
    assert Application.objects.get(pk=marked.pk).state == "submitted"
    visitor.submit(seen, "退回补正（3）")
    correction = Application.objects.get(pk=marked.pk).corrections.get()
    assert (correction.due_at, correction.note) == (clock.shanghai(2026, 12, 5), "请一次补齐。")
    assert [(i.item, i.defect, len(i.fields)) for i in correction.items.all()] == [
        (ASSETS, "资产总额应为486.30万元，请更正。", 3),
        (SERVED, NOTES[SERVED], 1),
        (STATEMENTS, NOTES[STATEMENTS], 0),
    ]
    issued = documents.return_letter(correction)
    printed = "".join(pdf.text_of(storage.path_of(issued.file).read_bytes()).split())
    whole = re.sub("—[0-9]+—", "", printed)
    for words in seen.soup.select(".letter :is(p, li, h2, h3)"):
        assert "".join(words.get_text().split()) in whole


def test_a_short_term_and_a_blank_item_are_said_at_the_field_with_everything_kept(
    marked: Application, officer: Actor
) -> None:
    visitor = Visitor(officer)
    typed = {f"text-{ASSETS}": "", f"text-{SERVED}": "请核对信用代码。", "due_on": "2026-12-04"}

    blank = visitor.submit(page_of(visitor, marked), "退回补正（3）", typed)
    short = visitor.submit(page_of(visitor, marked), "退回补正（3）", {"due_on": "2026-11-24"})

    assert (blank.status, short.status) == (422, 422)
    assert blank.errors == ["第1项：告知申报单位：每项“需补正”都须写明需要补充或更正的内容。"]
    assert blank.soup.select_one(f"[name=text-{SERVED}]").text.strip() == "请核对信用代码。"
    assert short.errors == ["补正截止日期：补正期限不得少于5个工作日，最早为2026年11月30日24:00。"]
    assert CorrectionItem.objects.count() == 0


def test_a_defect_a_colleague_marked_meanwhile_is_shown_before_anything_is_sent(
    marked: Application, officer: Actor, colleague: Actor
) -> None:
    visitor = Visitor(officer)
    page = page_of(visitor, marked)
    late = {"material-7-contracts": ("fix", "第二份协议缺盖章页。")}
    district.save_checks(actor=colleague, application=marked, answers=late)

    again = visitor.submit(page, "退回补正（3）", {f"text-{ASSETS}": "资产总额请更正。"})

    assert (again.status, Application.objects.get(pk=marked.pk).state) == (422, "submitted")
    assert "第二份协议缺盖章页。" in again.text and "资产总额请更正。" in again.text
    assert visitor.submit(again, "退回补正（4）").status == 200
    assert CorrectionItem.objects.count() == 4


def test_the_officers_term_stops_and_the_calls_does_not_move(marked: Application, officer: Actor, call: Call) -> None:
    before = (marked.closes_at, marked.district_due_at)
    visitor = Visitor(officer)
    page = page_of(visitor, marked)
    assert "补正期间本局受理期限停止计算；收到补正后，自收到之日起重新计算" in page.text
    assert "申报截止时间均不因补正顺延" in page.text

    visitor.submit(page, "退回补正（3）")

    returned = Application.objects.get(pk=marked.pk)
    assert (returned.closes_at, returned.district_due_at) == before
    assert [due.row.name for due in deadlines.dues([returned])["application", returned.pk]] == ["resubmit"]


def test_a_term_beyond_the_districts_own_end_is_pointed_out(marked: Application, officer: Actor) -> None:
    visitor = Visitor(officer)
    page = page_of(visitor, marked)

    beyond = visitor.submit(page, "更新预览", {"due_on": "2027-01-05"})

    assert "补正截止晚于县区推荐截止" in beyond.text
    assert "补正截止晚于县区推荐截止" not in page.text


def test_without_a_defect_there_is_nothing_to_return(application: Application, officer: Actor) -> None:
    page = page_of(Visitor(officer), application)
    assert "没有“需补正”的事项" in page.text
    assert page.soup.select("main form") == []


def test_nobody_but_the_own_district_opens_the_return_page(
    marked: Application, officer: Actor, stranger: Actor, city: Actor
) -> None:
    outsider = cast.filer(cast.organisation("另一单位"), "outsider")
    people = (stranger, outsider, cast.actor_of(marked), city)
    assert [page_of(Visitor(person), marked).status for person in people] == [404, 403, 403, 403]
    assert page_of(Visitor(), marked).heading == "登录"
    assert page_of(Visitor(officer), marked).status == 200


def test_a_wrongly_addressed_case_is_transferred_by_its_page(
    application: Application, officer: Actor, stranger: Actor
) -> None:
    visitor = Visitor(officer)
    address = f"/review/applications/{application.uuid}/transfer/"
    chosen = {"to": str(cast.district("wuhua").pk), "reason": "经营服务地址在五华区。"}

    wrong = visitor.submit(visitor.get(address), "移送属地主管部门", chosen | {"reason": ""})
    done = visitor.submit(wrong, "移送属地主管部门", chosen)

    assert wrong.status == 422
    assert "已移送" in done.text
    assert visitor.get(address).status == 404
    assert Visitor(stranger).get(f"/review/applications/{application.uuid}/").status == 200
    told = Visitor(cast.actor_of(application)).get(application.get_absolute_url())
    assert "移送属地主管部门" in told.text and "经营服务地址在五华区。" in told.text


def test_the_queue_of_one_district_holds_no_returned_case_of_another(
    call: Call, officer: Actor, stranger: Actor
) -> None:
    case = build.submitted(call, name="示例五华", slug="wuhua")
    district.return_for_correction(
        actor=stranger, application=case, defects=[Defect.of(checklist.BY_KEY[ASSETS], "请更正资产总额。")]
    )
    assert "示例五华" not in Visitor(officer).get("/review/queue/?tab=returned").text
    assert "示例五华" in Visitor(stranger).get("/review/queue/?tab=returned").text
