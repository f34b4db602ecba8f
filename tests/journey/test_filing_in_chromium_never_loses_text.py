"""Filing with imported lists on a telephone and at a desk; network and session end in the middle; nothing is lost up to 送签字人确认."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from applications.listforms import LISTS
from applications.models import Application
from applications.schema import BY_KEY, Kind
from applications.services import filing, lists, materials, sections
from tests import cast, drafts
from tests.look import DESKTOP, Look, context_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = Look("phone", 360, 740)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=lambda look: look.name)
def test_nothing_typed_is_lost_on_the_way_to_the_signatory(
    chromium: Browser, live_server: LiveServer, look: Look
) -> None:
    filer = cast.filer(cast.organisation())
    cast.signatory(filer.organisation)
    call = cast.open_call(cast.city_officer())
    texts, rows = drafts.sections(call), drafts.lists(call, filer.organisation)
    draft = begun(filer, filing.create(actor=filer, call=call, platform_name="示例平台"), texts, rows)
    context = context_for(chromium, live_server.url, look, signed_in(filer))
    page = context.new_page()

    page.goto(draft.get_absolute_url())
    imported(page, draft, "served", rows)
    page.goto(f"{draft.get_absolute_url()}section/service/")
    page = with_the_network_gone(context, page, texts["service"])
    expect(page.get_by_role("heading", level=1)).not_to_have_text("服务规模与满意度")
    page.goto(f"{draft.get_absolute_url()}section/management/")
    with_the_session_ended(page, filer, texts["management"])

    page.goto(f"{draft.get_absolute_url()}check/")
    expect(page.get_by_text("没有需要改正的地方").first).to_be_visible()
    page.get_by_role("button", name="送签字人确认").click()
    expect(page.get_by_text("已送签字人确认")).to_be_visible()
    draft.refresh_from_db()
    kept = {section.key: {k: v for k, v in section.data.items() if v} for section in draft.sections.all()}
    assert (draft.state, kept) == ("awaiting_signature", texts)
    assert draft.batches.get(kind="served").servedenterprise_rows.count() == len(rows["served"])
    assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []
    context.close()


def begun(filer: Actor, draft: Application, texts: dict[str, dict[str, str]], rows: dict[str, list]) -> Application:
    """Everything but two sections and one list, filled in on another day."""
    for key in texts.keys() - {"service", "management"}:
        sections.save(actor=filer, application=draft, key=key, data=texts[key], revision=0)
    for kind in rows.keys() - {"served"}:
        lists.write_rows(actor=filer, application=draft, kind=kind, rows=rows[kind])
    for document in drafts.DOCUMENTS:
        materials.add(actor=filer, application=draft, document=document, uploads=[drafts.upload(f"{document}.pdf")])
    return draft


def signed_in(person: Actor) -> dict[str, str]:
    client = Client()
    assert person.user
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def imported(page: Page, draft: Application, kind: str, rows: dict[str, list]) -> None:
    page.get_by_role("link", name=LISTS[kind].title).first.click()
    book = drafts.workbook(kind, rows[kind])
    page.locator("input[type=file]").set_input_files({"name": "清单.xlsx", "mimeType": XLSX, "buffer": book.read()})
    page.get_by_role("button", name="上传并预览").click()
    page.get_by_role("button", name=f"导入 {len(rows[kind])} 行").click()
    expect(page.get_by_text(f"已导入 {len(rows[kind])} 行")).to_be_visible()


def typed(page: Page, key: str, text: str, kind: str) -> None:
    if kind in (Kind.YES_NO, Kind.CHOICE):
        chosen = page.locator(f"[name='{key}'][value='{text}']").get_attribute("id")
        page.locator(f"label[for='{chosen}']").click()
    else:
        page.locator(f"[name='{key}']").fill(text)


def fill(page: Page, section: str, texts: dict[str, str], keys: list[str]) -> None:
    for key in keys:
        typed(page, key, texts[key], BY_KEY[section].field(key).kind)


def with_the_network_gone(context: BrowserContext, page: Page, texts: dict[str, str]) -> Page:
    """Half is typed, the network goes, the rest is typed and the page closed by accident; the page opened afterwards."""
    keys = list(texts)
    state = page.locator("[data-autosave-state]")
    fill(page, "service", texts, keys[:5])
    expect(state).to_contain_text("已自动保存")
    address = page.url
    context.set_offline(True)
    fill(page, "service", texts, keys[5:])
    expect(state).to_contain_text("未保存：网络已断开")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="恢复").click()
    state = page.locator("[data-autosave-state]")
    expect(state).to_contain_text("已自动保存")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_text("“服务规模与满意度”已保存")).to_be_visible()
    return page


def with_the_session_ended(page: Page, filer: Actor, texts: dict[str, str]) -> None:
    """The session ends while the page is filled in; the button leads to the login page and back to the text."""
    fill(page, "management", texts, list(texts))
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-state", "saved")
    full_time = page.locator("[name=full_time_staff]")
    full_time.fill("2")
    Session.objects.all().delete()
    full_time.fill(texts["full_time_staff"])
    page.get_by_role("button", name="保存并继续").click()
    if page.locator("[data-autosave-state]").count():
        expect(page.locator("[data-autosave-state]")).to_contain_text("登录已过期")
        page.get_by_role("button", name="保存并继续").click()
    assert filer.user
    page.get_by_label("用户名").fill(filer.user.username)
    page.get_by_label("密码", exact=True).fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_text("已放回您在登录过期前填写的内容")).to_be_visible()
    expect(full_time).to_have_value(texts["full_time_staff"])
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_text(re.compile("“管理制度与人员”已保存"))).to_be_visible()
