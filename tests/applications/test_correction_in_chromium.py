"""A returned application in a real browser: three items, answered on a phone, resubmitted; the officer sees three changes."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from accounts.models import Role
from applications import corrections
from applications.models import Application
from applications.services import answers, sections
from applications.services.answers import Reply
from review.checklist import BY_KEY
from review.services import district
from review.services.district.handling import Defect
from tests import cast, drafts
from tests.applications.test_resubmission import resubmit
from tests.look import DESKTOP, LOOKS, PHONE, TRIED, complaints, context_for, open_page, shoot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")
DEFECTS = {
    "section-finance-assets": "资产总额与审计报告期末数不一致，请核对更正。",
    "list-institutions-in_force": "第1家机构的协议已到期，请更新协议期限。",
    "material-3-statements": "财务报表缺少服务收支明细，请补充。",
}


@pytest.fixture
def application() -> Application:
    return cast.submitted_application()


@pytest.fixture
def officer(application: Application) -> Actor:
    """The district's officer, who has marked three items."""
    cast.published_year(application.call.year)
    person = cast.district_officer()
    found = {item: ("fix", words) for item, words in DEFECTS.items()}
    district.save_checks(actor=person, application=application, answers=found)
    return person


def session_of(person: Actor) -> dict[str, str]:
    client = Client()
    client.force_login(person.user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture
def desk(chromium: Browser, live_server: LiveServer, officer: Actor) -> Iterator[Page]:
    with context_for(chromium, live_server.url, DESKTOP, session_of(officer)) as context:
        yield context.new_page()


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer, application: Application) -> Iterator[Page]:
    """The filer's telephone."""
    with context_for(chromium, live_server.url, PHONE, session_of(cast.actor_of(application))) as context:
        yield context.new_page()


@pytest.fixture
def signing(chromium: Browser, live_server: LiveServer, application: Application) -> Iterator[Page]:
    """The signatory's telephone."""
    signer = cast.actor_of(application, Role.SIGNATORY)
    with context_for(chromium, live_server.url, PHONE, session_of(signer)) as context:
        yield context.new_page()


def test_three_items_are_answered_on_a_phone_and_the_officer_sees_exactly_three_changes(
    desk: Page, phone: Page, signing: Page, application: Application
) -> None:
    bench, own = f"/review/applications/{application.uuid}/", application.get_absolute_url()
    desk.goto(f"{bench}?part=section-finance")
    desk.get_by_role("link", name="退回补正（3）").click()
    for words in DEFECTS.values():
        expect(desk.locator(".letter")).to_contain_text(words)
    desk.get_by_role("button", name="退回补正（3）").click()
    expect(desk.get_by_text("已退回补正，补正通知书已送达申报单位。")).to_be_visible()

    correct_the_section(phone, own)
    correct_the_list(phone, own)
    add_the_statement(phone, own)
    answer_the_items(phone)

    signing.goto(f"{own}correction/")
    signing.get_by_role("button", name="保存并去核对提交").click()
    expect(signing.locator("#changes")).to_contain_text("3 项补正，3 处改动")
    signing.get_by_label(re.compile("承诺")).check()
    signing.get_by_label(re.compile("密码")).fill(cast.PASSWORD)
    signing.get_by_role("button", name="确认并提交补正").click()
    expect(signing.get_by_text("第2版").first).to_be_visible()

    desk.goto(bench)
    expect(desk.get_by_text("3 项补正，3 处改动")).to_be_visible()
    changes = desk.locator(".diff > div").all_inner_texts()
    assert [" ".join(words.split()) for words in changes] == [
        "上年末资产总额 原为 486.20 万元 → 现为 486.30 万元",
        "签约服务机构清单：示例签约机构1，合作内容 原为 专业服务 → 现为 法律服务",
        "上一年度财务报表（体现服务收支情况）：新增文件 现为 服务收支明细.pdf",
    ]
    desk.goto(f"{bench}?part=section-finance")
    expect(desk.get_by_text("申报单位说明：第1项已更正。")).to_be_visible()


def correct_the_section(page: Page, own: str) -> None:
    """From the items to the one open field, kept while it is typed, and back."""
    page.goto(own)
    page.get_by_role("link", name="去补正").click()
    page.get_by_role("link", name="去修改：资产与财务").click()
    page.get_by_label(re.compile("^上年末资产总额")).fill("486.30")
    expect(page.get_by_role("status").filter(has_text="已自动保存")).to_be_visible()
    page.get_by_role("button", name="保存并返回补正").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("补正（3 项）")


def correct_the_list(page: Page, own: str) -> None:
    page.get_by_role("link", name="去修改：签约服务机构清单").click()
    page.get_by_role("link", name=re.compile("修改 *第 1 行")).click()
    page.get_by_label(re.compile("^合作内容")).fill("法律服务")
    page.get_by_role("button", name="保存该行", exact=True).click()
    expect(page.get_by_text("该行已保存。")).to_be_visible()
    page.get_by_role("link", name="返回补正事项").click()


def add_the_statement(page: Page, own: str) -> None:
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


def corrected(application: Application) -> None:
    """The first item put right and answered, the second only explained."""
    filer = cast.actor_of(application)
    section = application.sections.get(key="finance")
    said = section.data | {"total_assets": "486.30"}
    sections.save(actor=filer, application=application, key="finance", data=said, revision=section.revision)
    correction = corrections.current(Application.objects.get(pk=application.pk))
    replies = {item.pk: Reply("已按审计报告更正。", done=True) for item in list(correction.items.all())[:2]}
    answers.save_answers(actor=filer, correction=correction, answers=replies, seen=answers.revision(correction))


def test_the_pages_of_a_correction_are_sound_in_every_look(
    chromium: Browser, live_server: LiveServer, application: Application, officer: Actor
) -> None:
    filer, own, bench = (
        cast.actor_of(application),
        application.get_absolute_url(),
        f"/review/applications/{application.uuid}/",
    )
    wrong = look_at(chromium, live_server, officer, {"return": f"{bench}return/"})
    items = [Defect.of(BY_KEY[item], words) for item, words in DEFECTS.items()]
    district.return_for_correction(actor=officer, application=application, defects=items)
    corrected(application)
    pages = {
        "home": own,
        "items": f"{own}correction/",
        "section": f"{own}section/finance/",
        "material": f"{own}material/3/",
    }
    wrong += look_at(
        chromium, live_server, filer, pages | {"list": f"{own}list/institutions/", "signing": f"{own}resubmission/"}
    )
    correction = corrections.current(Application.objects.get(pk=application.pk))
    correction.items.update(done=True, answer="已按审计报告更正。")
    resubmit(cast.actor_of(application, Role.SIGNATORY), application)
    wrong += look_at(chromium, live_server, officer, {"bench": bench, "part": f"{bench}?part=section-finance"})
    assert wrong == []


def look_at(chromium: Browser, live_server: LiveServer, person: Actor, pages: dict[str, str]) -> list[str]:
    """What is wrong with the pages; their pictures too when asked for."""
    wrong: list[str] = []
    for look in LOOKS if PICTURES else TRIED:
        with context_for(chromium, live_server.url, look, session_of(person)) as context:
            for name, address in pages.items():
                page, said = open_page(context, address)
                if PICTURES:
                    shoot(page, Path(PICTURES) / f"{name}-{look.name}.png")
                wrong += [f"{name} {look.name}: {words}" for words in [*complaints(page), *said]]
                page.close()
    return wrong
