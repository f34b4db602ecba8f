"""The only way a state changes.

    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        ...check and write the evidence...
        act.take(application, "recommend", reason=opinion, data={"fingerprint": fingerprint})

In one transaction the act locks its subjects in the order of life and key, reads them again, authorises the actor on the
fresh data, checks version, stage and guards, applies the transition and, at the end, appends one ``StepRecord`` per step
behind the chain's head and writes what must be told. An exception anywhere undoes everything.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from lifecycle import announcements, authority, chain, guards, idempotency, seals
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.models import AnsweredForm, StepRecord
from lifecycle.states import state_of
from lifecycle.steps import Step, step_of, steps_of
from lifecycle.subject import Subject
from timekeeping import clock


@dataclass
class Act:
    """One act of one actor, moving one or many subjects together. Made only by ``act``."""

    actor: Actor
    form: AnsweredForm | None = None
    act_id: uuid.UUID = field(default_factory=uuid.uuid4)
    _taken: list[tuple[Step, Subject, StepRecord]] = field(default_factory=list)
    _locked: set[tuple[str, int]] = field(default_factory=set)

    def lock(self, *wanted: Subject | tuple[Subject, int | None]) -> list[Any]:
        """The subjects as they are now, locked, in the order given. A pair also checks the version the page was made from.

        Raises Stale when a version differs. Lock all subjects of an act in one call, so that the order is the same everywhere.
        """
        pairs = [item if isinstance(item, tuple) else (item, None) for item in wanted]
        fresh: dict[tuple[str, int], Subject] = {}
        for subject, _ in sorted(pairs, key=lambda pair: (pair[0].SUBJECT, pair[0].pk)):
            manager = type(subject)._default_manager
            fresh[subject.SUBJECT, subject.pk] = manager.select_for_update().get(pk=subject.pk)
        for subject, version in pairs:
            now = fresh[subject.SUBJECT, subject.pk]
            if version is not None and version != now.version:
                raise Stale(last_word(now))
        self._locked |= fresh.keys()
        return [fresh[subject.SUBJECT, subject.pk] for subject, _ in pairs]

    def create(self, subject: Subject, step: str, *, reason: str = "", data: dict[str, Any] | None = None) -> Any:
        """Begin the life of an unsaved subject by its creating step and return it saved."""
        if subject.pk is not None:
            raise RuntimeError(f"{subject.SUBJECT} already has a life")
        return self._apply(step_of(subject.SUBJECT, step), subject, reason, data or {})

    def take(self, subject: Any, step: str, *, reason: str = "", data: dict[str, Any] | None = None) -> None:
        """Take a step on a subject that this act has locked or created.

        Raises NotAllowed, WrongStage or Blocked; ``reason`` goes into the record and to those who are told.
        """
        if (subject.SUBJECT, subject.pk) not in self._locked:
            raise RuntimeError(f"{subject.SUBJECT} was not locked by this act")
        self._apply(step_of(subject.SUBJECT, step), subject, reason, data or {})

    def lead_to(self, url: str) -> None:
        """Where the same form sent again leads, for an act that takes no step."""
        if self.form:
            self.form.url = url
            self.form.save(update_fields=["url"])

    def _apply(self, row: Step, subject: Subject, reason: str, data: dict[str, Any]) -> Subject:
        if not authority.may(self.actor, row, subject):
            raise NotAllowed(f"“{row.label}”不在您的职责范围内。如有疑问，请联系系统管理员核对您的身份。")
        if subject.state not in (row.sources or ("",)):
            raise WrongStage(last_word(subject))
        reasons = list(guards.reasons(subject, row.name, self.actor))
        if reasons:
            raise Blocked(reasons)
        before = subject.state
        getattr(subject, row.name)()
        subject.version += 1
        subject.save()
        self._locked.add((subject.SUBJECT, subject.pk))
        self._taken.append((row, subject, self._record(row, subject, before, reason, data)))
        return subject

    def _record(self, row: Step, subject: Subject, before: str, reason: str, data: dict[str, Any]) -> StepRecord:
        return StepRecord(
            act_id=self.act_id, subject_type=subject.SUBJECT, subject_id=subject.uuid, step=row.name, from_state=before,
            to_state=subject.state, actor_key=self.actor.key, role=self.actor.role, user=self.actor.user, at=clock.now(),
            written_at=clock.wall(), article=row.article, reason=reason, data=data,
        )  # fmt: skip

    def _finish(self) -> None:
        if not authority.in_force(self.actor):
            raise NotAllowed("您的身份已停用或到期。请联系系统管理员。")
        told = ((row, subject, self._told_reason(subject)) for row, subject, _ in self._taken)
        announcements.tell_of_steps(told, self.actor, str(self.act_id))
        if self._taken:
            self.lead_to(self._taken[0][1].get_absolute_url())
            self._seal()
            chain.append([record for _, _, record in self._taken], chain.lock_head())

    def _seal(self) -> None:
        """The last record of every subject seals what the act left in the database."""
        last = {
            (subject.SUBJECT, subject.pk): (subject, record) for _, subject, record in self._taken if subject.SEALED
        }
        for subject, record in last.values():
            record.data = record.data | {seals.SEAL: seals.of(subject)}

    def _told_reason(self, subject: Subject) -> str:
        return next((record.reason for _, taken, record in self._taken if taken is subject), "")


@contextmanager
def act(*, actor: Actor, key: idempotency.FormKey | None = None) -> Iterator[Act]:
    """Open an act in its own transaction.

    Raises AlreadyDone or Repeated for a form that came before, and whatever the steps inside raise.
    """
    with transaction.atomic():
        current = Act(actor=actor)
        if key is not None:
            current.form = idempotency.claim(key, actor, current.act_id)
        yield current
        current._finish()


def last_word(subject: Subject) -> str:
    """Who did what, when: the words for somebody who came too late."""
    last = (
        StepRecord.objects.filter(subject_type=subject.SUBJECT, subject_id=subject.uuid)
        .select_related("user")
        .order_by("-sequence")
        .first()
    )
    if last is None:
        return "该事项尚未建立。"
    label = step_of(subject.SUBJECT, last.step).label
    who = last.user.name if last.user else "系统" if last.role == "system" else "社会公众"
    when = last.at.astimezone(clock.SHANGHAI)
    state = state_of(subject.SUBJECT, subject.state).label
    return f"该事项已由{who}于{when:%Y-%m-%d %H:%M}办理“{label}”，目前状态为“{state}”。请刷新页面，按最新情况办理。"


@dataclass(frozen=True)
class Option:
    """A step that the actor could take on a subject, with the reasons why not now (empty: now)."""

    row: Step
    blockers: tuple[str, ...]

    @property
    def enabled(self) -> bool:
        return not self.blockers


def options(subject: Subject, actor: Actor) -> list[Option]:
    """The steps of the table that the actor may take from the present state, each with its blockers."""
    return [
        Option(row, tuple(guards.reasons(subject, row.name, actor)))
        for row in steps_of(subject.SUBJECT)
        if subject.state in row.sources and authority.may(actor, row, subject)
    ]


def option(subject: Subject, step: str, actor: Actor) -> Option | None:
    """One of ``options``, or None when the actor may not take the step from the present state."""
    return next((o for o in options(subject, actor) if o.row.name == step), None)


def blockers(subject: Subject, step: str, actor: Actor) -> list[str]:
    """Why the step cannot be taken now; empty when it can."""
    row = step_of(subject.SUBJECT, step)
    if not authority.may(actor, row, subject):
        return [f"“{row.label}”不在您的职责范围内"]
    if subject.state not in (row.sources or ("",)):
        return [f"目前状态为“{subject.status.label}”，不能办理“{row.label}”"]
    return list(guards.reasons(subject, step, actor))
