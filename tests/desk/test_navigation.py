"""The navigation: one table, each role its own, only what exists, the present page marked."""

import pytest
from django.test import Client

from accounts import actors
from accounts.models import Role
from desk import navigation
from desk.navigation import Item, Link
from tests.matrices.world import World


def test_every_role_has_its_own_navigation() -> None:
    assert set(navigation.BY_ROLE) == set(Role)


def test_an_address_that_does_not_exist_is_left_out() -> None:
    items = (Item("指南", "desk:guide"), Item("将来", "desk:some_day"))
    assert navigation.links(items) == [Link("指南", "/guide/")]


@pytest.mark.parametrize(
    ("path", "active"),
    [("/guide/", ["指南"]), ("/account/password/", ["密码"]), ("/account/capacity/", ["账号"]), ("/privacy/", [])],
)
def test_the_deepest_item_above_the_page_is_marked(path: str, active: list[str]) -> None:
    items = (Item("指南", "desk:guide"), Item("账号", "accounts:profile"), Item("密码", "accounts:password"))
    assert [link.label for link in navigation.links(items, path) if link.active] == active


@pytest.mark.parametrize("path", ["/review/calls/1/panel/", "/review/sheets/1/replace/", "/review/panels/1/"])
def test_the_work_of_the_panels_lies_under_one_item(path: str) -> None:
    for role in (Role.CITY_OFFICER, Role.AUDITOR):
        found = navigation.links(navigation.BY_ROLE[role], path)
        assert [link.label for link in found if link.active] == ["专家评审"]


def test_the_public_sees_the_guide() -> None:
    assert Link("办事指南", "/guide/", active=True) in navigation.navigation(actors.public, "/guide/")


SECTION = (
    Item("首页", "desk:public_home"),
    Item("指南", "desk:guide", (), "参考"),
    Item("隐私", "desk:privacy", (), "参考"),
)


def test_items_of_one_section_share_a_place_that_leads_to_the_first_of_them() -> None:
    inside = (Link("指南", "/guide/"), Link("隐私", "/privacy/", active=True))
    assert navigation.sections(SECTION, "/privacy/") == [
        Link("首页", "/"), Link("参考", "/guide/", active=True, links=inside),
    ]  # fmt: skip


def test_a_section_of_one_item_is_that_item() -> None:
    assert navigation.sections(SECTION[:2], "/guide/") == [Link("首页", "/"), Link("指南", "/guide/", active=True)]


@pytest.mark.parametrize("role", list(Role))
def test_nobody_has_more_than_eight_places_in_the_main_row(role: str) -> None:
    assert len(navigation.sections(navigation.BY_ROLE[role])) <= 8


@pytest.mark.django_db
def test_everybody_may_open_what_the_own_navigation_offers() -> None:
    people = {actor.role: actor for actor in World().personas.values() if actor.is_person}
    assert set(people) == set(Role)
    closed = []
    for role, actor in people.items():
        client = Client()
        client.force_login(actor.user)
        for link in navigation.links(navigation.BY_ROLE[role]):
            status = client.get(link.url).status_code
            closed += [(role, link.label, status)] if status not in (200, 302) else []
    assert closed == []
