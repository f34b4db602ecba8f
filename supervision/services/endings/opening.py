"""Opening a procedure: findings with their evidence come first, judgement later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from files.models import StoredFile
from lifecycle import engine
from lifecycle.errors import WrongStage
from lifecycle.idempotency import FormKey
from registry.models import Title
from regulation.articles import REVISION_2022
from supervision.models import Ending, EndingFile
from timekeeping import clock
from timekeeping.dates import chinese_date

Ground, Kind, Part = Ending.Ground, Ending.Kind, EndingFile.Part


@dataclass(frozen=True)
class Findings:
    """What was found: the ground of the article, the day of the facts, the facts in words, and their evidence.

    ``evidence`` are lines the system listed (``supervision.models.endings.line``), ``files`` what the officer adds.
    """

    ground: str
    facts_on: date
    words: str
    evidence: Sequence[dict[str, Any]] = ()
    files: Sequence[StoredFile] = field(default=())

    @property
    def kind(self) -> str:
        return Kind.REVOKE if self.ground == Ground.UNLAWFUL else Kind.CANCEL


def open(*, actor: Actor, title: Title, findings: Findings, key: FormKey | None = None) -> Ending:  # noqa: A001
    """Open the procedure on a title (Art. 16, 19). One procedure at a time.

    Raises ValidationError for findings without evidence or outside the term, Blocked when the title cannot be ended so.
    """
    _check(title, findings)
    ending = Ending(
        title=title, kind=findings.kind, ground=findings.ground, facts_on=findings.facts_on, findings=findings.words,
        evidence=list(findings.evidence), opened_by=actor.person,
    )  # fmt: skip
    data = {"title": str(title.uuid), "ground": findings.ground, "files": [file.sha256 for file in findings.files]}
    try:
        with engine.act(actor=actor, key=key) as act:
            [ending.title] = act.lock(title)
            with transaction.atomic():
                act.create(ending, "open", data=data)
            keep(ending, findings.files, Part.EVIDENCE, actor)
    except IntegrityError as twice:
        raise WrongStage("该称号已有正在办理的取消（撤销）程序，请在原程序中继续办理。") from twice
    return ending


def keep(ending: Ending, files: Sequence[StoredFile], part: str, actor: Actor) -> None:
    """Attach files to the procedure."""
    EndingFile.objects.bulk_create(
        EndingFile(ending=ending, file=file, part=part, added_by=actor.person) for file in files
    )


def _check(title: Title, findings: Findings) -> None:
    problems: dict[str, str] = {}
    if not findings.words.strip():
        problems["findings"] = "请写明查明的事实。"
    if not findings.evidence and not findings.files:
        problems["evidence"] = "请上传能够证明事实的材料。"
    if not _in_term(title, findings.facts_on):
        problems["facts_on"] = (
            f"事实应发生在称号有效期内（{chinese_date(title.valid_from)}至{chinese_date(title.valid_to)}），且不晚于今天。"
        )
    elif findings.facts_on < REVISION_2022.in_force_from:
        problems["facts_on"] = (
            f"{chinese_date(REVISION_2022.in_force_from)}以前的事实适用原办法，请按原办法办理，不能在本系统启动。"
        )
    if problems:
        raise ValidationError(problems)


def _in_term(title: Title, day: date) -> bool:
    return title.valid_on(day) and day <= clock.today()
