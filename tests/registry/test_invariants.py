"""Gaps, missing plaques and overlapping terms are found."""

from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import Role
from lifecycle.models import Counter
from registry import invariants
from registry.models import ImportedRow, Plaque, Title, TitleImport
from registry.services import bans
from regulation.terms import Period
from tests import cast
from tests.matrices.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def title() -> Title:
    """A title and its plaque, numbered one in their year."""
    world = World()
    plaque = world.plaque
    for kind in ("title", "plaque"):
        Counter.objects.create(kind=kind, year=plaque.year, last=1)
    assert list(invariants.check()) == []
    return plaque.title


def test_a_gap_in_the_numbers_is_found(title: Title) -> None:
    Title.objects.update(sequence=2)
    assert list(invariants.check()) == ["title 2026年编号不连续：已发 [2]，计数器为 1"]


def test_a_counter_that_ran_ahead_is_found(title: Title) -> None:
    Counter.objects.filter(kind="plaque").update(last=2)
    assert list(invariants.check()) == ["plaque 2026年编号不连续：已发 [1]，计数器为 2"]


def test_a_title_without_its_plaque_is_found(title: Title) -> None:
    Plaque.objects.all().delete()
    Counter.objects.filter(kind="plaque").delete()
    assert list(invariants.check()) == [f"称号 {title.number} 没有牌匾"]


def test_two_titles_of_one_operator_at_the_same_time_are_found(title: Title) -> None:
    later = Title.objects.get(pk=title.pk)
    later.pk, later.number, later.sequence, later.token = None, "KM-2", 2, "another"
    later.uuid = "00000000-0000-4000-8000-000000000002"
    later.valid_from, later.valid_to = title.valid_to, title.valid_to + timedelta(days=10)
    later.save()
    Counter.objects.filter(kind="title").update(last=2)
    found = list(invariants.check())
    assert f"称号 {title.number} 与 KM-2 的有效期重叠" in found


def write(title: Title, state: str, ended: bool) -> None:
    """Past the machine, as only a broken database would."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {Title._meta.db_table} SET state = %s, ended_on = %s WHERE id = %s",  # noqa: S608
            [state, title.valid_from if ended else None, title.pk],
        )


def test_an_ended_title_without_its_day_and_a_day_without_an_ending_are_found(title: Title) -> None:
    write(title, "renounced", ended=True)
    assert list(invariants.check()) == []
    write(title, "renounced", ended=False)
    assert list(invariants.check()) == [f"称号 {title.number} 没有效力终止日期"]
    write(title, "granted", ended=True)
    assert list(invariants.check()) == [f"称号 {title.number} 未终止却有效力终止日期"]


def test_an_ended_title_overlaps_no_later_one(title: Title) -> None:
    later = Title.objects.get(pk=title.pk)
    later.pk, later.number, later.sequence, later.token = None, "KM-2", None, "another"
    later.uuid = "00000000-0000-4000-8000-000000000002"
    later.valid_from = title.valid_from + timedelta(days=1)
    later.save()
    assert list(invariants.check()) == [f"称号 {title.number} 与 KM-2 的有效期重叠"]
    write(title, "renounced", ended=True)
    assert list(invariants.check()) == []


def test_a_ban_of_a_title_that_was_not_cancelled_is_found(title: Title) -> None:
    ban = bans.impose(title=title, period=Period(title.valid_from, title.valid_to), reason="两次无故不参加活动")
    assert list(invariants.check()) == [f"{ban.operator_name} 不得申报，但称号 {title.number} 未被取消"]
    bans.lift(title=title)
    assert list(invariants.check()) == []


def test_a_title_from_a_workbook_that_nobody_confirmed_is_found(title: Title) -> None:
    officer = cast.person("importer", Role.CITY_OFFICER).user
    taken = TitleImport(file=cast.stored_file(), source="历年文件", uploaded_by=officer)
    taken.__dict__["state"] = "uploaded"
    taken.save()
    ImportedRow.objects.create(title_import=taken, number=3, title=title)
    assert list(invariants.check()) == [f"原有称号导入 {taken.uuid} 未经复核，却已入册"]
