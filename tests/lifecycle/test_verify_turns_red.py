"""Every invariant of the record turns red when somebody works past the engine: changed, deleted, inserted, forged."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lifecycle import engine, invariants
from lifecycle.models import ChainHead, StepRecord, WorkCalendarDay, WorkCalendarYear
from registry.models import Plaque
from tests.matrices.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def plaque() -> Plaque:
    """A plaque made, issued and received by steps: three records, and a call and an application that have none are not there."""
    world = World()
    city, owner = world.personas["city officer"], world.personas["own filer"]
    title = world.title
    title.__class__.objects.filter(pk=title.pk).delete()
    title = world.fresh("title")
    with engine.act(actor=city) as act:
        act.create(title, "grant")
        world.__dict__["title"] = title
        plaque = act.create(world.fresh("plaque"), "allot")
        act.take(plaque, "issue")
    with engine.act(actor=owner) as act:
        [fresh] = act.lock(plaque)
        act.take(fresh, "receive")
    for trigger in ("update", "delete"):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER lifecycle_steprecord_no_{trigger}")
    assert list(invariants.check()) == []
    return fresh


def change_a_reason(plaque: Plaque) -> None:
    StepRecord.objects.filter(step="issue").update(reason="另一个理由")


def delete_in_the_middle(plaque: Plaque) -> None:
    StepRecord.objects.filter(step="issue").delete()


def delete_the_tail(plaque: Plaque) -> None:
    StepRecord.objects.filter(step="receive").delete()


def insert_a_record(plaque: Plaque) -> None:
    last = StepRecord.objects.latest("sequence")
    last.pk, last.hash, last.previous_hash = last.sequence + 1, "f" * 64, last.hash
    last.save(force_insert=True)


def forge_the_head(plaque: Plaque) -> None:
    ChainHead.objects.update(hash="f" * 64)


def set_a_state(plaque: Plaque) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_plaque SET state = 'issued'")


def set_a_version(plaque: Plaque) -> None:
    Plaque.objects.update(version=9)


def add_a_subject(plaque: Plaque) -> None:
    copy = Plaque(title=plaque.title, serial="P-2", year=plaque.year, sequence=2)
    copy.__dict__["state"] = "allotted"
    copy.save()


def remove_a_subject(plaque: Plaque) -> None:
    plaque.delete()


def work_on_a_holiday(plaque: Plaque) -> None:
    WorkCalendarDay.objects.filter(date=date(2026, 10, 1)).update(kind="workday")


def forget_a_holiday(plaque: Plaque) -> None:
    WorkCalendarDay.objects.filter(date=date(2026, 10, 2)).delete()


def add_a_holiday(plaque: Plaque) -> None:
    year = WorkCalendarYear.objects.get(year=2026)
    WorkCalendarDay.objects.create(year=year, date=date(2026, 11, 25), kind="holiday", name="补休")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (change_a_reason, "记录 3 的内容与摘要不符"),
        (delete_in_the_middle, "记录 3 缺失或顺序被改动（读到 4）"),
        (delete_the_tail, "链头指向 4，记录止于 3"),
        (insert_a_record, "记录 5 的内容与摘要不符"),
        (forge_the_head, "链头指向 4，记录止于 4"),
        (set_a_state, "现为 issued"),
        (set_a_version, "现为 received（第9版），按记录应为 received（第3版）"),
        (add_a_subject, "没有任何办理记录"),
        (remove_a_subject, "有办理记录，但已不存在"),
        (work_on_a_holiday, "2026-10-01 的放假或调休与国务院公布的安排不符"),
        (forget_a_holiday, "2026-10-02 的放假或调休与国务院公布的安排不符"),
        (add_a_holiday, "2026-11-25 的放假或调休与国务院公布的安排不符"),
    ],
)
def test_it_is_found_and_named(plaque: Plaque, harm: Callable[[Plaque], None], words: str) -> None:
    harm(plaque)
    assert any(words in line for line in invariants.check())
    with pytest.raises(CommandError, match="核验未通过") as failed:
        call_command("verify", verbosity=0)
    assert failed.value.returncode == 1
    assert words in str(failed.value)


def test_a_step_that_the_table_does_not_allow_is_found(plaque: Plaque) -> None:
    record = StepRecord.objects.get(step="issue")
    StepRecord.objects.filter(pk=record.pk).update(from_state="received")
    assert any("不能从" in line for line in invariants.check())
