"""Clarification during an inspection (default): it proves facts that existed at the closing date and never cures Art. 7."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from files import intake
from files.purposes import Purpose
from lifecycle import deadlines, engine
from lifecycle.idempotency import FormKey
from review.models import Inspection
from review.services.reasons import required
from timekeeping import clock
from timekeeping.workdays import UnknownYear


def ask_clarification(
    *,
    actor: Actor,
    inspection: Inspection,
    question: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Inspection:
    """Ask the applicant to explain within the working days the call allows. Blocked while no item is marked 需说明.

    Raises ValidationError by field, also when the year's working days are not published yet.
    """
    with engine.act(actor=actor, key=key) as act:
        [inspection] = act.lock((inspection, version))
        inspection.question = required(question, "question", "请写明需要说明的事项。")
        inspection.clarification_due_at = _end(inspection.application.call.parameters.clarification_workdays)
        inspection.clarification, inspection.clarification_file = "", None
        act.take(inspection, "ask_clarification", reason=inspection.question)
    return inspection


def clarify(
    *,
    actor: Actor,
    inspection: Inspection,
    text: str,
    upload: UploadedFile | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Inspection:
    """The applicant explains, with a file if it has one. Blocked after the deadline."""
    with engine.act(actor=actor, key=key) as act:
        [inspection] = act.lock((inspection, version))
        inspection.clarification = required(text, "text", "请填写说明。")
        if upload:
            inspection.clarification_file = intake.receive(upload, purpose=Purpose.EVIDENCE, uploaded_by=actor.user)
        file = inspection.clarification_file
        act.take(inspection, "clarify", data={"file": file.sha256 if file else None})
    return inspection


def close_clarification(
    *, actor: Actor, inspection: Inspection, key: FormKey | None = None, version: int | None = None
) -> Inspection:
    """Go on without an answer. Blocked until the deadline has passed."""
    with engine.act(actor=actor, key=key) as act:
        [inspection] = act.lock((inspection, version))
        act.take(inspection, "close_clarification")
    return inspection


def _end(workdays: int) -> datetime:
    try:
        return deadlines.end_of_workdays(clock.today(), workdays)
    except UnknownYear as unknown:
        raise ValidationError({"question": f"期限内有年份的放假安排尚未公布，不能计算：{unknown}"}) from unknown
