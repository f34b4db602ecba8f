"""Sheets, titles and objections on PostgreSQL when several people act at the same moment."""

import threading
from functools import partial
from typing import Any
from unittest import mock

import pytest

from accounts.actors import Actor
from applications.models import Application
from applications.services import submission
from lifecycle import chain, engine, invariants
from lifecycle.models import StepRecord
from registry.models import Plaque, Title
from review.models import ScoreSheet
from review.services import meetings, objections, scoring
from tests import cast
from tests.races.racing import kinds, race
from tests.review import chamber, making, stage
from tests.review.people import MORNING
from timekeeping import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet() -> tuple[Actor, ScoreSheet]:
    """A sheet whose expert has declared no interest and filled in everything."""
    with clock.frozen(MORNING):
        city, members = cast.city_officer(), making.experts()
        call = cast.open_call(city)
        application = making.admitted(call, city)
        panel = making.started(call, city, members, [application])
        found = making.sheet_of(panel, application, members[0])
        scoring.declare_clear(actor=members[0], sheet=found)
        scoring.save_draft(actor=members[0], sheet=found, entries=making.entries())
        yield members[0], ScoreSheet.objects.get(pk=found.pk)


def test_a_sheet_submitted_many_times_at_once_is_locked_once(sheet: tuple[Actor, ScoreSheet]) -> None:
    expert, open_sheet = sheet
    lock = partial(scoring.lock, actor=expert, sheet=open_sheet, entries=making.entries())
    assert kinds(race(*[lock] * 6)) == ["WrongStage"] * 5 + ["done"]
    assert StepRecord.objects.filter(subject_id=open_sheet.uuid, step="lock").count() == 1


def test_what_is_typed_while_the_sheet_is_submitted_never_changes_a_locked_score(
    sheet: tuple[Actor, ScoreSheet],
) -> None:
    expert, open_sheet = sheet
    lock = partial(scoring.lock, actor=expert, sheet=open_sheet, entries=making.entries("0.8"))
    save = partial(scoring.save_draft, actor=expert, sheet=open_sheet, entries=making.entries("0.5"))
    race(lock, save, save, save)
    locked = ScoreSheet.objects.get(pk=open_sheet.pk)
    assert locked.state == "locked"
    assert (
        locked.total == sum(score.points for score in locked.scores.all()) == sum(making.entries("0.8").points.values())
    )


def test_without_the_lock_a_sheet_is_submitted_twice(sheet: tuple[Actor, ScoreSheet]) -> None:
    """The negative control: the engine reads the sheet without locking it."""
    expert, open_sheet = sheet
    read = threading.Barrier(2)

    def unlocked(self: engine.Act, *wanted: Any) -> list[Any]:
        subjects = [item[0] if isinstance(item, tuple) else item for item in wanted]
        found = [type(item)._default_manager.get(pk=item.pk) for item in subjects]
        self._locked |= {(item.SUBJECT, item.pk) for item in found}
        read.wait(20)
        return found

    def lock() -> None:
        with engine.act(actor=expert) as act:
            [fresh] = act.lock(open_sheet)
            fresh.total, fresh.locked_at = 80, clock.now()
            act.take(fresh, "lock")

    with mock.patch.object(engine.Act, "lock", unlocked), stage.without_rules():
        assert kinds(race(lock, lock)) == ["done", "done"]
    assert any("不能从" in line for line in invariants.check())


@pytest.fixture
def city() -> chamber.Chamber:
    with clock.frozen(chamber.ON):
        yield chamber.Chamber()


def test_titles_of_parallel_decisions_are_numbered_without_gap_or_double(city: chamber.Chamber) -> None:
    applications = [city.noticed(f"示例平台{n}") for n in range(4)]
    entered = [
        city.entered(meetings.Ruling(application, "certify"), number_of_minutes=f"纪要{n}")
        for n, application in enumerate(applications)
    ]
    results = race(*[partial(meetings.confirm, actor=city.second, meeting=meeting) for meeting in entered])
    assert kinds(results) == ["done"] * 4
    assert sorted(Title.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]
    assert sorted(Plaque.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]
    assert list(chain.broken_links()) == []


def test_of_a_withdrawal_and_a_decision_at_the_same_moment_one_wins(city: chamber.Chamber) -> None:
    application = city.noticed("示例平台")
    entered = city.entered(meetings.Ruling(application, "certify"))
    owner = cast.actor_of(application)
    withdraw = partial(submission.withdraw, actor=owner, application=application, reason="业务调整")
    results = race(partial(meetings.confirm, actor=city.second, meeting=entered), withdraw)
    state = Application.objects.get(pk=application.pk).state
    assert kinds(results).count("done") == 1
    assert state in {"withdrawn", "certified"}
    assert Title.objects.count() == (state == "certified")


def test_two_objections_investigated_at_the_same_moment_hold_the_platform_once(city: chamber.Chamber) -> None:
    application = city.noticed("示例平台")
    both = [city.objected(application), city.objected(application)]
    results = race(*[partial(objections.investigate, actor=city.officer, objection=one) for one in both])
    assert kinds(results) == ["done", "done"]
    assert StepRecord.objects.filter(subject_id=application.uuid, step="hold").count() == 1
