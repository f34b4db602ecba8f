"""Excuses for late or missing reports: told by the platform, judged by the city. The dates never move (default)."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError

from accounts.actors import Actor
from files import intake
from files.purposes import Purpose
from lifecycle import engine
from lifecycle.errors import Blocked, NotAllowed
from lifecycle.idempotency import FormKey
from registry.models import Title
from supervision.models import ReportExcuse


def proposed(*, actor: Actor, title: Title, year: int, reason: str = "") -> ReportExcuse:
    """The excuse that ``file`` would make, unsaved, to ask for blockers."""
    if actor.user is None:
        raise NotAllowed("只有示范平台的人员可以说明原因。")
    return ReportExcuse(title=title, year=year, reason=reason.strip(), filed_by=actor.user)


def file(
    *, actor: Actor, title: Title, year: int, reason: str, evidence: UploadedFile | ContentFile | None = None,
    key: FormKey | None = None,
) -> ReportExcuse:  # fmt: skip
    """Tell why the report on ``year`` is not filed in time. Raises ValidationError without words, Blocked when there is nothing to excuse."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明未能按期报送的原因。"})
    stored = intake.receive(evidence, purpose=Purpose.EVIDENCE, uploaded_by=actor.person) if evidence else None
    try:
        with engine.act(actor=actor, key=key) as act:
            [title] = act.lock(title)
            excuse = proposed(actor=actor, title=title, year=year, reason=reason)
            excuse.evidence = stored
            data = {"year": year, "evidence": stored.sha256 if stored else ""}
            filed: ReportExcuse = act.create(excuse, "file", data=data)
            return filed
    except IntegrityError as error:
        raise Blocked(["该年度已经提交过说明，请等待市局审定"]) from error


def accept(
    *, actor: Actor, excuse: ReportExcuse, reason: str = "", key: FormKey | None = None, version: int | None = None
) -> ReportExcuse:
    """认可: the report is not counted as missing or late; it is still owed."""
    return _judge(actor, excuse, "accept", reason.strip(), key, version)


def refuse(
    *, actor: Actor, excuse: ReportExcuse, reason: str, key: FormKey | None = None, version: int | None = None
) -> ReportExcuse:
    """不予认可, with words for the platform. Raises ValidationError without them."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明不予认可的理由。"})
    return _judge(actor, excuse, "refuse", reason.strip(), key, version)


def _judge(
    actor: Actor, excuse: ReportExcuse, step: str, reason: str, key: FormKey | None, version: int | None
) -> ReportExcuse:
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((excuse, version))
        act.take(fresh, step, reason=reason)
        judged: ReportExcuse = fresh
        return judged
