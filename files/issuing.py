"""Documents the system issues: made once from the same data, stored, and found again afterwards."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction

from files import canonical, intake
from files.models import IssuedDocument


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
) -> IssuedDocument:
    """The document of this kind for the subject; ``make`` gives its bytes (pdf, xlsx) at the first call only.

    ``source`` is the plain data the document states: changed data give a new document. TypeError when it is not plain data.
    """
    source_hash = canonical.fingerprint({"title": title, "number": number, "data": source})
    identity = {"kind": kind, "subject_type": subject_type, "subject_id": subject_id, "source_hash": source_hash}
    if found := find(**identity):
        return found
    stored = intake.keep_generated(make(), f"{title}.{extension}")
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
