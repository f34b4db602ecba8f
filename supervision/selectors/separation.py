"""Separation of duties by person: who found, judged or proposed neither enters nor confirms the decision (Art. 21)."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from accounts.models import User
from lifecycle.models import StepRecord
from lifecycle.subject import Subject
from supervision.models import Change, Ending

Case = Ending | Change
Key = tuple[str, int]
# Steps by which a person made the findings that a case rests on, and what that person then was.
JUDGING = {
    ("ending", "open"): "提出人",
    ("change", "examine"): "县区核对人",
    ("change", "refer"): "重新核验人",
    ("check", "record"): "指导检查人",
    ("check", "follow_up"): "指导检查人",
    ("evaluation", "submit"): "测评人",
    ("evaluation", "conclude_fail"): "测评结论经办人",
    ("rectification", "order"): "整改经办人",
    ("rectification", "find_failing"): "整改复查人",
    ("invitation", "absent"): "缺席登记人",
}


def key_of(case: Subject) -> Key:
    """A case among cases of several lives."""
    return case.SUBJECT, case.pk


def hands(user: User | None, cases: Iterable[Case]) -> Iterator[str]:
    """One reason per part that the person had in a case."""
    for reasons in hands_by_case(user, cases).values():
        yield from reasons


def hands_by_case(user: User | None, cases: Iterable[Case]) -> dict[Key, list[str]]:
    """The same by life and key of the case. One query for any number of cases."""
    touched: dict[UUID, list[Case]] = {}
    for case in cases:
        for uuid in (case.uuid, *_evidence(case)):
            touched.setdefault(uuid, []).append(case)
    if user is None or not touched:
        return {}
    records = StepRecord.objects.filter(user=user, subject_id__in=touched).order_by("sequence")
    found: dict[Key, list[str]] = {}
    for life, step, uuid in records.values_list("subject_type", "step", "subject_id"):
        part = JUDGING.get((life, step))
        for case in touched[uuid] if part else ():
            words = f"您曾任“{case.title.platform_name}”一案的{part}，不能录入或复核其集体决策"
            reasons = found.setdefault(key_of(case), [])
            reasons += [] if words in reasons else [words]
    return found


def _evidence(case: Case) -> Iterator[UUID]:
    """The cases that an ending's evidence comes from; a missing report is named by its year and is nobody's finding."""
    for line in case.evidence if isinstance(case, Ending) else ():
        try:
            yield UUID(line["key"])
        except ValueError:
            continue
