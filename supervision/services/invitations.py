"""Invitations to activities and who came (Art. 19). Only a served invitation can become an absence; excused ones do not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError

from accounts.actors import Actor
from files import intake
from files.purposes import Purpose
from lifecycle import engine
from lifecycle.errors import Blocked, NotAllowed, Refusal
from lifecycle.idempotency import FormKey
from registry.models import Title
from review.services.reasons import required
from supervision.models import Activity, Invitation
from timekeeping import clock

Upload = UploadedFile | ContentFile
SYSTEM = Invitation.Way.SYSTEM


@dataclass(frozen=True)
class Service:
    """How the invitations of one act were served: the way, the day, and what proves it (needed for all but the system's own)."""

    way: str = SYSTEM
    served_on: date | None = None
    proof: str = ""


@dataclass(frozen=True)
class Mark:
    """What is to be noted of one invited platform: a step of MARKS, with words where the step needs them."""

    invitation: Invitation
    step: str
    note: str = ""
    version: int | None = None


@dataclass(frozen=True)
class Result:
    """What became of one title or invitation of a list; ``problem`` is empty when it was done."""

    name: str
    invitation: Invitation | None = None
    problem: str = ""


def proposed(*, actor: Actor, activity: Activity, title: Title, how: Service | None = None) -> Invitation:
    """The invitation that ``serve`` would make, unsaved, to ask for blockers."""
    if actor.user is None:
        raise NotAllowed("只有市局可以送达邀请。")
    how = how or Service()
    served_on = how.served_on or clock.today()
    return Invitation(
        activity=activity, title=title, way=how.way, served_on=served_on, proof=how.proof.strip(), served_by=actor.user
    )


def serve(
    *, actor: Actor, activity: Activity, title: Title, how: Service | None = None, key: FormKey | None = None
) -> Invitation:
    """Serve the invitation on one platform; without ``how`` it is served by this system now.

    Raises ValidationError by field of ``Service``, Blocked when the title is not in force on the day of the activity, was invited
    already, or the system would reach nobody.
    """
    how = how or Service()
    _check(how)
    try:
        with engine.act(actor=actor, key=key) as act:
            activity, title = act.lock(activity, title)
            invitation = proposed(actor=actor, activity=activity, title=title, how=how)
            data = {"activity": str(activity.uuid), "title": str(title.uuid), "way": how.way}
            served: Invitation = act.create(invitation, "serve", data=data)
            return served
    except IntegrityError as error:
        raise Blocked(["该平台已经邀请"]) from error


def serve_many(
    *, actor: Actor, activity: Activity, titles: Iterable[Title], how: Service | None = None
) -> list[Result]:
    """Serve on each platform in an act of its own: one that cannot be served does not hold up the others."""
    _check(how or Service())
    return [
        _result(title.platform_name, serve, actor=actor, activity=activity, title=title, how=how) for title in titles
    ]


def ask_leave(
    *, actor: Actor, invitation: Invitation, leave_reason: str, evidence: Upload | None = None, key: FormKey | None = None,
    version: int | None = None,
) -> Invitation:  # fmt: skip
    """The platform asks for leave; asked after the beginning it is accepted and shown as such, the city judges."""
    leave_reason = required(leave_reason, "leave_reason", "请写明请假事由。")
    stored = intake.receive(evidence, purpose=Purpose.EVIDENCE, uploaded_by=actor.person) if evidence else None
    with engine.act(actor=actor, key=key) as act:
        _, invitation = act.lock(invitation.activity, (invitation, version))
        invitation.leave_reason, invitation.leave_evidence = leave_reason, stored
        invitation.leave_asked_at = clock.now()
        act.take(invitation, "ask_leave", reason=leave_reason, data={"evidence": stored.sha256 if stored else ""})
    return invitation


def refuse_leave(
    *, actor: Actor, invitation: Invitation, reason: str, key: FormKey | None = None, version: int | None = None
) -> Invitation:
    """不予准假, with words for the platform; it is invited as before. Raises ValidationError without them."""
    reason = required(reason, "reason", "请写明不予准假的理由。")
    with engine.act(actor=actor, key=key) as act:
        _, invitation = act.lock(invitation.activity, (invitation, version))
        act.take(invitation, "refuse_leave", reason=reason)
    return invitation


def excuse(
    *, actor: Actor, invitation: Invitation, note: str, key: FormKey | None = None, version: int | None = None
) -> Invitation:
    """准假: recorded and not counted; also for an absence that is explained afterwards. Raises ValidationError without words."""
    note = required(note, "note", "请写明准假的理由。")
    return _mark(actor, invitation, "excuse", note, key, version)


def present(
    *, actor: Actor, invitation: Invitation, note: str = "", key: FormKey | None = None, version: int | None = None
) -> Invitation:
    """The platform came. Blocked before the beginning."""
    return _mark(actor, invitation, "present", note, key, version)


def absent(
    *, actor: Actor, invitation: Invitation, note: str = "", key: FormKey | None = None, version: int | None = None
) -> Invitation:
    """The platform did not come and nothing excuses it; counts for Art. 19. Blocked before the beginning."""
    return _mark(actor, invitation, "absent", note, key, version)


def correct(
    *, actor: Actor, invitation: Invitation, reason: str, key: FormKey | None = None, version: int | None = None
) -> Invitation:
    """Take a wrong mark back, with the reason; the platform is to be marked again. Raises ValidationError without words."""
    reason = required(reason, "reason", "请写明更正的原因。")
    with engine.act(actor=actor, key=key) as act:
        _, invitation = act.lock(invitation.activity, (invitation, version))
        invitation.note, invitation.marked_by, invitation.marked_at = "", None, None
        act.take(invitation, "correct", reason=reason)
    return invitation


MARKS = {"present": present, "absent": absent, "excuse": excuse}


def mark_many(*, actor: Actor, marks: Iterable[Mark]) -> list[Result]:
    """Mark each platform in an act of its own: one that cannot be marked does not hold up the others."""
    return [
        _result(
            mark.invitation.title.platform_name, MARKS[mark.step], actor=actor, invitation=mark.invitation, note=mark.note,
            version=mark.version,
        )
        for mark in marks
    ]  # fmt: skip


def _check(how: Service) -> None:
    if how.way not in Invitation.Way.values:
        raise ValidationError({"way": "请选择送达方式。"})
    if how.way != SYSTEM and not how.proof.strip():
        raise ValidationError({"proof": "请填写送达凭据，例如签收人、通话人和时间。"})
    if how.way == SYSTEM and how.served_on not in (None, clock.today()):
        raise ValidationError({"served_on": "系统送达的日期就是今天。"})
    if how.served_on and how.served_on > clock.today():
        raise ValidationError({"served_on": "送达日期不能晚于今天。"})


def _mark(
    actor: Actor, invitation: Invitation, step: str, note: str, key: FormKey | None, version: int | None
) -> Invitation:
    with engine.act(actor=actor, key=key) as act:
        _, invitation = act.lock(invitation.activity, (invitation, version))
        invitation.note, invitation.marked_by, invitation.marked_at = note.strip(), actor.user, clock.now()
        act.take(invitation, step, reason=note.strip())
    return invitation


def _result(name: str, service: object, **given: object) -> Result:
    try:
        return Result(name, service(**given))  # type: ignore[operator]
    except ValidationError as wrong:
        return Result(name, problem="".join(wrong.messages))
    except Refusal as refusal:
        return Result(name, problem=refusal.message)
