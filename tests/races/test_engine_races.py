"""What several people do at the same moment on PostgreSQL: one effect, the others are told; and what happens without the lock."""

import threading
from collections import Counter as Tally
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.db import transaction

from accounts.actors import Actor
from applications.models import Application
from lifecycle import chain, engine, invariants, numbers
from lifecycle.errors import WrongStage
from lifecycle.models import Counter, StepRecord
from tests.matrices.world import World
from tests.races.racing import kinds, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

THREADS = 8
DECISIONS = ("recommend", "not_recommend")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def no_guards() -> Any:
    """The races are about locks; the evidence has its own tests."""
    with mock.patch("lifecycle.guards.reasons", return_value=iter(())):
        yield


def decide(actor: Actor, application: Application, step: str) -> str:
    with engine.act(actor=actor) as act:
        [fresh] = act.lock(application)
        act.take(fresh, step)
    return step


def test_of_many_opposite_decisions_one_takes_effect_and_the_others_are_told_who_decided(world: World) -> None:
    application = world.subject("application", "accepted")
    officer = world.personas["own district"]
    results = race(*[partial(decide, officer, application, DECISIONS[n % 2]) for n in range(THREADS)])
    assert kinds(results) == ["WrongStage"] * (THREADS - 1) + ["done"]
    assert all("该事项已由district于" in str(result) for result in results if isinstance(result, WrongStage))
    application.refresh_from_db()
    [record] = StepRecord.objects.filter(subject_id=application.uuid)
    assert application.state == record.to_state
    assert list(chain.broken_links()) == []


def test_without_the_lock_contradictory_decisions_both_take_effect(world: World) -> None:
    """The negative control: the same race when the subjects are read but not locked."""
    application = world.subject("application", "accepted")
    officer = world.personas["own district"]
    read = threading.Barrier(THREADS)

    def unlocked(self: engine.Act, *wanted: Application) -> list[Application]:
        found = [Application.objects.get(pk=item.pk) for item in wanted]
        self._locked |= {(item.SUBJECT, item.pk) for item in found}
        read.wait(20)
        return found

    with mock.patch.object(engine.Act, "lock", unlocked):
        results = race(*[partial(decide, officer, application, DECISIONS[n % 2]) for n in range(THREADS)])
    assert kinds(results).count("done") > 1
    assert any("不能从" in line for line in invariants.check())


def take_number() -> int:
    with transaction.atomic():
        return numbers.take("title", 2026)


def test_parallel_numbers_are_unique_and_without_gaps() -> None:
    def ten() -> list[int]:
        return [take_number() for _ in range(10)]

    taken = [number for result in race(*[ten] * THREADS) for number in result]
    assert sorted(taken) == list(range(1, THREADS * 10 + 1))


def test_a_number_of_an_act_that_failed_is_given_out_again() -> None:

    @transaction.atomic
    def take_and_fail() -> None:
        numbers.take("title", 2026)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_and_fail()
    assert take_number() == 1


def test_without_the_lock_parallel_numbers_collide() -> None:
    """The negative control: read, add one, write."""
    Counter.objects.create(kind="title", year=2026)
    read = threading.Barrier(THREADS)

    def unlocked() -> int:
        with transaction.atomic():
            counter = Counter.objects.get(kind="title", year=2026)
            read.wait(20)
            counter.last += 1
            counter.save(update_fields=["last"])
            return counter.last

    assert max(Tally(race(*[unlocked] * THREADS)).values()) > 1


def test_two_first_numbers_of_a_year_do_not_collide() -> None:
    assert sorted(race(*[take_number] * THREADS)) == list(range(1, THREADS + 1))


def test_the_same_form_sent_twice_at_once_takes_effect_once(world: World) -> None:
    from uuid import uuid4

    from lifecycle.idempotency import FormKey

    application = world.subject("application", "accepted")
    officer, key = world.personas["own district"], FormKey(uuid4(), "a" * 64)

    def send() -> None:
        with engine.act(actor=officer, key=key) as act:
            [fresh] = act.lock(application)
            act.take(fresh, "recommend")

    assert kinds(race(*[send] * 4)) == ["AlreadyDone"] * 3 + ["done"]
    assert StepRecord.objects.filter(subject_id=application.uuid).count() == 1


def test_records_of_parallel_acts_form_one_chain(world: World) -> None:
    applications = [world.subject("application", "accepted")]
    officer = world.personas["own district"]
    titles = [world.subject("plaque", "allotted")]
    city = world.personas["city officer"]

    def issue() -> None:
        with engine.act(actor=city) as act:
            [plaque] = act.lock(titles[0])
            act.take(plaque, "issue")

    assert kinds(race(partial(decide, officer, applications[0], "recommend"), issue)) == ["done", "done"]
    assert [r.sequence for r in StepRecord.objects.all()] == [1, 2]
    assert list(chain.broken_links()) == []
