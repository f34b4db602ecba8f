"""Objections against a notice (Art. 14): filed by the public, registered by the city, investigated, answered.

An objection with a name or seal, received in the period, about a platform on the list holds that platform and no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actors import Actor
from applications.models import Application
from files.models import StoredFile
from lifecycle import engine, numbers
from lifecycle.engine import Act
from lifecycle.errors import NotAllowed
from lifecycle.idempotency import FormKey
from review.models import Notice, Objection, ObjectionEvidence, ObjectorIdentity
from review.selectors import objections as selectors
from review.services import filing_limits, notices
from review.services.identities import check_texts, require
from timekeeping import clock

RECEIPT_NUMBER = "YY-{year}-{sequence:04d}"
HELD = "公示期间收到涉及贵平台的异议，市局正在调查核实。核查期间暂停认定程序，其他平台不受影响。"
REMOVED = "经调查核实，移出拟认定名单。"


@dataclass(frozen=True)
class Objector:
    """Who objects. Stays apart from the objection; ``consented_at`` when the privacy notice was accepted online."""

    name: str
    phone: str
    email: str = ""
    address: str = ""
    consented_at: datetime | None = None


@dataclass(frozen=True)
class Statement:
    """What is objected: the platform on the list, or a name that is not on it; signed by a person, a unit, or nobody."""

    notice: Notice
    signed: str
    content: str
    application: Application | None = None
    named: str = ""
    evidence: Sequence[StoredFile] = field(default_factory=tuple)


def file(
    *,
    actor: Actor,
    says: Statement,
    objector: Objector,
    address: str,
    received_at: datetime | None = None,
    key: FormKey | None = None,
) -> Objection:
    """File an objection online; ``address`` is where the request came from, counted by hash only.

    A late one is accepted too, but holds nobody. Raises TooMany beyond the day's limit, ValidationError when
    something is missing.
    """
    _check(says, objector, received_at)
    if says.signed == Objection.Signed.ANONYMOUS:
        raise ValidationError({"signed": "请以个人实名或单位盖章提出异议。"})
    with engine.act(actor=actor, key=key) as act:
        filing_limits.OBJECTIONS.charge(says.notice.pinned_parameters, address)
        return _begin(act, "file", says, objector, Objection.Channel.ONLINE, received_at or clock.now())


def register(
    *,
    actor: Actor,
    says: Statement,
    objector: Objector | None,
    channel: str,
    received_at: datetime,
    key: FormKey | None = None,
) -> Objection:
    """Enter an objection that came by letter, visit, 12345 or the discipline office, with the moment it was received."""
    _check(says, objector, received_at)
    with engine.act(actor=actor, key=key) as act:
        return _begin(act, "register", says, objector, channel, received_at)


def investigate(
    *, actor: Actor, objection: Objection, key: FormKey | None = None, version: int | None = None
) -> Objection:
    """Accept an objection for investigation and hold its platform in the same act, unless another one holds it already."""
    with engine.act(actor=actor, key=key) as act:
        objection, application = _lock(act, objection, version)
        _handle(objection, actor)
        act.take(objection, "investigate")
        if application and application.state == "on_notice":
            act.take(application, "hold", reason=HELD, data=_link(objection))
    return objection


def treat_as_lead(
    *, actor: Actor, objection: Objection, reason: str, key: FormKey | None = None, version: int | None = None
) -> Objection:
    """Keep an anonymous letter as a lead: it holds nobody and nobody is answered."""
    check_texts(objection, reason=reason)
    with engine.act(actor=actor, key=key) as act:
        [objection] = act.lock((objection, version))
        _handle(objection, actor)
        act.take(objection, "treat_as_lead", reason=reason)
    return objection


def answer(
    *, actor: Actor, objection: Objection, answer_text: str, key: FormKey | None = None, version: int | None = None
) -> Objection:
    """Answer an objection that came late or names nobody on the list; it holds nobody."""
    require(answer_text=answer_text)
    with engine.act(actor=actor, key=key) as act:
        [objection] = act.lock((objection, version))
        _handle(objection, actor)
        _answered(objection, answer_text)
        act.take(objection, "answer")
    return objection


def find_unfounded(
    *,
    actor: Actor,
    objection: Objection,
    findings: str,
    conclusion: str,
    answer_text: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Objection:
    """Find an objection unfounded; its platform goes on when no other objection is being investigated.

    ``conclusion`` is what applicant, district and record are told: it must not say who objected.
    """
    _check_findings(objection, findings, conclusion, answer_text)
    with engine.act(actor=actor, key=key) as act:
        objection, application = _lock(act, objection, version)
        _conclude(act, actor, objection, "find_unfounded", findings, conclusion, answer_text)
        if application and application.state == "held" and not selectors.others_investigating(objection):
            act.take(application, "release", reason=conclusion, data=_link(objection))
    return objection


def find_founded(
    *,
    actor: Actor,
    objection: Objection,
    findings: str,
    conclusion: str,
    answer_text: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Objection:
    """Find an objection founded: its platform is not certified and leaves the public list.

    Other objections against the platform stay with their handlers, to be concluded and answered one by one.
    """
    _check_findings(objection, findings, conclusion, answer_text)
    with engine.act(actor=actor, key=key) as act:
        objection, application = _lock(act, objection, version)
        _conclude(act, actor, objection, "find_founded", findings, conclusion, answer_text)
        if application and application.state == "held":
            act.take(application, "uphold_objection", reason=conclusion, data=_link(objection))
            notices.remove_item(actor=actor, notice=objection.notice, application=application, reason=REMOVED)
    return objection


def add_evidence(*, actor: Actor, objection: Objection, file: StoredFile, note: str = "") -> ObjectionEvidence:
    """Keep a file collected in the investigation. Raises NotAllowed unless the handler adds it while investigating."""
    with transaction.atomic():
        objection = Objection.objects.select_for_update().get(pk=objection.pk)
        if objection.state != "investigating" or objection.handler_id != actor.user_id:
            raise NotAllowed("调查中的异议由经办人添加证据。")
        return ObjectionEvidence.objects.create(objection=objection, file=file, note=note, from_objector=False)


def _begin(
    act: Act, step: str, says: Statement, objector: Objector | None, channel: str, received_at: datetime
) -> Objection:
    year = received_at.astimezone(clock.SHANGHAI).year
    sequence = numbers.take("objection", year)
    objection = Objection(
        receipt_number=RECEIPT_NUMBER.format(year=year, sequence=sequence), year=year, sequence=sequence,
        notice=says.notice, application=says.application, named=says.named, signed=says.signed, channel=channel,
        received_at=received_at, content=says.content,
    )  # fmt: skip
    # The identity must exist before the step tells the objector, so it is attached as soon as the objection has a key.
    act.create(objection, step, data={"evidence": [stored.sha256 for stored in says.evidence]})
    if objector:
        ObjectorIdentity.objects.create(objection=objection, **vars(objector))
    ObjectionEvidence.objects.bulk_create(ObjectionEvidence(objection=objection, file=f) for f in says.evidence)
    return objection


def _lock(act: Act, objection: Objection, version: int | None) -> tuple[Objection, Application | None]:
    if objection.application is None:
        [objection] = act.lock((objection, version))
        return objection, None
    objection, application = act.lock((objection, version), objection.application)
    return objection, application


def _handle(objection: Objection, actor: Actor) -> None:
    objection.handler = actor.user


def _answered(objection: Objection, text: str) -> None:
    objection.answer_text, objection.answered_at = text, clock.now()


def _conclude(
    act: Act, actor: Actor, objection: Objection, step: str, findings: str, conclusion: str, answer_text: str
) -> None:
    objection.findings, objection.conclusion = findings, conclusion
    _answered(objection, answer_text)
    evidence = [e.file.sha256 for e in objection.evidence.select_related("file")]
    act.take(objection, step, reason=conclusion, data={"evidence": evidence})
    # Only now: the rule that the handler concludes must see who handled it until here.
    _handle(objection, actor)
    objection.save(update_fields=["handler"])


def _link(objection: Objection) -> dict[str, str]:
    return {"objection": str(objection.uuid)}


def _check(says: Statement, objector: Objector | None, received_at: datetime | None) -> None:
    problems: dict[str, str] = {}
    if not says.content.strip():
        problems["content"] = "请写明异议的事实和理由。"
    if says.notice.state != "published":
        problems["notice"] = "公示尚未发布。"
    if says.application and not says.notice.items.filter(application=says.application).exists():
        problems["platform"] = "所选平台不在本次公示名单。"
    if says.signed != Objection.Signed.ANONYMOUS and not (
        objector and objector.name.strip() and objector.phone.strip()
    ):
        problems["name"] = "实名或盖章的异议应有姓名（单位名称）和联系电话；没有的按匿名登记。"
    if received_at and received_at > clock.now():
        problems["received_at"] = "收到时间不能晚于现在。"
    if problems:
        raise ValidationError(problems)


def _check_findings(objection: Objection, findings: str, conclusion: str, answer_text: str) -> None:
    require(findings=findings, answer_text=answer_text)
    check_texts(objection, conclusion=conclusion)
