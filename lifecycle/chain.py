"""The hash chain of the record: canonical form, appending under the head's lock, and checking.

A record's hash is SHA-256 over the canonical JSON of all its fields, the previous hash among them. Canonical means sorted
keys, no blanks, UTF-8, times as ISO text in UTC with microseconds. ``docs/operations.md`` shows how an auditor checks an
exported record with the standard library alone.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from lifecycle.models import ChainHead, StepRecord

GENESIS = "0" * 64
HASHED_FIELDS = (
    "sequence", "act_id", "subject_type", "subject_id", "step", "from_state", "to_state", "actor_key", "role", "at",
    "written_at", "article", "reason", "data", "previous_hash",
)  # fmt: skip


def instant(moment: datetime) -> str:
    """A moment as canonical text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(value: Any) -> str:
    """Canonical JSON of plain data. Raises TypeError for anything JSON does not know."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON as 64 hex digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def plain(record: StepRecord) -> dict[str, Any]:
    """The hashed fields of a record as plain JSON data."""
    fields = {name: getattr(record, name) for name in HASHED_FIELDS}
    for name in ("act_id", "subject_id"):
        fields[name] = str(fields[name])
    for name in ("at", "written_at"):
        fields[name] = instant(fields[name])
    return fields


def lock_head() -> ChainHead:
    """The head, locked until the transaction ends. Every act takes this lock last."""
    return ChainHead.objects.select_for_update().get(pk=1)


def append(records: Iterable[StepRecord], head: ChainHead) -> None:
    """Number, chain and insert ``records`` behind the locked ``head`` and move the head."""
    batch = list(records)
    for record in batch:
        head.sequence += 1
        record.sequence = head.sequence
        record.at = max(record.at, head.at)
        record.previous_hash = head.hash
        record.hash = digest(plain(record))
        head.hash, head.at = record.hash, record.at
    StepRecord.objects.bulk_create(batch)
    head.save()


def broken_links() -> Iterator[str]:
    """One line per record that was changed, removed or inserted, and one when the head does not fit."""
    previous, sequence = GENESIS, 0
    for record in StepRecord.objects.order_by("sequence").iterator(chunk_size=2000):
        sequence += 1
        if record.sequence != sequence:
            yield f"记录 {sequence} 缺失或顺序被改动（读到 {record.sequence}）"
            sequence = record.sequence
        if record.previous_hash != previous:
            yield f"记录 {record.sequence} 与前一记录不衔接"
        if digest(plain(record)) != record.hash:
            yield f"记录 {record.sequence} 的内容与摘要不符"
        previous = record.hash
    head = ChainHead.objects.get(pk=1)
    if (head.sequence, head.hash) != (sequence, previous):
        yield f"链头指向 {head.sequence}，记录止于 {sequence}"
