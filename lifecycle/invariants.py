"""What must hold of the record itself; ``manage.py verify`` asks every room."""

from collections.abc import Iterator
from typing import Any

from accounts.models import User
from lifecycle import chain, seals, seeding, steps
from lifecycle.models import StepRecord, WorkCalendarDay
from lifecycle.subject import subject_models
from timekeeping import seed


def check() -> Iterator[str]:
    """Chain intact; every record is a legal step from where the last one led; state, version and sealed values equal the
    replay; the working days are those published.
    """
    yield from chain.broken_links()
    replayed = replay()
    yield from replayed.problems
    for model in subject_models():
        for uuid, state, version in model._default_manager.values_list("uuid", "state", "version"):  # type: ignore[misc]
            recorded = replayed.states.pop((model.SUBJECT, str(uuid)), None)
            if recorded is None:
                yield f"{model.SUBJECT} {uuid} 没有任何办理记录"
            elif recorded != (state, version):
                yield f"{model.SUBJECT} {uuid} 现为 {state}（第{version}版），按记录应为 {recorded[0]}（第{recorded[1]}版）"
    for subject, uuid in replayed.states:
        yield f"{subject} {uuid} 有办理记录，但已不存在"
    yield from seals.broken()
    yield from _other_persons()
    yield from _other_days()


def _other_persons() -> Iterator[str]:
    """Pages name the person by a key beside the chain; it must be the person of the chained record."""
    people = {pk: str(uuid) for pk, uuid in User.objects.values_list("pk", "uuid")}
    for sequence, actor, user in StepRecord.objects.order_by("sequence").values_list("sequence", "actor_key", "user"):
        if actor.partition(":")[0] != people.get(user, actor):
            yield f"记录 {sequence} 所示的办理人不是办理时的人"


def _other_days() -> Iterator[str]:
    """Every term is counted by the working days; those of the years that came with the system are as they were published."""
    years = range(seeding.FIRST_YEAR, seeding.LAST_YEAR + 1)
    published = {(row.day, row.kind.value) for row in seed.rows(years)}
    kept = set(WorkCalendarDay.objects.filter(year__year__in=years).values_list("date", "kind"))
    for day in sorted({day for day, _ in published ^ kept}):
        yield f"{day} 的放假或调休与国务院公布的安排不符"


class replay:  # noqa: N801 - read as a verb
    """The record played from its beginning: the state and version of every subject, and illegal steps."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, str], tuple[str, int]] = {}
        self.problems: list[str] = []
        fields = ("sequence", "subject_type", "subject_id", "step", "from_state", "to_state")
        for row in StepRecord.objects.order_by("sequence").values(*fields).iterator(chunk_size=2000):
            self._play(row)

    def _play(self, row: dict[str, Any]) -> None:
        key = (row["subject_type"], str(row["subject_id"]))
        state, version = self.states.get(key, ("", 0))
        step = steps.BY_KEY.get(f"{row['subject_type']}.{row['step']}")
        legal = step is not None and state in (step.sources or ("",)) and row["to_state"] == step.target
        if not legal or row["from_state"] != state:
            self.problems.append(
                f"记录 {row['sequence']}：{row['subject_type']}.{row['step']} 不能从 {state or '（无）'} 办理"
            )
        self.states[key] = (row["to_state"], version + 1)
