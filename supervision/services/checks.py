"""Checks and guidance (Art. 18): the district records what it found and advised, and looks again where it said so."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from files import intake
from files.models import StoredFile
from files.purposes import Purpose
from lifecycle import engine
from lifecycle.errors import NotAllowed
from lifecycle.idempotency import FormKey
from registry.models import Title
from review.services.reasons import required
from supervision.models import Check, CheckFile
from timekeeping import clock

Upload = UploadedFile | ContentFile


def proposed(*, actor: Actor, title: Title, checked_on: date | None = None) -> Check:
    """The check that ``record`` would make, unsaved, to ask for blockers."""
    if actor.user is None:
        raise NotAllowed("只有县(市)区主管部门可以记录指导检查。")
    return Check(
        title=title, district=title.platform.district, checked_on=checked_on or clock.today(), recorded_by=actor.user
    )


def record(
    *, actor: Actor, title: Title, kind: str, checked_on: date, people: str, findings: str, advice: str = "",
    follow_up_by: date | None = None, files: Iterable[Upload] = (), key: FormKey | None = None,
) -> Check:  # fmt: skip
    """Record a check of a title of the own district; with ``follow_up_by`` (last day, inclusive) a second look is owed.

    Raises ValidationError by field, Blocked when the title was not in force on the day of the check.
    """
    if kind not in Check.Kind.values:
        raise ValidationError({"kind": "请选择检查方式。"})
    if checked_on > clock.today():
        raise ValidationError({"checked_on": "检查日期不能晚于今天。"})
    if follow_up_by and not clock.today() <= follow_up_by <= title.valid_to:
        raise ValidationError({"follow_up_by": "复查期限应在今天至称号有效期届满之间。"})
    people = required(people, "people", "请填写参加检查的人员。")
    findings = required(findings, "findings", "请填写检查情况。")
    if follow_up_by:
        advice = required(advice, "advice", "需要复查的，请在指导意见中写明应当改进的内容。")
    stored = _stored(actor, files)
    with engine.act(actor=actor, key=key) as act:
        [title] = act.lock(title)
        check = proposed(actor=actor, title=title, checked_on=checked_on)
        check.kind, check.people, check.findings = kind, people, findings
        check.advice, check.follow_up_by = advice.strip(), follow_up_by
        act.create(check, "record", data=_data(title, stored))
        _attach(check, stored, of_follow_up=False)
    return check


def follow_up(
    *, actor: Actor, check: Check, followed_up_on: date, people: str, result: str, files: Iterable[Upload] = (),
    key: FormKey | None = None, version: int | None = None,
) -> Check:  # fmt: skip
    """Record the second look. Raises ValidationError by field, Blocked when the check asked for none."""
    people = required(people, "people", "请填写参加复查的人员。")
    result = required(result, "result", "请填写复查结果。")
    if not check.checked_on <= followed_up_on <= clock.today():
        raise ValidationError({"followed_up_on": "复查日期应在检查日期至今天之间。"})
    stored = _stored(actor, files)
    with engine.act(actor=actor, key=key) as act:
        [check] = act.lock((check, version))
        check.followed_up_on, check.followed_up_people, check.result = followed_up_on, people, result
        act.take(check, "follow_up", reason=result, data=_data(check.title, stored))
        _attach(check, stored, of_follow_up=True)
    return check


def _stored(actor: Actor, files: Iterable[Upload]) -> list[StoredFile]:
    return [intake.receive(file, purpose=Purpose.EVIDENCE, uploaded_by=actor.person) for file in files]


def _data(title: Title, stored: list[StoredFile]) -> dict[str, object]:
    return {"title": str(title.uuid), "files": [file.sha256 for file in stored]}


def _attach(check: Check, stored: list[StoredFile], *, of_follow_up: bool) -> None:
    CheckFile.objects.bulk_create(CheckFile(of_check=check, file=file, of_follow_up=of_follow_up) for file in stored)
