"""Chromium for tests: the machine's own browser through Playwright, with no connection but to the live server."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from tests import look, servers

# person, (name, address) of pages, looks → what is wrong with each
Unsound = Callable[..., dict[str, list[str]]]

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run; it shares the machine with the other parts, so waiting is patient."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=servers.program(*servers.CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh desktop page; relative addresses lead to the live server."""
    context = chromium.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def close_unheard(page: Page) -> None:
    """Close a page that has no network: Chromium lifts its pretended loss of the network a moment before the page is gone."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.close()


@pytest.fixture
def unsound(chromium: Browser, live_server: LiveServer) -> Unsound:
    """``tests.look.unsound`` on the live server: ``unsound(person, pages, looks)``."""

    def seen(
        person: Actor | None, pages: Iterable[tuple[str, str]], looks: Iterable[look.Look] = look.TRIED
    ) -> dict[str, list[str]]:
        return look.unsound(chromium, live_server.url, person, pages, looks)

    return seen
