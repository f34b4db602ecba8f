"""Who can be supported first and recommended (Art. 22): titles in force with nothing open, seen by city and own district."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Role
from registry.models import Title
from registry.services import titles
from supervision.selectors import support
from tests import cast
from tests.matrices.world import World
from tests.pages import Visitor
from tests.registry.old_books import TITLE, in_the_book
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """An announced title of 盘龙区 in force."""
    world = World()
    Title.objects.filter(pk=world.title.pk).update(document_number="昆工信通〔2026〕12号")
    return world


def listed(world: World, who: str = "city officer") -> list[tuple[str, list[str]]]:
    return [(row.title.number, row.reasons) for row in support.rows(world.personas[who], clock.today())]


def test_a_title_in_force_with_nothing_open_is_listed_until_its_last_day(world: World) -> None:
    city, last = world.personas["city officer"], world.title.valid_to
    assert listed(world) == [("KM-1", [])]
    days = [last, last + timedelta(days=1), world.title.valid_from - timedelta(days=1)]
    assert [len(support.rows(city, day)) for day in days] == [1, 0, 0]


def test_a_title_that_is_not_announced_or_was_given_up_is_not_listed(world: World) -> None:
    titles.renounce(actor=world.personas["own signatory"], title=world.title, reason="业务调整")
    assert listed(world) == []
    Title.objects.update(document_number="")
    assert listed(world) == []


@pytest.mark.parametrize(
    ("state", "reasons"),
    [("ordered", ["整改尚未完成"]), ("reported", ["整改待复查"]), ("failed", ["整改仍不达标"]), ("passed", [])],
)
def test_an_unsolved_rectification_keeps_a_title_off(world: World, state: str, reasons: list[str]) -> None:
    world.subject("rectification", state)
    assert listed(world) == [("KM-1", reasons)]


@pytest.mark.parametrize(
    ("state", "open_"),
    [
        ("opened", True), ("notified", True), ("replied", True), ("referred", True), ("decided", True), ("stayed", True),
        ("dropped", False), ("kept", False), ("overturned", False),
    ],
)  # fmt: skip
def test_a_running_procedure_keeps_a_title_off(world: World, state: str, open_: bool) -> None:
    world.subject("ending", state)
    assert listed(world) == [("KM-1", ["取消或撤销程序正在办理"] if open_ else [])]


def test_a_district_sees_its_own_titles_and_people_of_platforms_nothing(world: World) -> None:
    seen = [len(listed(world, who)) for who in ("own district", "other district", "auditor")]
    assert seen == [1, 0, 1]
    pages = [Visitor(world.personas[who]).get("/supervision/support/") for who in ("own district", "other district")]
    assert ["示例平台" in page.text for page in pages] == [True, False]
    closed = [
        Visitor(world.personas[who]).get("/supervision/support/").status for who in ("own filer", "assigned expert")
    ]
    assert closed == [403, 403]


def test_the_workbook_holds_those_that_can_be_recommended_only(world: World) -> None:
    city = world.personas["city officer"]
    in_the_book(
        city, cast.person("second", Role.CITY_OFFICER), {**TITLE, "valid_to": clock.today() + timedelta(days=9)}
    )
    world.subject("rectification", "ordered")
    visitor = Visitor(city)
    page = visitor.get("/supervision/support/")
    answer = visitor.client.get("/supervision/support/list.xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows[1:]] == ["昆示范2024-001"]
    assert ("整改尚未完成" in page.text, "1 家" in page.text) == (True, True)


def test_the_list_asks_a_constant_number_of_questions(world: World) -> None:
    city, second, counts = world.personas["city officer"], cast.person("second", Role.CITY_OFFICER), []
    for number in range(3):
        code = cast.organisation(f"单位{number}").credit_code
        row: dict[str, Any] = {**TITLE, "operator": f"单位{number}", "credit_code": code, "number": f"旧-{number}"}
        in_the_book(city, second, {**row, "plaque_serial": "", "valid_to": clock.today() + timedelta(days=9)})
        with CaptureQueriesContext(connection) as queries:
            assert len(support.rows(city, clock.today())) == number + 2
        counts.append(len(queries))
    assert len(set(counts)) == 1
