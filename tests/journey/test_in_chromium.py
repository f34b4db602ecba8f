"""The three pages on which people write most, in a real browser: what they type is kept, counted and sent once."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.actors import Actor
from applications.listforms import LISTS
from applications.models import Application
from applications.services import filing
from regulation.rubric import DEFAULT_RUBRIC
from review import links
from review.models import Notice, Objection, ScoreSheet
from review.services import sampling
from tests import cast, drafts
from tests.review import making, stage
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def monday(frozen_clock: datetime) -> Iterator[None]:
    """Monday 1 June 2026, whatever date the suite believes in."""
    with clock.frozen(stage.MORNING):
        yield


def sign_in(page: Page, person: Actor) -> None:
    """Through the page of the site, as everybody; it leads to the desk."""
    page.goto("/desk/")
    page.get_by_label("用户名").fill(person.user.username)
    page.get_by_label("密码", exact=True).fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(person.user.name)


def test_a_section_is_kept_while_it_is_typed(page: Page) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")
    sign_in(page, filer)
    page.get_by_role("link", name="填齐申报材料，送签字人确认").click()
    page.get_by_role("link", name="资产与财务").first.click()
    page.get_by_label(re.compile("^上年末资产总额")).fill("486.20")
    expect(page.get_by_role("status").filter(has_text="已自动保存 09:00")).to_be_visible()
    assert application.sections.get(key="finance").data["total_assets"] == "486.20"

    page.reload()
    expect(page.get_by_label(re.compile("^上年末资产总额"))).to_have_value("486.20")
    page.get_by_label(re.compile("^上年末负债总额")).fill("120")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_text("“资产与财务”已保存。")).to_be_visible()
    kept = application.sections.get(key="finance").data
    assert (kept["total_assets"], kept["liabilities"]) == ("486.20", "120")


def test_a_button_pressed_while_a_draft_is_on_its_way_meets_no_second_person(page: Page) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")
    sign_in(page, filer)
    page.goto(f"{application.get_absolute_url()}section/finance/")
    held: list[Route] = []
    page.route(
        "**/section/finance/",
        lambda route: held.append(route) if "x-autosave" in route.request.headers else route.continue_(),
    )
    page.get_by_label(re.compile("^上年末资产总额")).fill("486.20")
    expect(page.get_by_role("status").filter(has_text="正在保存")).to_be_visible()
    page.get_by_label(re.compile("^上年末负债总额")).fill("120")
    page.get_by_role("button", name="保存并继续").click()
    held.pop().continue_()
    expect(page.get_by_text("“资产与财务”已保存。")).to_be_visible()
    kept = application.sections.get(key="finance").data
    assert (kept["total_assets"], kept["liabilities"]) == ("486.20", "120")


def test_a_list_is_imported_after_its_preview(page: Page) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")
    rows = drafts.lists(application.call, filer.organisation)["served"]
    book = drafts.workbook("served", rows)
    sign_in(page, filer)
    page.get_by_role("link", name="填齐申报材料，送签字人确认").click()
    page.get_by_role("link", name=LISTS["served"].title).first.click()
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files({"name": "清单.xlsx", "mimeType": mime, "buffer": book.read()})
    page.get_by_role("button", name="上传并预览").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"导入预览：{LISTS['served'].title}")
    assert application.batches.count() == 0
    page.get_by_role("button", name=f"导入 {len(rows)} 行").click()
    expect(page.get_by_text(f"已导入 {len(rows)} 行")).to_be_visible()
    assert application.batches.get().servedenterprise_rows.count() == len(rows)


def test_an_expert_scores_with_the_total_in_sight_and_locks(page: Page) -> None:
    city = cast.city_officer()
    call = cast.open_call(city)
    application, members = making.admitted(call, city), making.experts()
    sheet = making.sheet_of(making.started(call, city, members, [application]), application, members[0])
    sign_in(page, members[0])
    page.get_by_role("link", name="声明利益关系后打开材料").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="声明无利益关系，打开材料").click()
    for item in DEFAULT_RUBRIC.items:
        page.locator(f"[name='points-{item.key}']").fill(str(item.maximum))
    expect(page.locator("[data-total]")).to_have_text("100.00")
    page.locator(f"[name='points-{DEFAULT_RUBRIC.items[0].key}']").fill("0")
    total = f"{100 - DEFAULT_RUBRIC.items[0].maximum:.2f}"
    expect(page.locator("[data-total]")).to_have_text(total)
    expect(page.get_by_role("status").filter(has_text="已自动保存")).to_be_visible()
    assert ScoreSheet.objects.get(pk=sheet.pk).state == "scoring"

    page.get_by_label("评审意见").fill("材料齐全，成效明显。")
    page.get_by_role("button", name="提交评分（提交后不能改）").click()
    expect(page.get_by_text("的评分已提交，不能再改")).to_be_visible()
    locked = ScoreSheet.objects.get(pk=sheet.pk)
    assert (locked.state, f"{locked.total:.2f}") == ("locked", total)


def test_a_citizen_objects_to_one_platform_of_a_notice(page: Page) -> None:
    city = stage.City()
    notice = city.published(*(city.proposed() for _ in range(2)))
    named = notice.items.earliest("position")
    with clock.frozen(clock.shanghai(2026, 6, 3, 10)):
        object_to(page, notice, f"{named.platform_name}（{named.operator_name}）")
    objection = Objection.objects.get()
    expect(page.get_by_text(objection.receipt_number).first).to_be_visible()
    assert (objection.application_id, objection.state) == (named.application_id, "received")
    assert set(Application.objects.values_list("state", flat=True)) == {"on_notice"}


def object_to(page: Page, notice: Notice, platform: str) -> None:
    """From the home page to the receipt."""
    page.goto("/")
    page.get_by_role("link", name=notice.title).click()
    page.get_by_role("link", name="提出异议").first.click()
    page.get_by_label("有异议的平台").select_option(label=platform)
    page.get_by_label("异议内容").fill("服务企业数与实际不符。")
    page.locator("label", has_text="个人").first.click()
    page.get_by_label("真实姓名或单位全称").fill("张某某")
    page.get_by_label("联系电话").fill("13911112222")
    page.get_by_label("本人确认以上姓名").check()
    page.get_by_role("button", name="提交异议，领取回执").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("异议已提交")


def test_a_drawn_enterprise_answers_by_its_private_link(page: Page) -> None:
    officer = cast.district_officer()
    application = cast.accepted_application(cast.open_call(cast.city_officer()), officer)
    unit = sampling.draw(actor=officer, application=application).units.filter(activated_at__isnull=False).earliest("pk")
    page.goto(links.path_of(unit))
    page.get_by_label("很满意").check()
    page.get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("已收到贵企业的答复，谢谢。")).to_be_visible()
    assert unit.answer.satisfaction == "very"
