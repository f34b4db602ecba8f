"""Gaps, missing plaques and overlapping terms are found."""

from datetime import timedelta

import pytest

from lifecycle.models import Counter
from registry import invariants
from registry.models import Plaque, Title
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
