"""Typing survives everything, in a real browser: a broken network, an ended session, a second window, a colleague, a shared computer."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from applications.models import Application
from applications.services import filing
from tests import cast
from tests.browser import close_unheard
from tests.look import DESKTOP, Look, complaints, context_for, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = Look("phone", 360, 740)
ASSETS, DEBTS, REVENUE = (re.compile(f"^{label}") for label in ("上年末资产总额", "上年末负债总额", "上年度营业收入"))


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation(), "李敏")


@pytest.fixture
def draft(filer: Actor) -> Application:
    return filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")


@pytest.fixture
def windows(chromium: Browser, live_server: LiveServer) -> Iterator[Any]:
    """Makes a browser of a person, signed in."""
    made: list[BrowserContext] = []

    def window(person: Actor, look: Look = DESKTOP) -> BrowserContext:
        made.append(context_for(chromium, live_server.url, look, session_of(person)))
        return made[-1]

    yield window
    for context in made:
        context.close()


def section(context: BrowserContext, draft: Application, key: str = "finance") -> Page:
    page = context.new_page()
    page.goto(f"{draft.get_absolute_url()}section/{key}/")
    return page


def says(page: Page, words: str) -> None:
    expect(page.locator("[data-autosave-state]")).to_contain_text(words)


def copies(page: Page) -> dict[str, Any]:
    """What the browser keeps, once the page's scripts have run."""
    page.wait_for_load_state("load")
    kept: dict[str, str] = page.evaluate("() => ({...localStorage})")
    return {key: json.loads(value) for key, value in kept.items() if key.startswith("draft:")}


@contextmanager
def offline(context: BrowserContext) -> Iterator[None]:
    context.set_offline(True)
    yield
    context.set_offline(False)


def saved(draft: Application, key: str = "finance") -> dict[str, str]:
    return {name: text for name, text in draft.sections.get(key=key).data.items() if text}


def sign_in(page: Page, person: Actor) -> None:
    assert person.user
    page.get_by_label("用户名").fill(person.user.username)
    page.get_by_label("密码", exact=True).fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()


def test_a_broken_network_loses_nothing_and_saves_by_itself(draft: Application, filer: Actor, windows: Any) -> None:
    context = windows(filer, PHONE)
    page = section(context, draft)
    page.get_by_label(ASSETS).fill("486.20")
    says(page, "已自动保存 09:00")
    assert copies(page) == {}
    with offline(context):
        page.get_by_label(DEBTS).fill("120")
        says(page, "未保存：网络已断开，您填写的内容还在本页")
        page.get_by_role("button", name="保存并继续").click()
        says(page, "网络已断开")
        expect(page.get_by_label(DEBTS)).to_have_value("120")
        assert complaints(page) == []
    says(page, "已自动保存")
    assert saved(draft) == {"total_assets": "486.20", "liabilities": "120"}
    assert copies(page) == {}


def test_what_is_typed_before_the_scripts_arrive_is_saved_too(draft: Application, filer: Actor, windows: Any) -> None:
    page = windows(filer, PHONE).new_page()
    held: list[Route] = []
    page.route("**/js/app*.js", lambda route: held.append(route))
    page.goto(f"{draft.get_absolute_url()}section/finance/", wait_until="commit")
    page.get_by_label(ASSETS).fill("486.20")
    held.pop().continue_()
    says(page, "已自动保存 09:00")
    assert (saved(draft), copies(page)) == ({"total_assets": "486.20"}, {})


def test_a_page_closed_without_a_network_offers_its_text_again(draft: Application, filer: Actor, windows: Any) -> None:
    context = windows(filer, PHONE)
    page = section(context, draft)
    with offline(context):
        page.get_by_label(REVENUE).fill("820")
        says(page, "未保存：网络已断开")
        [kept] = copies(page)
        assert filer.user
        assert kept == f"draft:{filer.user.uuid}:{draft.uuid}:finance"
        close_unheard(page)
    page = section(context, draft)
    offer = page.locator("[data-local-offer]")
    expect(offer).to_contain_text("本页有一份未保存的内容")
    expect(page.get_by_label(REVENUE)).to_have_value("")
    assert complaints(page) == []
    offer.get_by_role("button", name="恢复").click()
    says(page, "已自动保存")
    assert (saved(draft), copies(page)) == ({"revenue": "820"}, {})

    with offline(context):
        page.get_by_label(REVENUE).fill("900")
        says(page, "未保存：网络已断开")
        close_unheard(page)
    page = section(context, draft)
    page.get_by_role("button", name="放弃").click()
    expect(page.locator("[data-local-offer]")).to_have_count(0)
    assert (saved(draft), copies(page)) == ({"revenue": "820"}, {})


def test_a_session_that_ends_while_typing_is_taken_up_again(draft: Application, filer: Actor, windows: Any) -> None:
    context = windows(filer, PHONE)
    page = section(context, draft)
    Session.objects.all().delete()
    page.get_by_label(ASSETS).fill("486.20")
    says(page, "登录已过期，您填写的内容还在本页")
    with context.expect_page() as opened:
        page.get_by_role("link", name="重新登录").click()
    sign_in(opened.value, filer)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("资产与财务")
    opened.value.close()
    page.bring_to_front()
    if page.locator("[data-autosave-state][data-state=failed]").count():
        page.get_by_role("button", name="重试").click()
    says(page, "已自动保存")
    assert saved(draft) == {"total_assets": "486.20"}

    Session.objects.all().delete()
    page.get_by_label(DEBTS).fill("120")
    page.get_by_role("button", name="保存并继续").click()
    if page.get_by_label("用户名").count() == 0:
        page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_text("您填写的内容没有丢失")).to_be_visible()
    assert complaints(page) == []
    sign_in(page, filer)
    expect(page.get_by_text("已放回您在登录过期前填写的内容")).to_be_visible()
    expect(page.get_by_label(DEBTS)).to_have_value("120")
    assert complaints(page) == []
    page.get_by_role("button", name="保存，稍后再填").click()
    expect(page.get_by_text("“资产与财务”已保存")).to_be_visible()
    assert saved(draft) == {"total_assets": "486.20", "liabilities": "120"}


def test_two_people_see_each_other_and_choose_where_they_met(draft: Application, filer: Actor, windows: Any) -> None:
    colleague = cast.filer(filer.organisation, "王芳")
    mine, theirs = section(windows(filer), draft), section(windows(colleague), draft)
    expect(theirs.locator("[data-presence]")).to_contain_text("李敏 正在填写")
    theirs.get_by_label(ASSETS).fill("300")
    theirs.get_by_label(DEBTS).fill("20")
    says(theirs, "已自动保存")

    mine.get_by_label(REVENUE).fill("820")
    says(mine, "已自动保存 09:00。同事修改的“上年末资产总额”、“上年末负债总额”已一并保留")
    expect(mine.get_by_label(ASSETS)).to_have_value("300")
    expect(mine.locator("[data-presence]")).to_contain_text("王芳 正在填写")

    theirs.get_by_label(ASSETS).fill("310")
    theirs.get_by_label(REVENUE).fill("830")
    says(theirs, "未保存：李敏于 09:00 也修改了 1 处")
    assert complaints(theirs) == []
    choice = theirs.locator("[data-choice=revenue]")
    expect(choice).to_contain_text("李敏 09:00 填写：820 万元")
    choice.get_by_role("button", name="改用此内容").click()
    says(theirs, "已自动保存")
    expect(theirs.get_by_label(REVENUE)).to_have_value("820")
    assert saved(draft) == {"total_assets": "310", "liabilities": "20", "revenue": "820"}


def test_signing_out_leaves_nothing_on_a_shared_computer(draft: Application, filer: Actor, windows: Any) -> None:
    colleague = cast.filer(filer.organisation, "王芳")
    context = windows(filer)
    page, other = section(context, draft), section(context, draft, "premises")
    page.route(
        "**/section/finance/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label(ASSETS).fill("486.20")
    says(page, "暂时连接不上服务器")
    assert len(copies(page)) == 1
    page.locator(".k-who summary").click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("link", name="登录").first).to_be_visible()
    assert copies(page) == {}
    other.get_by_label("服务场所面积").fill("600")
    says(other, "登录已过期")
    assert copies(other) == {}

    page.evaluate("key => localStorage.setItem(key, '{}')", f"draft:{filer.user.uuid if filer.user else ''}:x:finance")
    page.goto(f"/login/?next={draft.get_absolute_url()}section/finance/")
    sign_in(page, colleague)
    expect(page.get_by_role("heading", level=1)).to_have_text("资产与财务")
    expect(page.locator("[data-local-offer]")).to_be_hidden()
    assert copies(page) == {}
    other.get_by_role("button", name="重试").click()
    says(other, "这个浏览器现在登录的是另一账号")
    assert not draft.sections.exists()
