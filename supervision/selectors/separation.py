"""Separation of duties by person: who found, judged or proposed neither enters nor confirms the decision (Art. 21)."""

from collections.abc import Iterable, Iterator

from accounts.models import User
from lifecycle.models import StepRecord
from supervision.models import Ending

# Steps by which a person made the findings that an ending rests on, and what that person then was.
JUDGING = {
    ("ending", "open"): "提出人",
    ("check", "record"): "指导检查人",
    ("check", "follow_up"): "指导检查人",
    ("evaluation", "submit"): "测评人",
    ("evaluation", "conclude_fail"): "测评结论经办人",
    ("rectification", "order"): "整改经办人",
    ("rectification", "find_failing"): "整改复查人",
    ("invitation", "absent"): "缺席登记人",
}


def hands(user: User | None, endings: Iterable[Ending]) -> Iterator[str]:
    """One reason per part that the person had in a case."""
    for reasons in hands_by_ending(user, endings).values():
        yield from reasons


def hands_by_ending(user: User | None, endings: Iterable[Ending]) -> dict[int, list[str]]:
    """The same by the key of the ending. One query for any number of endings."""
    cases = list(endings)
    if user is None or not cases:
        return {}
    touched: dict[str, list[Ending]] = {}
    for case in cases:
        for key in (str(case.uuid), *(found["key"] for found in case.evidence)):
            touched.setdefault(key, []).append(case)
    uuids = [key for key in touched if len(key) == len(str(cases[0].uuid))]
    records = StepRecord.objects.filter(user=user, subject_id__in=uuids).order_by("sequence")
    found: dict[int, list[str]] = {}
    for life, step, key in records.values_list("subject_type", "step", "subject_id"):
        part = JUDGING.get((life, step))
        for case in touched[str(key)] if part else ():
            words = f"您曾任“{case.title.platform_name}”一案的{part}，不能录入或复核其集体决策"
            if words not in found.setdefault(case.pk, []):
                found[case.pk].append(words)
    return found
