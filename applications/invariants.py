"""What must always hold of applications; ``manage.py verify`` asks."""

from collections.abc import Iterator

from applications.drafts import Draft, plain_rows, rows_of
from applications.models import Application, ApplicationVersion, ListBatch
from applications.services.submission import RECEIPT, receipt_number
from lifecycle import chain
from lifecycle.models import Counter, StepRecord

FILED = ("submit", "resubmit")


def check() -> Iterator[str]:
    """One line per broken invariant."""
    yield from _fingerprints()
    yield from _sealed_lists()
    yield from _receipt_numbers()


def _fingerprints() -> Iterator[str]:
    """Every version still has its fingerprint, the record of its filing names the same one, and none is missing."""
    records = StepRecord.objects.filter(subject_type=Application.SUBJECT, step__in=FILED)
    recorded = {data.get("version"): data.get("fingerprint") for data in records.values_list("data", flat=True)}
    for version in ApplicationVersion.objects.select_related("application").order_by("pk").iterator(chunk_size=50):
        name = f"{version.application.receipt_number} 第{version.number}版"
        if chain.digest(version.content) != version.fingerprint:
            yield f"{name}：内容与内容指纹不符"
        if recorded.pop(str(version.uuid), None) != version.fingerprint:
            yield f"{name}：内容指纹与办理记录不符"
    yield from (f"办理记录中的申报版本 {uuid} 已不存在" for uuid in recorded)


def _sealed_lists() -> Iterator[str]:
    """The rows of a sealed list are those that were sealed."""
    sealed = ListBatch.objects.filter(sealed_at__isnull=False).select_related("application").order_by("pk")
    for batch in sealed.iterator(chunk_size=50):
        rows = Draft(batch.application, rows={batch.kind: rows_of(batch, batch.kind)})
        if chain.digest(plain_rows(rows, batch.kind)) != batch.rows_hash:
            yield f"{batch.application.receipt_number} {batch.get_kind_display()}第{batch.number}批：内容与封存时不符"


def _receipt_numbers() -> Iterator[str]:
    """Every receipt number that was taken in a year belongs to an application: no gap."""
    numbers = Application.objects.filter(receipt_number__isnull=False).values_list("receipt_number", flat=True)
    given = set(numbers)
    for counter in Counter.objects.filter(kind=RECEIPT).order_by("year"):
        wanted = (receipt_number(counter.year, sequence) for sequence in range(1, counter.last + 1))
        yield from (f"受理编号{number}没有对应的申报" for number in wanted if number not in given)
