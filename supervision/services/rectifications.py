"""Rectification: ordered from a failed evaluation, reported by the platform, rechecked by the city (Art. 19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError

from accounts.actors import Actor
from files import intake
from files.models import StoredFile
from files.purposes import Purpose
from lifecycle import chain, deadlines, engine, numbers
from lifecycle.errors import Blocked, NotAllowed
from lifecycle.idempotency import FormKey
from regulation import evaluation as rules
from regulation import parameters
from review.services.reasons import required
from supervision.models import (
    Evaluation,
    EvaluationFinding,
    Rectification,
    RectificationFile,
    RectificationItem,
    RectificationReport,
)
from timekeeping import clock
from timekeeping.dates import chinese_date
from timekeeping.workdays import UnknownYear

Upload = UploadedFile | ContentFile
NUMBER = "rectification"
TWICE = "这次测评已经责令整改"


@dataclass(frozen=True)
class Recheck:
    """What the city found on site: when, by whom, in words, with a file if there is one."""

    rechecked_on: date
    recheckers: str
    findings: str
    evidence: Upload | None = None


def number_of(year: int, sequence: int) -> str:
    """How the number of a rectification is written: ZG-2027-0003."""
    return f"ZG-{year}-{sequence:04d}"


def earliest_due(on: date | None = None) -> date:
    """The first lawful last day of a rectification ordered today, by the dated parameter.

    While the arrangement of a year it needs is unpublished, twice as many calendar days: no arrangement has ever been longer.
    """
    today = on or clock.today()
    workdays = parameters.at(today).rectification_workdays
    try:
        return deadlines.last_day(deadlines.end_of_workdays(today, workdays))
    except UnknownYear:
        return today + timedelta(days=2 * workdays)


def wanting(evaluation: Evaluation) -> list[EvaluationFinding]:
    """The findings that have to be put right, in the order of the criteria."""
    order = [item.key for item in evaluation.criteria_set.items]
    return sorted(evaluation.findings.filter(verdict=rules.UNMET), key=lambda finding: order.index(finding.criterion))


def proposed(*, actor: Actor, evaluation: Evaluation) -> Rectification:
    """The rectification that ``order`` would begin, unsaved, to ask for blockers."""
    if actor.user is None:
        raise NotAllowed("只有市局经办人可以责令整改。")
    return Rectification(
        title=evaluation.title, evaluation=evaluation, ordered_by=actor.user, ordered_on=clock.today(), due_on=earliest_due()
    )  # fmt: skip


def order(
    *, actor: Actor, evaluation: Evaluation, requirements: Mapping[str, str], grounds: str, due_on: date,
    key: FormKey | None = None, version: int | None = None,
) -> Rectification:  # fmt: skip
    """Order the platform to put right what was found, each criterion in words, by a last day not shorter than the parameter.

    Raises ValidationError by field (``requirement-<criterion>``, ``grounds``, ``due_on``).
    """
    try:
        with engine.act(actor=actor, key=key) as act:
            [fresh] = act.lock((evaluation, version))
            found = wanting(fresh)
            rectification = proposed(actor=actor, evaluation=fresh)
            rectification.grounds, rectification.due_on = grounds.strip(), due_on
            if problems := _problems(rectification, [f.criterion for f in found], requirements):
                raise ValidationError(problems)
            year = rectification.ordered_on.year
            rectification.number = number_of(year, numbers.take(NUMBER, year))
            act.create(rectification, "order", data={"evaluation": str(fresh.uuid), "due_on": due_on.isoformat()})
            RectificationItem.objects.bulk_create(
                RectificationItem(
                    rectification=rectification, criterion=f.criterion, label=fresh.criteria_set.label_of(f.criterion),
                    requirement=requirements[f.criterion].strip(),
                )
                for f in found
            )  # fmt: skip
            return rectification
    except IntegrityError as error:
        raise Blocked([TWICE]) from error


def report(
    *, actor: Actor, rectification: Rectification, text: str, uploads: Sequence[Upload], received_at: datetime,
    key: FormKey | None = None, version: int | None = None,
) -> RectificationReport:  # fmt: skip
    """The platform reports what it has put right, with proof. A late report is taken and shown as late."""
    if not uploads:
        raise ValidationError({"files": "请上传能证明整改情况的材料。"})
    text = required(text, "text", "请逐项写明整改情况。")
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((rectification, version))
        stored = _receive(actor, uploads)
        act.take(
            fresh, "report", data={"files": [one.sha256 for one in stored], "received_at": chain.instant(received_at)}
        )
        made = RectificationReport.objects.create(
            rectification=fresh, number=fresh.reports.count() + 1, text=text, filed_by=actor.person, filed_at=received_at,
            due_on=fresh.due_on,
        )  # fmt: skip
        RectificationFile.objects.bulk_create(RectificationFile(report=made, file=one) for one in stored)
    return made


def send_back(
    *, actor: Actor, rectification: Rectification, reason: str, due_on: date | None = None, key: FormKey | None = None,
    version: int | None = None,
) -> Rectification:  # fmt: skip
    """The report goes back with words; ``due_on`` may give a later last day, never an earlier one."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((rectification, version))
        reason = required(reason, "reason", "请写明还需要整改或者补充的全部内容。")
        last = due_on or fresh.due_on
        if last < max(fresh.due_on, clock.today()):
            words = "整改期限已过，请给出新的期限。" if due_on is None else "新的期限不能早于今天，也不能早于原定期限。"
            raise ValidationError({"due_on": words})
        fresh.due_on = last
        act.take(fresh, "send_back", reason=reason, data={"due_on": last.isoformat()})
    returned: Rectification = fresh
    return returned


def pass_recheck(
    *,
    actor: Actor,
    rectification: Rectification,
    recheck: Recheck,
    key: FormKey | None = None,
    version: int | None = None,
) -> Rectification:
    """整改达标."""
    return _recheck(actor, rectification, "pass_recheck", recheck, key, version)


def find_failing(
    *,
    actor: Actor,
    rectification: Rectification,
    recheck: Recheck,
    key: FormKey | None = None,
    version: int | None = None,
) -> Rectification:
    """整改仍不达标: one of the grounds on which people may decide to cancel the title. Without a report only after the deadline."""
    return _recheck(actor, rectification, "find_failing", recheck, key, version)


def _recheck(
    actor: Actor, rectification: Rectification, step: str, recheck: Recheck, key: FormKey | None, version: int | None
) -> Rectification:
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((rectification, version))
        if problems := _recheck_problems(fresh, recheck):
            raise ValidationError(problems)
        fresh.rechecked_on, fresh.recheckers = recheck.rechecked_on, recheck.recheckers.strip()
        fresh.findings = recheck.findings.strip()
        if recheck.evidence:
            fresh.evidence = intake.receive(recheck.evidence, purpose=Purpose.EVIDENCE, uploaded_by=actor.person)
        data = {"evidence": fresh.evidence.sha256 if fresh.evidence else ""}
        act.take(fresh, step, reason=fresh.findings, data=data)
    rechecked: Rectification = fresh
    return rechecked


def _recheck_problems(rectification: Rectification, recheck: Recheck) -> dict[str, str]:
    wrong = {}
    if not rectification.ordered_on <= recheck.rechecked_on <= clock.today():
        wrong["rechecked_on"] = "复查日期应在责令整改之后，不能晚于今天。"
    if not recheck.recheckers.strip():
        wrong["recheckers"] = "请填写复查人员。"
    if not recheck.findings.strip():
        wrong["findings"] = "请逐项写明复查情况。"
    return wrong


def _problems(rectification: Rectification, criteria: Sequence[str], requirements: Mapping[str, str]) -> dict[str, str]:
    wrong = {
        f"requirement-{key}": "请写明这一项的整改要求。" for key in criteria if not requirements.get(key, "").strip()
    }
    if not rectification.grounds:
        wrong["grounds"] = "请写明责令整改的理由。"
    first = earliest_due(rectification.ordered_on)
    if rectification.due_on < first:
        wrong["due_on"] = f"整改期限不能早于{chinese_date(first)}。"
    return wrong


def _receive(actor: Actor, uploads: Sequence[Upload]) -> list[StoredFile]:
    intake.check_quota([], adding=sum(upload.size or 0 for upload in uploads))
    return [intake.receive(upload, purpose=Purpose.EVIDENCE, uploaded_by=actor.person) for upload in uploads]
