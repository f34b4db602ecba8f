"""Separation of duties by person: who had a hand in a case does not enter or confirm its decision (Art. 15, 21)."""

from collections.abc import Iterable, Iterator

from accounts.models import Role, User
from applications.models import Application
from lifecycle.models import StepRecord
from review.models import Inspector, Objection, ScoreSheet

REVIEWING_ROLES = (Role.DISTRICT_OFFICER, Role.EXPERT, Role.INSPECTOR)


def hands(user: User | None, applications: Iterable[Application]) -> Iterator[str]:
    """One reason per case in which the person was expert, inspector, objection handler or district officer."""
    for reasons in hands_by_case(user, applications).values():
        yield from reasons


def hands_by_case(user: User | None, applications: Iterable[Application]) -> dict[int, list[str]]:
    """The same by the key of the case. Five queries for any number of cases."""
    cases = {application.pk: application for application in applications}
    if user is None or not cases:
        return {}
    found = (
        ("评审专家", ScoreSheet.objects.filter(expert=user, case__application__in=cases).values_list("case__application", flat=True)),
        ("现场核查员", Inspector.objects.filter(user=user, inspection__application__in=cases).values_list("inspection__application", flat=True)),
        ("异议经办人", _handled(user, cases)),
        ("县区经办人", _recorded(user, cases)),
    )  # fmt: skip
    reasons: dict[int, list[str]] = {}
    for part, keys in found:
        for key in sorted(set(keys)):
            words = f"您曾任“{cases[key].platform_name}”的{part}，不能录入或复核其集体决策"
            reasons.setdefault(key, []).append(words)
    return reasons


def _handled(user: User, cases: dict[int, Application]) -> list[int]:
    """Cases with an objection that the person handles, or handled before another officer took over."""
    found = dict(Objection.objects.filter(application__in=cases).values_list("uuid", "application"))
    records = StepRecord.objects.filter(user=user, subject_type=Objection.SUBJECT, subject_id__in=found)
    return [found[uuid] for uuid in records.exclude(step="register").values_list("subject_id", flat=True)]


def _recorded(user: User, cases: dict[int, Application]) -> list[int]:
    by_uuid = {application.uuid: key for key, application in cases.items()}
    records = StepRecord.objects.filter(
        user=user, role__in=REVIEWING_ROLES, subject_type=Application.SUBJECT, subject_id__in=by_uuid
    )
    return [by_uuid[uuid] for uuid in records.values_list("subject_id", flat=True)]
