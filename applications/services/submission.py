"""From the complete draft to a frozen version with a receipt, and every way back (Art. 6, 9, 10, 11).

Time is judged by the receipt stamp of the request (``received_at``), never by the moment a lock became free: a request that
arrived before the deadline is in time however long it waited.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications import corrections, sealed_copies, versions
from applications.drafts import draft_of
from applications.models import Application, ApplicationVersion
from applications.services import printing
from lifecycle import chain, engine, numbers
from lifecycle.errors import Stale
from lifecycle.idempotency import FormKey
from timekeeping import clock

RECEIPT = "receipt"
CHANGED = "您核对之后，填报内容又有修改，页面上的内容指纹与目前的内容不一致。请重新核对后再提交；已签章的纸质件需按新内容重新打印。"


def submit(
    *,
    actor: Actor,
    application: Application,
    fingerprint: str,
    received_at: datetime,
    key: FormKey | None = None,
    version: int | None = None,
) -> ApplicationVersion:
    """Freeze what the signatory has read, give it its receipt number and file it with the district.

    ``fingerprint`` is the one shown to the signatory. Raises Stale when the content has changed since, Blocked when something is
    missing or ``received_at`` is not before the end of filing.
    """
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((application, version))
        fresh.received_at = received_at
        drawn_up = _as_read(fresh, actor, fingerprint, received_at)
        act.take(fresh, "submit", data=_evidence(drawn_up))
        versions.freeze(drawn_up)
        if not fresh.receipt_number:
            year = received_at.astimezone(clock.SHANGHAI).year
            fresh.receipt_number = receipt_number(year, numbers.take(RECEIPT, year))
            fresh.save(update_fields=["receipt_number"])
        printing.ahead(fresh)
    return drawn_up


def receipt_number(year: int, sequence: int) -> str:
    """How a receipt number is written: KM-2026-0037."""
    return f"KM-{year}-{sequence:04d}"


def reopen(
    *,
    actor: Actor,
    application: Application,
    reason: str = "",
    key: FormKey | None = None,
    version: int | None = None,
) -> None:
    """Give the draft back for editing before it is submitted; a scan uploaded for the old content no longer counts."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((application, version))
        act.take(fresh, "reopen", reason=reason.strip())


def resubmit(
    *,
    actor: Actor,
    application: Application,
    fingerprint: str,
    received_at: datetime,
    key: FormKey | None = None,
    version: int | None = None,
) -> ApplicationVersion:
    """File the corrected application as a new version under the same receipt number.

    Raises Stale when the content is not what the signatory has read; Blocked when an item has no answer, a part that was not
    opened has changed, or ``received_at`` is not before the end of the correction.
    """
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((application, version))
        fresh.received_at = received_at
        correction = corrections.current(fresh)
        drawn_up = _as_read(fresh, actor, fingerprint, received_at)
        answers = corrections.answers_digest(correction) if correction else ""
        act.take(fresh, "resubmit", data=_evidence(drawn_up) | {"answers": answers})
        versions.freeze(drawn_up)
        if correction:
            correction.answered_at = received_at
            correction.save(update_fields=["answered_at"])
        printing.ahead(fresh)
    return drawn_up


def withdraw(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> None:
    """End the application at the applicant's wish, at any time before the decision (Art. 6).

    Raises ValidationError without a reason. Public notices, panels and meetings leave withdrawn applications out by their state.
    """
    if not reason.strip():
        raise ValidationError({"reason": "请填写撤回原因。"})
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((application, version))
        act.take(fresh, "withdraw", reason=reason.strip())


def _as_read(application: Application, actor: Actor, fingerprint: str, received_at: datetime) -> ApplicationVersion:
    """The next version, not saved yet. Raises Stale unless its fingerprint is the one the signatory has read."""
    application.read_draft = draft_of(application)
    drawn_up = versions.draw_up(application.read_draft, actor, at=received_at)
    if drawn_up.fingerprint != fingerprint:
        raise Stale(CHANGED)
    return drawn_up


def _evidence(version: ApplicationVersion) -> dict[str, Any]:
    """What the record keeps of a submission: ids and hashes."""
    scan = sealed_copies.bound_to(version.application, version.fingerprint)
    return {
        "version": str(version.uuid),
        "fingerprint": version.fingerprint,
        "scan": scan.file.sha256 if scan else "",
        "received_at": chain.instant(version.submitted_at),
    }
