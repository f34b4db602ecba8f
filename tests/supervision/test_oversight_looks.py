"""The pages of checks, activities and invitations in every look: nothing wrong for axe-core, never wider than the screen."""

import pytest

from accounts.actors import Actor
from supervision.services import invitations
from tests import cast
from tests.browser import Unsound
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


def test_every_page_is_sound_in_every_look(unsound: Unsound) -> None:
    found: dict[str, list[str]] = {}
    for actor, pages in addresses().values():
        found |= unsound(actor, pages)
    assert found == {}
