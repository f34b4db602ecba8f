"""Reading the record: a filtered list for auditors and its export for a check without this system."""

import json
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from lifecycle import chain
from lifecycle.models import StepRecord
from timekeeping.dates import end_of_day, start_of_day


def found(
    *, subject: str = "", case: str = "", person: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[StepRecord]:
    """The records of a life, a case (UUID), a person's name and a span of dates (both included), newest first."""
    records = StepRecord.objects.select_related("user").order_by("-sequence")
    if subject:
        records = records.filter(subject_type=subject)
    if case:
        records = records.filter(subject_id=case)
    if person:
        records = records.filter(user__name__icontains=person)
    if since:
        records = records.filter(at__gte=start_of_day(since))
    if until:
        records = records.filter(at__lt=end_of_day(until))
    return records


def exported() -> Iterator[str]:
    """The whole record as JSON lines: the hashed fields and the hash of each, as ``bin/verify_record.py`` reads them."""
    for record in StepRecord.objects.order_by("sequence").iterator(chunk_size=2000):
        yield json.dumps(chain.plain(record) | {"hash": record.hash}, ensure_ascii=False) + "\n"
