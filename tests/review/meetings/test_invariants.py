"""``verify`` turns red when a decision and its effects part."""

from collections.abc import Callable, Iterator

import pytest

from registry.models import Title
from review.invariants import meetings as invariants
from review.models import Meeting, MeetingItem
from tests import cast
from tests.review import chamber, stage
from tests.review.chamber import Chamber, certify, decline, defer

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided() -> Iterator[tuple[Chamber, Meeting]]:
    """An announced decision with one ruling of each kind."""
    with stage.at(stage.MORNING):
        town = Chamber()
        first, second, third = (town.noticed(f"{n}平台") for n in "甲乙丙")
    with stage.at(chamber.ON):
        yield town, town.announced(certify(first), decline(second), defer(third))


def no_title(town: Chamber, meeting: Meeting) -> None:
    MeetingItem.objects.update(title=None)


def other_number(town: Chamber, meeting: Meeting) -> None:
    Title.objects.update(document_number="昆工信通〔2026〕99号")


def other_state(town: Chamber, meeting: Meeting) -> None:
    cast.put_into(meeting.items.get(outcome="decline").application, "on_notice")


def no_decision(town: Chamber, meeting: Meeting) -> None:
    cast.put_into(town.noticed("丁平台"), "certified")


def test_a_sound_decision_has_nothing_to_report(decided: tuple[Chamber, Meeting]) -> None:
    assert list(invariants.check()) == []


@pytest.mark.parametrize(
    ("breaking", "words"),
    [
        (no_title, "集体决策 2026-15 对“甲平台”的决定与称号不符"),
        (other_number, "集体决策 2026-15 对“甲平台”的文号与称号的文号不符"),
        (other_state, "集体决策 2026-15 对“乙平台”的决定与申报的状态不符"),
        (no_decision, "已认定，但没有集体决策"),
    ],
)
def test_a_broken_decision_is_named(
    decided: tuple[Chamber, Meeting], breaking: Callable[[Chamber, Meeting], None], words: str
) -> None:
    breaking(*decided)
    [line] = invariants.check()
    assert line.endswith(words)
