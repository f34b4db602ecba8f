"""Every component in every look: nothing wrong for axe-core, never wider than the screen, no complaint of the browser."""

import copy

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import Unsound
from tests.desk.test_pages import PAGES
from tests.look import DARK, FOLDER, LOOKS, PHONE, Look, complaints, context_for, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GALLERY = [
    (address, address)
    for address in ("/gallery/components/", "/gallery/form/", "/gallery/form/?bad", "/gallery/workbench/")
]
PUBLIC = [(address, address) for address in PAGES]


@pytest.fixture(autouse=True)
def gallery(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.look.gallery"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(FOLDER / "templates")
    settings.TEMPLATES = templates


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_component_is_sound_in_this_look(unsound: Unsound, look: Look) -> None:
    assert unsound(None, GALLERY, [look]) == {}


@pytest.mark.parametrize("look", [PHONE, DARK], ids=lambda look: look.name)
def test_every_public_text_page_is_sound_in_this_look(unsound: Unsound, look: Look) -> None:
    assert unsound(None, PUBLIC, [look]) == {}


SQUEEZED = """() => [...document.querySelectorAll('.table-k td[data-label] > *')].filter(
  (value) => value.innerText.trim().length > 4 && value.offsetWidth < 4 * parseFloat(getComputedStyle(value).fontSize)
).map((value) => value.innerText)"""


@pytest.mark.parametrize("text", ["", "large", "xlarge"])
def test_a_cell_on_a_phone_has_room_for_words_not_for_single_characters(
    chromium: Browser, live_server: LiveServer, text: str
) -> None:
    context = context_for(chromium, live_server.url, Look("narrow", 320, 800, text=text))
    page, _ = open_page(context, "/gallery/components/")
    squeezed = page.evaluate(SQUEEZED)
    cells = page.locator(".table-k td[data-label]").count()
    context.close()
    assert (squeezed, cells > 0) == ([], True)


def test_a_fault_is_found(chromium: Browser, live_server: LiveServer) -> None:
    context = context_for(chromium, live_server.url, PHONE)
    page, _ = open_page(context, "/guide/")
    page.evaluate("""() => {
      const wide = document.createElement('div');
      wide.className = 'nowrap';
      wide.textContent = '很长'.repeat(300);
      const picture = document.createElement('img');
      picture.src = '/static/favicon.svg';
      const unreachable = document.createElement('div');
      unreachable.setAttribute('onclick', '');
      unreachable.textContent = '只能用鼠标点';
      const jumping = document.createElement('button');
      jumping.tabIndex = 3;
      jumping.textContent = '抢在前面';
      const faint = Array.from({ length: 9 }, () => {
        const line = document.createElement('p');
        line.style.color = '#bbb';
        line.textContent = '看不清';
        return line;
      });
      document.querySelector('main').append(wide, picture, unreachable, jumping, ...faint);
    }""")
    found = complaints(page)
    assert {line.split(":")[0] for line in found} == {
        "image-alt", "too wide", "keyboard", "tabindex", "color-contrast",
    }  # fmt: skip
    # Of nine lines that look alike one is named.
    assert sum(line.startswith("color-contrast") for line in found) == 1
    context.close()
