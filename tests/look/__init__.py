"""Looking at pages: the looks every page must survive, and what may be wrong with one. Used by tests and screenshots."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Look:
    """A screen and what the person chose."""

    name: str
    width: int
    height: int = 900
    theme: str = "light"
    text: str = ""

    @property
    def cookies(self) -> dict[str, str]:
        return {"theme": self.theme, "text": self.text}


DESKTOP = Look("desktop", 1366)
PHONE = Look("phone", 320, 800)
DARK = Look("dark", 1366, theme="dark")
LARGE = Look("large", 1366, text="xlarge")
LARGE_PHONE = Look("large-phone", 360, 800, text="xlarge")
TABLET = Look("tablet", 768, 1024)
LOOKS = (DESKTOP, PHONE, DARK, LARGE, TABLET, LARGE_PHONE)
# How the tests of the rooms look at every page: narrow by default, where pages break first; `make looks` tries them all.
TRIED = (DESKTOP, PHONE, DARK, LARGE) if os.environ.get("LOOKS") == "all" else (PHONE,)

TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  if (!wide) return [];
  const edge = document.documentElement.clientWidth + 1;
  const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > edge && e.offsetParent);
  return out.slice(-5).map((e) => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`)
    .concat(out.length ? [] : ['the page is too wide']);
}"""


def context_for(browser: Browser, base_url: str, look: Look, cookies: dict[str, str] | None = None) -> BrowserContext:
    """A browser context with the look's screen and cookies, and others such as a session."""
    context = browser.new_context(
        base_url=base_url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": look.width, "height": look.height},
    )
    context.set_default_timeout(15_000)
    jar = {**look.cookies, **(cookies or {})}
    context.add_cookies([{"name": name, "value": value, "url": base_url} for name, value in jar.items() if value])
    return context


def open_page(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """The page at an address, and what the browser complained about while loading (scripts, content policy, missing files)."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address, wait_until="load")
    return page, said


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, one line for each element."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {node['html'][:160]} | {node.get('failureSummary', '')[:200]}"
        for v in found
        for node in v["nodes"]
    ]


def complaints(page: Page) -> list[str]:
    """Everything wrong with a page as it stands: accessibility and width."""
    return violations(page) + [f"too wide: {words}" for words in page.evaluate(TOO_WIDE)]


def shoot(page: Page, path: Path) -> Path:
    """A picture of the whole page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(path), full_page=True)
    return path
