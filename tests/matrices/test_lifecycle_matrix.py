"""Every state × step × persona of every life: what the table allows happens, everything else refuses and changes nothing."""

from itertools import product

import pytest
from django.db import transaction

from accounts.actors import Actor
from lifecycle import engine, steps
from lifecycle.errors import NotAllowed, WrongStage
from lifecycle.models import Announcement, StepRecord
from lifecycle.subject import Subject
from tests.matrices.world import OUT_OF_REACH, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unguarded")]


class Undo(Exception):
    """Ends a tried act so that the next one finds the same world."""


@pytest.fixture
def world() -> World:
    return World()


def legal(row: steps.Step, state: str, persona: str, actor: Actor) -> type[Exception] | None:
    """What the table says: None when the step happens, else the refusal. Written apart from the engine on purpose."""
    if actor.role not in row.actors or persona in OUT_OF_REACH:
        return NotAllowed
    return None if state in row.sources or (row.creates and state == "") else WrongStage


def attempt(row: steps.Step, subject: Subject, actor: Actor) -> type[Exception] | None:
    """Try the step at the engine without guards; the refusal's type, or None when it happened. Nothing stays."""
    try:
        with transaction.atomic(), engine.act(actor=actor) as act:
            if row.creates:
                act.create(subject, row.name)
            else:
                [subject] = act.lock(subject)
                act.take(subject, row.name)
            assert subject.state == row.target
            raise Undo
    except Undo:
        return None
    except (NotAllowed, WrongStage) as refusal:
        return type(refusal)


@pytest.mark.parametrize("life", steps.subjects())
def test_every_combination_follows_the_table(world: World, life: str, matrix_count: list[int]) -> None:
    wrong = []
    rows = [row for row in steps.steps_of(life) if not row.creates]
    for state in steps.states_of(life):
        subject = world.subject(life, state)
        recorded, told = StepRecord.objects.count(), Announcement.objects.count()
        for row, (persona, actor) in product(rows, world.personas.items()):
            expected, found = legal(row, state, persona, actor), attempt(row, subject, actor)
            matrix_count[0] += 1
            if expected is not found:
                wrong.append(f"{row.key} from {state} by {persona}: expected {expected}, found {found}")
        assert (StepRecord.objects.count(), Announcement.objects.count()) == (recorded, told)
    assert wrong == []


@pytest.mark.parametrize("row", [row for row in steps.STEPS if row.creates], ids=lambda row: row.key)
def test_only_those_the_table_names_may_begin_a_life(world: World, row: steps.Step, matrix_count: list[int]) -> None:
    for persona, actor in world.personas.items():
        found = attempt(row, world.fresh(row.subject), actor)
        matrix_count[0] += 1
        assert found is legal(row, "", persona, actor), f"{row.key} by {persona}"
