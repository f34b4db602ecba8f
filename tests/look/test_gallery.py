"""Every component in every look: nothing wrong for axe-core, never wider than the screen, no complaint of the browser."""

import copy

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.look import FOLDER, LOOKS, Look, complaints, context_for, open_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GALLERY = ("/gallery/components/", "/gallery/form/", "/gallery/form/?bad", "/gallery/workbench/")
PUBLIC = ("/guide/", "/regulation/", "/accessibility/", "/privacy/", "/sitemap/", "/login/", "/account/password/forgotten/")


@pytest.fixture(autouse=True)
def gallery(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.look.gallery"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(FOLDER / "templates")
    settings.TEMPLATES = templates


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("address", GALLERY + PUBLIC)
def test_nothing_is_wrong_with_the_page_in_this_look(
    chromium: Browser, live_server: LiveServer, address: str, look: Look
) -> None:
    context = context_for(chromium, live_server.url, look)
    page, said = open_page(context, address)
    assert (said, complaints(page)) == ([], [])
    context.close()
