"""Documents the system issues: made once from the same data, stored, and found again afterwards."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from files import canonical, intake
from files.models import IssuedDocument
from files.purposes import Purpose


def issue(
    *,
    kind: str,
    subject_type: str,
    subject_id: UUID,
    title: str,
    source: object,
    make: Callable[[], bytes],
    extension: str,
    number: str = "",
    purpose: str = Purpose.ISSUED,
    made_for: User | None = None,
) -> IssuedDocument:
    """The document of this kind for the subject; ``make`` gives its bytes (pdf, xlsx) at the first call only.

    An export names with ``made_for`` the person who took it away.

    ``source`` is the plain data the document states: changed data give a new document. TypeError when it is not plain data.
    """
    source_hash = canonical.fingerprint({"title": title, "number": number, "data": source})
    identity = {"kind": kind, "subject_type": subject_type, "subject_id": subject_id, "source_hash": source_hash}
    if found := find(**identity):
        return found
    stored = intake.keep_generated(make(), f"{title}.{extension}", purpose=purpose, made_for=made_for)
    try:
        with transaction.atomic():
            return IssuedDocument.objects.create(**identity, title=title, number=number, file=stored)
    except IntegrityError:  # another process was first
        return IssuedDocument.objects.get(**identity)


def find(*, kind: str, subject_type: str, subject_id: UUID, source_hash: str) -> IssuedDocument | None:
    """The document already issued from these data."""
    return IssuedDocument.objects.filter(
        kind=kind, subject_type=subject_type, subject_id=subject_id, source_hash=source_hash
    ).first()
