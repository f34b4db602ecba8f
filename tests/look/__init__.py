"""Looking at pages: the looks every page must survive, and what may be wrong with one. Used by tests and screenshots."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.actors import Actor

AXE = Axe().axe_script
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

# A table may scroll sideways, but a status never ends beyond its cell: on a phone its last words would be cut off.
CUT_OFF = """() => [...document.querySelectorAll('.table-k .st')].filter((e) => e.offsetParent
  && e.getBoundingClientRect().right > e.closest('td, th').getBoundingClientRect().right + 1).map((e) => e.innerText)"""

# Everything that can be pressed or filled in takes the focus, shows that it has it, and comes in the order of the page.
UNREACHABLE = """() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length;
  const name = (e) => `${e.tagName.toLowerCase()} ${(e.innerText || e.name || e.id || '').slice(0, 40)}`;
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [tabindex], [onclick]')];
  const out = [];
  for (const e of all) {
    if (e.matches(':disabled, [type=hidden], [tabindex="-1"]') || e.inert || !shown(e)) continue;
    if (e.tabIndex > 0) out.push(`${name(e)} jumps the order`);
    e.focus();
    if (document.activeElement !== e) { out.push(`${name(e)} is not reached by the keyboard`); continue; }
    // Choices shown as segments hide the button itself and mark its label.
    const marked = e.matches('input') && e.labels.length ? [e, ...e.labels, e.parentElement] : [e, e.parentElement];
    const seen = marked.some((one) => {
      const style = getComputedStyle(one);
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    });
    if (!seen) out.push(`${name(e)} does not show the focus`);
  }
  document.activeElement?.blur();
  return out.slice(0, 8);
}"""

# The first of all that look alike: the contrast of a text is that of every other text of its colours and size.
LOOKALIKES = """() => {
  const grounds = new Map();
  const ground = (e) => {
    if (!e) return '';
    if (!grounds.has(e)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(e);
      const covers = /^rgb\\(/.test(backgroundColor) && opacity === '1';
      grounds.set(e, `${backgroundImage} ${backgroundColor} ${opacity}|${covers ? '' : ground(e.parentElement)}`);
    }
    return grounds.get(e);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (n) => (n.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
  const found = new Set(document.querySelectorAll('input, select, textarea'));
  while (texts.nextNode()) found.add(texts.currentNode.parentElement);
  const groups = new Map();
  for (const e of found) {
    if (!e.checkVisibility({ visibilityProperty: true })) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
    const off = Boolean(e.closest(':disabled, [aria-disabled=true], [inert]'));
    const key = [color, fontSize, fontWeight, textShadow, off, e.matches('input, select, textarea'), ground(e)].join();
    if (!groups.has(key)) groups.set(key, e);
  }
  return [...groups.values()];
}"""
AUDIT = """async (colours) => {
  const violations = async (where, options) => (await axe.run(where, { resultTypes: ['violations'], ...options })).violations;
  const found = await violations(document, { rules: { 'color-contrast': { enabled: false } } });
  const alike = colours ? (LOOKALIKES)() : [];
  if (alike.length) found.push(...await violations({ include: alike }, { runOnly: ['color-contrast'] }));
  return JSON.stringify(found);
}""".replace("LOOKALIKES", LOOKALIKES)


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


def session_of(person: Actor | None) -> dict[str, str]:
    """The cookie of a person who has signed in; none for the public."""
    if person is None:
        return {}
    client = Client()
    assert person.user
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def open_page(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """The page at an address, and what the browser complained about while loading (scripts, content policy, missing files)."""
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address, wait_until="load")
    return page, said


def violations(page: Page, *, colours: bool = True) -> list[str]:
    """What axe-core finds wrong, one line for each element; without the contrast of ``colours``, the slowest rule, when told so."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Whatever is in order need not be described, and text crosses to Python faster than a tree.
    found: list[dict[str, Any]] = json.loads(page.evaluate(AUDIT, colours))
    return [
        f"{v['id']}: {node['html'][:160]} | {node.get('failureSummary', '')[:200]}"
        for v in found
        for node in v["nodes"]
    ]


def complaints(page: Page, *, colours: bool = True) -> list[str]:
    """Everything wrong with a page as it stands: accessibility, width, and what the keyboard cannot do."""
    return (
        violations(page, colours=colours)
        + [f"too wide: {words}" for words in page.evaluate(TOO_WIDE)]
        + [f"cut off: {words}" for words in page.evaluate(CUT_OFF)]
        + [f"keyboard: {words}" for words in unreachable(page)]
    )


def unreachable(page: Page) -> list[str]:
    """What a person without a mouse cannot reach or cannot see to have reached."""
    # From here on the browser shows the focus, as it does for people who use the keyboard.
    page.keyboard.press("Tab")
    found: list[str] = page.evaluate(UNREACHABLE)
    return found


def unsound(
    browser: Browser,
    base_url: str,
    person: Actor | None,
    pages: Iterable[tuple[str, str]],
    looks: Iterable[Look] = TRIED,
) -> dict[str, list[str]]:
    """What is wrong with the pages (name, address) as the person sees them, by name and look; empty when nothing is.

    One tab opens them all, as a person would. With PICTURES in the environment their pictures are kept in that folder.
    """
    found, cookies = {}, session_of(person)
    themes: set[str] = set()
    for look in looks:
        # Colours are those of the theme, however wide the screen and large the text.
        colours = look.theme not in themes
        themes.add(look.theme)
        with context_for(browser, base_url, look, cookies) as context:
            context.add_init_script(AXE)
            page, said = open_page(context, "about:blank")
            for name, address in pages:
                said.clear()
                page.goto(address, wait_until="load")
                if folder := os.environ.get("PICTURES"):
                    shoot(page, Path(folder) / f"{name}-{look.name}.png")
                if problems := said + complaints(page, colours=colours):
                    found[f"{name} {look.name}"] = problems
    return found


def shoot(page: Page, path: Path) -> Path:
    """A picture of the whole page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(path), full_page=True)
    return path
