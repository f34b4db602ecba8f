"""Complaints (Art. 21): filed by anybody at any time, registered by the city, handled, answered. They hold nobody."""

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
from registry.models import Title
from regulation import parameters
from review.models import ComplainantIdentity, Complaint, ComplaintEvidence
from review.services import filing_limits
from review.services.identities import check_texts, require
from review.services.objections import Objector
from timekeeping import clock

RECEIPT_NUMBER = "TS-{year}-{sequence:04d}"


@dataclass(frozen=True)
class Report:
    """What is complained of; signed by a person, a unit, or nobody."""

    about: str
    content: str
    signed: str
    named: str = ""
    title: Title | None = None
    application: Application | None = None
    evidence: Sequence[StoredFile] = field(default_factory=tuple)


def file(
    *, actor: Actor, says: Report, complainant: Objector | None, address: str, received_at: datetime | None = None,
    key: FormKey | None = None,
) -> Complaint:  # fmt: skip
    """File a complaint online; ``address`` is where the request came from, counted by hash only.

    Raises TooManyFiled beyond the day's limit, ValidationError when something is missing.
    """
    _check(says, complainant, received_at)
    with engine.act(actor=actor, key=key) as act:
        filing_limits.COMPLAINTS.charge(parameters.at(clock.today()), address)
        return _begin(act, "file", says, complainant, Complaint.Channel.ONLINE, received_at or clock.now())


def register(
    *, actor: Actor, says: Report, complainant: Objector | None, channel: str, received_at: datetime,
    key: FormKey | None = None,
) -> Complaint:  # fmt: skip
    """Enter a complaint that came by letter, visit, 12345 or the discipline office, with the moment it was received."""
    _check(says, complainant, received_at)
    with engine.act(actor=actor, key=key) as act:
        return _begin(act, "register", says, complainant, channel, received_at)


def handle(
    *, actor: Actor, complaint: Complaint, title: Title | None = None, key: FormKey | None = None,
    version: int | None = None,
) -> Complaint:  # fmt: skip
    """Take the complaint on as its handler, and say which title of the book it concerns where it does."""
    with engine.act(actor=actor, key=key) as act:
        [complaint] = act.lock((complaint, version))
        complaint.handler = actor.person
        complaint.title = title or complaint.title
        act.take(complaint, "handle")
    return complaint


def answer(
    *, actor: Actor, complaint: Complaint, answer_text: str, findings: str = "", key: FormKey | None = None,
    version: int | None = None,
) -> Complaint:  # fmt: skip
    """Answer the complaint; ``findings`` stay with the city and the auditor."""
    require(answer_text=answer_text)
    with engine.act(actor=actor, key=key) as act:
        [complaint] = act.lock((complaint, version))
        complaint.findings, complaint.answer_text, complaint.answered_at = findings, answer_text, clock.now()
        evidence = [one.file.sha256 for one in complaint.evidence.select_related("file")]
        act.take(complaint, "answer", data={"evidence": evidence})
        # Only now: the rule that the handler answers must see who handled it until here.
        complaint.handler = actor.person
        complaint.save(update_fields=["handler"])
    return complaint


def add_evidence(*, actor: Actor, complaint: Complaint, file: StoredFile, note: str = "") -> ComplaintEvidence:
    """Keep a file collected while handling. Raises NotAllowed unless the handler adds it, ValidationError for a note that names the sender."""
    if note:
        check_texts(complaint, note=note)
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
        if complaint.state != "handling" or complaint.handler_id != actor.user_id:
            raise NotAllowed("办理中的投诉由经办人添加材料。")
        return ComplaintEvidence.objects.create(complaint=complaint, file=file, note=note, from_complainant=False)


def _begin(
    act: Act, step: str, says: Report, complainant: Objector | None, channel: str, received_at: datetime
) -> Complaint:
    year = received_at.astimezone(clock.SHANGHAI).year
    sequence = numbers.take("complaint", year)
    complaint = Complaint(
        receipt_number=RECEIPT_NUMBER.format(year=year, sequence=sequence), year=year, sequence=sequence,
        about=says.about, named=says.named, title=says.title, application=says.application, signed=says.signed,
        channel=channel, received_at=received_at, content=says.content,
    )  # fmt: skip
    # The identity must exist before the step tells the complainant at the end of the act.
    act.create(complaint, step, data={"evidence": [stored.sha256 for stored in says.evidence]})
    if complainant and says.signed != Complaint.Signed.ANONYMOUS:
        ComplainantIdentity.objects.create(complaint=complaint, **vars(complainant))
    ComplaintEvidence.objects.bulk_create(ComplaintEvidence(complaint=complaint, file=f) for f in says.evidence)
    return complaint


def _check(says: Report, complainant: Objector | None, received_at: datetime | None) -> None:
    problems: dict[str, str] = {}
    if not says.content.strip():
        problems["content"] = "请写明反映的事实和可以核实的线索。"
    if says.about == Complaint.About.PLATFORM and not (says.named.strip() or says.title):
        problems["named"] = "请写明所反映的平台或单位名称。"
    named = complainant and complainant.name.strip() and complainant.phone.strip()
    if says.signed != Complaint.Signed.ANONYMOUS and not named:
        problems["name"] = "实名反映的，请填写姓名（单位名称）和联系电话；不便留下的，请选择匿名。"
    if received_at and received_at > clock.now():
        problems["received_at"] = "收到时间不能晚于现在。"
    if problems:
        raise ValidationError(problems)
