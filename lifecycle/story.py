"""The record of a case as a readable story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lifecycle import states, steps
from lifecycle.models import StepRecord
from lifecycle.subject import Subject


@dataclass(frozen=True)
class Line:
    """One step told to people."""

    sequence: int
    at: datetime
    label: str
    who: str
    role: str
    from_label: str
    to_label: str
    basis: str
    reason: str
    hash: str


def of(subject: Subject) -> list[Line]:
    """The steps of one subject, oldest first."""
    records = StepRecord.objects.filter(subject_type=subject.SUBJECT, subject_id=subject.uuid).select_related("user")
    return tell(records.order_by("sequence"))


def tell(records: Iterable[StepRecord]) -> list[Line]:
    """Records as lines, in the order given."""
    return [_line(record) for record in records]


def _line(record: StepRecord) -> Line:
    row = steps.step_of(record.subject_type, record.step)
    labels = states.STATES[record.subject_type]
    return Line(
        sequence=record.sequence,
        at=record.at,
        label=row.label,
        who=record.user.name if record.user else "系统" if record.role == "system" else "社会公众",
        role=record.role,
        from_label=labels[record.from_state].label if record.from_state else "",
        to_label=labels[record.to_state].label,
        basis=row.basis,
        reason=record.reason,
        hash=record.hash,
    )
