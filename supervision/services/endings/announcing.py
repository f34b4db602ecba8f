"""A decision made public: number of the office system, portal address, the signed copy through the gate (default rule)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from files.models import StoredFile
from lifecycle import document_numbers, engine
from lifecycle.idempotency import FormKey
from registry.services import bans
from review.services import publishing
from supervision.models import Ending
from timekeeping import clock
from timekeeping.dates import chinese_date


@dataclass(frozen=True)
class Announcement:
    """How the decision went out."""

    document_number: str
    issued_on: date
    portal_url: str
    signed_document: StoredFile
    override_reason: str = ""


def announce(
    *,
    actor: Actor,
    ending: Ending,
    announcement: Announcement,
    key: FormKey | None = None,
    version: int | None = None,
) -> Ending:
    """Record number, day, address and signed copy; title and ban take over the number.

    Raises ValidationError for the number, the date and the copy.
    """
    number = document_numbers.checked(announcement.document_number, announcement.issued_on, ending)
    if ending.decided_on and not ending.decided_on <= announcement.issued_on <= clock.today():
        raise ValidationError({"issued_on": f"印发日期应在决定日期{chinese_date(ending.decided_on)}至今天之间。"})
    signed = announcement.signed_document
    public = publishing.public_copy(signed, announcement.override_reason)
    with engine.act(actor=actor, key=key) as act:
        ending, title = act.lock((ending, version), ending.title)
        document_numbers.bear(number, announcement.issued_on, ending)
        ending.document_number, ending.issued_on = number, announcement.issued_on
        ending.portal_url, ending.override_reason = announcement.portal_url, announcement.override_reason
        ending.signed_document, ending.public_document = signed, public
        data = {"document_number": number, "portal": announcement.portal_url, "signed": signed.sha256}
        act.take(ending, "announce", data=data | publishing.sealed(announcement.override_reason))
        title.ended_document = number
        title.save(update_fields=["ended_document"])
        bans.announce(title=title, document_number=number)
    return ending
