"""An application on a telephone and at a desk, from the first page to the correction of three items, in a real browser.

Lists are imported, network and session end in the middle, the signatory signs, the district returns three items, the applicant
answers them, and the officer sees exactly three changes. Nothing that was typed is lost on the way.
"""

import re
from contextlib import ExitStack

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from applications.listforms import LISTS
from applications.models import Application
from applications.schema import BY_KEY, Kind
from applications.services import filing, lists, materials, sections
from tests import cast, drafts
from tests.browser import close_unheard
from tests.look import DESKTOP, Look, context_for, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = Look("phone", 360, 740)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


DEFECTS = {
    "section-finance-assets": "资产总额与审计报告期末数不一致，请核对更正。",
    "list-institutions-in_force": "第1家机构的协议已到期，请更新协议期限。",
    "material-3-statements": "财务报表缺少服务收支明细，请补充。",
}


@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=lambda look: look.name)
def test_filed_returned_with_three_items_and_corrected(chromium: Browser, live_server: LiveServer, look: Look) -> None:
    filer = cast.filer(cast.organisation())
    signer, officer = cast.signatory(filer.organisation), cast.district_officer()
    call = cast.open_call(cast.city_officer())
    cast.published_year(call.year)
    texts, rows = drafts.sections(call), drafts.lists(call, filer.organisation)
    draft = begun(filer, filing.create(actor=filer, call=call, platform_name="示例平台"), texts, rows)
    with ExitStack() as stack:

        def screen(person: Actor, seen: Look) -> BrowserContext:
            return stack.enter_context(context_for(chromium, live_server.url, seen, session_of(person)))

        page = filled_in(screen(filer, look), filer, draft, texts, rows)
        draft.refresh_from_db()
        kept = {section.key: {k: v for k, v in section.data.items() if v} for section in draft.sections.all()}
        assert (draft.state, kept) == ("awaiting_signature", texts)
        assert draft.batches.get(kind="served").servedenterprise_rows.count() == len(rows["served"])
        page.wait_for_load_state("load")
        assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.startsWith('draft:'))") == []

        signing, desk = screen(signer, look).new_page(), screen(officer, DESKTOP).new_page()
        submitted(signing, draft)
        returned(desk, draft)
        corrected(page, draft)
        resubmitted(signing, draft)
        exactly_three_changes(desk, draft)


def filled_in(
    context: BrowserContext, filer: Actor, draft: Application, texts: dict[str, dict[str, str]], rows: dict[str, list]
) -> Page:
    """The open list and the two open sections, with everything going wrong that can; handed over to the signatory."""
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
    return page


def submitted(page: Page, draft: Application) -> None:
    """The signatory reads and signs; the receipt bears the number."""
    page.goto(draft.get_absolute_url())
    page.get_by_role("link", name="核对并提交").first.click()
    signed(page, "确认并提交申报")
    expect(page.get_by_text("提交成功").first).to_be_visible()


def signed(page: Page, button: str) -> None:
    page.get_by_label(re.compile("承诺")).check()
    page.get_by_label(re.compile("密码")).fill(cast.PASSWORD)
    page.get_by_role("button", name=button).click()


def returned(page: Page, draft: Application) -> None:
    """The officer marks three items on the workbench and returns them in one letter."""
    bench = f"/review/applications/{draft.uuid}/"
    for item, words in DEFECTS.items():
        page.goto(f"{bench}?part={item.rpartition('-')[0]}")
        page.locator(f"label[for='v-{item}-fix']").click()
        page.locator(f"[id='n-{item}']").fill(words)
        expect(page.get_by_role("status").filter(has_text="已自动保存")).to_be_visible()
    page.goto(f"{bench}?part=section-finance")
    page.get_by_role("link", name="退回补正（3）").click()
    for words in DEFECTS.values():
        expect(page.locator(".letter")).to_contain_text(words)
    page.get_by_role("button", name="退回补正（3）").click()
    expect(page.get_by_text("已退回补正，补正通知书已送达申报单位。")).to_be_visible()


def corrected(page: Page, draft: Application) -> None:
    """One field, one cell, one more file; a reply and a tick for each."""
    correct_the_section(page, draft.get_absolute_url())
    correct_the_list(page)
    add_the_statement(page)
    answer_the_items(page)


def resubmitted(page: Page, draft: Application) -> None:
    page.goto(f"{draft.get_absolute_url()}correction/")
    page.get_by_role("button", name="保存并去核对提交").click()
    expect(page.locator("#changes")).to_contain_text("3 项补正，3 处改动")
    signed(page, "确认并提交补正")
    expect(page.get_by_text("第2版").first).to_be_visible()


def exactly_three_changes(page: Page, draft: Application) -> None:
    bench = f"/review/applications/{draft.uuid}/"
    page.goto(bench)
    expect(page.get_by_text("3 项补正，3 处改动")).to_be_visible()
    changes = page.locator(".diff > div").all_inner_texts()
    assert [" ".join(words.split()) for words in changes] == [
        "上年末资产总额 原为 486.20 万元 → 现为 486.30 万元",
        "签约服务机构清单：示例签约机构1，合作内容 原为 专业服务 → 现为 法律服务",
        "上一年度财务报表（体现服务收支情况）：新增文件 现为 服务收支明细.pdf",
    ]
    page.goto(f"{bench}?part=section-finance")
    expect(page.get_by_text("申报单位说明：第1项已更正。")).to_be_visible()


def begun(filer: Actor, draft: Application, texts: dict[str, dict[str, str]], rows: dict[str, list]) -> Application:
    """Everything but two sections and one list, filled in on another day."""
    for key in texts.keys() - {"service", "management"}:
        sections.save(actor=filer, application=draft, key=key, data=texts[key], revision=0)
    for kind in rows.keys() - {"served"}:
        lists.write_rows(actor=filer, application=draft, kind=kind, rows=rows[kind])
    for document in drafts.DOCUMENTS:
        materials.add(actor=filer, application=draft, document=document, uploads=[drafts.upload(f"{document}.pdf")])
    return draft


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
    close_unheard(page)
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


def correct_the_section(page: Page, own: str) -> None:
    """From the items to the one open field, kept while it is typed, and back."""
    page.goto(own)
    page.get_by_role("link", name="去补正").click()
    page.get_by_role("link", name="去修改：资产与财务").click()
    page.get_by_label(re.compile("^上年末资产总额")).fill("486.30")
    expect(page.get_by_role("status").filter(has_text="已自动保存")).to_be_visible()
    page.get_by_role("button", name="保存并返回补正").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("补正（3 项）")


def correct_the_list(page: Page) -> None:
    page.get_by_role("link", name="去修改：签约服务机构清单").click()
    page.get_by_role("link", name=re.compile("修改 *第 1 行")).click()
    page.get_by_label(re.compile("^合作内容")).fill("法律服务")
    page.get_by_role("button", name="保存该行", exact=True).click()
    expect(page.get_by_text("该行已保存。")).to_be_visible()
    page.get_by_role("link", name="返回补正事项").click()


def add_the_statement(page: Page) -> None:
    page.get_by_role("link", name="去修改：上一年度财务报表").click()
    file = {"name": "服务收支明细.pdf", "mimeType": "application/pdf", "buffer": drafts.pdf("details")}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("button", name=f"上移 {file['name']}")).to_be_visible()
    page.get_by_role("link", name="返回补正事项").click()


def answer_the_items(page: Page) -> None:
    """A reply and a tick each; the first is kept while it is typed."""
    page.get_by_label("第1项补正说明").fill("第1项已更正。")
    expect(page.get_by_role("status").filter(has_text="已自动保存")).to_be_visible()
    for number in (1, 2, 3):
        page.get_by_label(f"第{number}项补正说明").fill(f"第{number}项已更正。")
        page.get_by_label(f"第{number}项已补正").check()
    page.get_by_role("button", name="保存并通知签字人").click()
    expect(page.get_by_text("全部补正完毕", exact=True)).to_be_visible()
    expect(page.get_by_text("已通知签字人登录确认并提交补正。")).to_be_visible()
