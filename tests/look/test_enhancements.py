"""What the browser adds: each is also there, more plainly, without JavaScript."""

import copy
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.look import DESKTOP, FOLDER, PHONE, complaints, context_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def gallery(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.look.gallery"
    settings.LOGIN_REDIRECT_URL = "accounts:profile"
    settings.LOGOUT_REDIRECT_URL = "login"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(FOLDER / "templates")
    settings.TEMPLATES = templates


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto("/gallery/form/?bad")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("错误：")
    page.get_by_role("link", name="请选择单位性质").click()
    expect(page.get_by_role("radio", name="企业", exact=True)).to_be_focused()
    expect(page.get_by_role("textbox", name="统一社会信用代码").first).to_have_value("9153")


def test_the_first_tab_stop_leads_past_the_header(page: Page) -> None:
    page.goto("/guide/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_on_a_phone_the_present_link_of_the_navigation_is_in_sight(chromium: Browser, live_server: LiveServer) -> None:
    context = context_for(chromium, live_server.url, PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/progress/")
    link = page.locator(".k-nav [aria-current]")
    expect(link).to_have_text("进度查询")
    expect(link).to_be_in_viewport(ratio=1)
    assert page.evaluate("window.scrollY") == 0
    context.close()


def test_text_size_and_theme_are_chosen_with_one_press_each(page: Page) -> None:
    page.goto("/guide/")
    page.get_by_role("button", name="长者版").click()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-text", "large")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.url.endswith("/guide/")


def test_a_draft_says_when_it_is_saved_and_when_it_is_not(page: Page) -> None:
    page.goto("/gallery/draft/")
    answers = [503, 200]
    seen: list[str] = []

    def answer(route: Route) -> None:
        seen.append(route.request.post_data or "")
        status = answers.pop(0)
        route.fulfill(status=status, json={"revision": 8} if status == 200 else {})

    page.route("**/gallery/draft/save/", answer)
    page.get_by_role("textbox", name="单位名称").fill("示例")
    state = page.get_by_role("status")
    expect(state).to_have_text(re.compile("未保存：服务器暂时没有响应，您填写的内容还在本页"))
    page.get_by_role("button", name="重试").click()
    expect(state).to_have_text(re.compile("已自动保存"))
    expect(page.locator("[name=revision]")).to_have_value("8")
    assert len(seen) == 2


def test_a_filter_applies_as_soon_as_it_is_chosen(page: Page) -> None:
    page.goto("/gallery/components/")
    page.get_by_role("combobox", name="县(市)区").select_option("panlong")
    page.wait_for_url("**district=panlong**")


@pytest.mark.parametrize("look", [DESKTOP, PHONE], ids=lambda look: look.name)
def test_a_person_signs_in_opens_the_menu_and_signs_out(chromium: Browser, live_server: LiveServer, look) -> None:
    cast.district_officer()
    context = context_for(chromium, live_server.url, look)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("用户名").fill("district")
    page.get_by_label("密码").fill(cast.PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.locator(".k-who summary").click()
    assert complaints(page) == []
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    context.close()
