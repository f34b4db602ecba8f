"""The self-check and the guide in every look: the questions, the answers, what has to be put right, and the printed result."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.look import DESKTOP, TRIED, Look, complaints, context_for, open_page, shoot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "/self-check/"


def fill(page: Page) -> None:
    """A platform that meets most, lacks some proof and has too few staff."""
    for name, text in (
        ("started_on", "2019-06-01"), ("total_assets", "486.2"), ("smes_last_year", "130"), ("smes_year_before", "110"),
        ("smes_two_years_before", "95"), ("specialised_smes", "6"), ("satisfaction", "93.5"), ("full_time_staff", "14"),
        ("qualified_staff", "12"), ("institutions_in_force", "4"),
    ):  # fmt: skip
        page.fill(f"[name={name}]", text)
    for name in ("legal_person", "premises", "equipment", "online_means", "good_credit"):
        page.click(f"label[for=id_{name}_0]")
    page.click("label[for=id_cooperation_1]")
    page.click("summary:has-text('培训服务')")
    page.check("[name='training.declared']")
    page.fill("[name='training.person_times']", "1080")


def kept(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        shoot(page, Path(folder) / f"{name}.png")


@pytest.mark.parametrize("look", TRIED, ids=lambda look: look.name)
def test_the_self_check_is_sound_in_this_look(chromium: Browser, live_server: LiveServer, look: Look) -> None:
    cast.open_call(cast.city_officer())
    context = context_for(chromium, live_server.url, look)
    page, said = open_page(context, ADDRESS)
    found = {"asked": complaints(page)}
    kept(page, f"self-check-asked-{look.name}")
    fill(page)
    page.fill("[name=total_assets]", "三百万")
    page.click("form.self-check button.btn")
    found["wrong"] = complaints(page)
    kept(page, f"self-check-wrong-{look.name}")
    page.fill("[name=total_assets]", "486.2")
    page.click("form.self-check button.btn")
    page.click("summary:has-text('修改回答')")
    found["answered"] = complaints(page)
    page.click("summary:has-text('修改回答')")
    kept(page, f"self-check-answered-{look.name}")
    page.goto("/guide/")
    found["guide"] = complaints(page)
    kept(page, f"guide-{look.name}")
    refused = "Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"
    assert [words for words in said if words != refused] == []
    assert [problem for problems in found.values() for problem in problems] == []
    context.close()


def test_the_result_prints_without_the_questions_and_works_without_javascript(
    chromium: Browser, live_server: LiveServer
) -> None:
    cast.open_call(cast.city_officer())
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(ADDRESS)
    fill(page)
    page.click("form.self-check button.btn")
    assert page.url.endswith(ADDRESS)
    assert page.inner_text("h1") == "自测结果"
    page.emulate_media(media="print")
    assert (page.is_visible("form.self-check"), page.is_visible("text=专职服务人员数：14人")) == (False, True)
    kept(page, f"self-check-printed-{DESKTOP.name}")
    page.goto("/guide/")
    assert page.is_visible("text=按统一社会信用代码去重，一家企业服务多次计一家") is True
    assert page.is_visible(f"text={cast.district().bureau}") is True
    kept(page, f"guide-printed-{DESKTOP.name}")
    context.close()
