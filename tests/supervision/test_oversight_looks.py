"""The pages of checks, activities and invitations in every look: nothing wrong for axe-core, never wider than the screen."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from supervision.services import invitations
from tests import cast
from tests.look import TRIED, Look, complaints, context_for, open_page, shoot
from tests.supervision import oversight
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Pages = dict[str, tuple[Actor, list[tuple[str, str]]]]


def addresses() -> Pages:
    """(name, address) of every page by person, over a city with everything on it."""
    with clock.frozen(build.GRANTED):
        city = cast.city_officer("city2")
    officer = cast.district_officer()
    first, second = build.titled("示例数字赋能平台"), build.titled("示例创业孵化平台")
    done, waiting = oversight.checked(officer, first), oversight.checked(officer, second, follow_up_in=3)
    oversight.missed(city, first, 2)
    activity = oversight.announced(city, name="惠企政策宣讲和供需对接会")
    invitation, other = (oversight.invited(city, activity, title) for title in (first, second))
    invitations.ask_leave(actor=build.person(first), invitation=invitation, leave_reason="当日接受省级审计进场。")
    build.titled("示例待邀平台")
    held, own, checks = activity.get_absolute_url(), invitation.get_absolute_url(), "/supervision/checks/"
    return {
        "city": (
            city,
            [
                ("activities", "/supervision/activities/"), ("announce", "/supervision/activities/announce/"),
                ("activity", held), ("invite", f"{held}invite/"), ("attendance", f"{held}attendance/?all=present"),
                ("call-off", f"{held}call-off/"), ("judge", own), ("excuse", f"{own}excuse/"),
                ("absences", "/supervision/activities/absences/"),
            ],
        ),
        "district": (
            officer,
            [
                ("checks", checks), ("record", f"{checks}record/"), ("check", waiting.get_absolute_url()),
                ("follow-up", f"{waiting.get_absolute_url()}follow-up/"), ("district-activity", held),
            ],
        ),
        "platform": (
            build.person(second),
            [
                ("invitations", "/supervision/invitations/"), ("invitation", other.get_absolute_url()),
                ("leave", f"{other.get_absolute_url()}leave/"), ("own-checks", checks), ("own-check", waiting.get_absolute_url()),
            ],
        ),
        "first": (build.person(first), [("absent", own), ("check-done", done.get_absolute_url())]),
    }  # fmt: skip


@pytest.mark.parametrize("look", TRIED, ids=lambda look: look.name)
def test_every_page_is_sound(look: Look, chromium: Browser, live_server: LiveServer) -> None:
    found: dict[str, list[str]] = {}
    for actor, pages in addresses().values():
        found |= wrong(chromium, live_server.url, look, session_of(actor), pages)
    assert found == {}


def session_of(actor: Actor) -> dict[str, str]:
    client = Client()
    client.force_login(actor.user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def wrong(
    chromium: Browser, base_url: str, look: Look, cookies: dict[str, str], pages: list[tuple[str, str]]
) -> dict[str, list[str]]:
    context = context_for(chromium, base_url, look, cookies)
    found = {}
    for name, address in pages:
        page, said = open_page(context, address)
        if folder := os.environ.get("PICTURES"):
            shoot(page, Path(folder) / f"{name}-{look.name}.png")
        if problems := said + complaints(page):
            found[f"{name} {look.name}"] = problems
        page.close()
    context.close()
    return found
