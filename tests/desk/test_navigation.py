"""The navigation: one table, each role its own, only what exists, the present page marked."""

import pytest

from accounts import actors
from accounts.models import Role
from desk import navigation
from desk.navigation import Item, Link


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


def test_the_public_sees_the_guide() -> None:
    assert Link("办事指南", "/guide/", active=True) in navigation.navigation(actors.public, "/guide/")
