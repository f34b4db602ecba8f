"""Answering a return for correction item by item; the answers are filed with the resubmission."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actors import Actor
from applications import corrections, editing
from applications.models import Application, Correction, CorrectionItem
from lifecycle import announcements, authority, chain
from lifecycle.errors import NotAllowed, Stale, WrongStage
from lifecycle.steps import SIGNATORY
from timekeeping.dates import chinese_deadline

LONGEST = 2000
READY = "correction_ready"
LONGEST_PK = 19


@dataclass(frozen=True)
class Reply:
    """The applicant's words to one item, and the tick 已补正."""

    answer: str = ""
    done: bool = False


class StaleAnswers(Stale):
    """Somebody answered the same items after the page was made.

    By the items' pk: ``theirs`` holds what stands at those items now, ``yours`` the whole page with what the person wrote and
    what others wrote to the items the person left alone.
    """

    def __init__(self, theirs: Mapping[int, Reply], yours: Mapping[int, Reply]) -> None:
        super().__init__("本单位另一位同事（或者另一个窗口）刚刚修改了同一项的补正说明，您填写的内容没有覆盖它。")
        self.theirs = theirs
        self.yours = yours


def reply_of(item: CorrectionItem) -> Reply:
    """What stands at an item."""
    return Reply(item.answer, item.done)


def revision(correction: Correction) -> str:
    """Which state of which item a page was made from; ``save_answers`` takes it as ``seen``."""
    return ".".join(f"{item.pk}-{_digest(reply_of(item))}" for item in correction.items.all())


def save_answers(*, actor: Actor, correction: Correction, answers: Mapping[int, Reply], seen: str) -> Correction:
    """Keep the applicant's words to the items (by their pk) for now; they count when the correction is filed.

    ``seen`` is the ``revision`` the page was made from: what a colleague has written to other items meanwhile stays. Raises
    StaleAnswers when both wrote to the same item and saves nothing, WrongStage when the correction is no longer to be answered,
    ValidationError (by item) for words that are too long.
    """
    _own(actor, correction.application)
    typed = {pk: Reply(reply.answer.strip(), reply.done) for pk, reply in answers.items()}
    _not_too_long(typed)
    with transaction.atomic():
        current, made_from = _locked(correction), _parsed(seen)
        present = {item.pk: item for item in current.items.all()}
        changed = [item for item in present.values() if _is_changed(item, typed, made_from)]
        theirs = {item.pk: reply_of(item) for item in changed if made_from.get(item.pk) != _digest(reply_of(item))}
        if theirs:
            yours = {item.pk: typed[item.pk] for item in changed}
            raise StaleAnswers(theirs, {pk: reply_of(item) for pk, item in present.items()} | yours)
        for item in changed:
            item.answer, item.done = typed[item.pk].answer, typed[item.pk].done
            item.save(update_fields=["answer", "done"])
    return current


def _own(actor: Actor, application: Application) -> None:
    if not (actor.is_applicant and authority.reaches(actor, application)):
        raise NotAllowed("只有申报单位的经办人或签字人可以填写补正说明。")


def _not_too_long(typed: Mapping[int, Reply]) -> None:
    too_long = {
        f"item_{pk}": f"请控制在{LONGEST}字以内。" for pk, reply in typed.items() if len(reply.answer) > LONGEST
    }
    if too_long:
        raise ValidationError(too_long)


def _locked(correction: Correction) -> Correction:
    """The correction as it stands, its application locked. Raises WrongStage when it is no longer to be answered."""
    fresh = Application.objects.select_for_update().get(pk=correction.application_id)
    current = corrections.current(fresh)
    if current is None or current.pk != correction.pk:
        raise WrongStage("这次补正已经办结，不能再填写。请刷新页面查看最新状态。")
    if editing.is_late(fresh):
        raise WrongStage(editing.reason_closed(fresh))
    return current


def _is_changed(item: CorrectionItem, typed: Mapping[int, Reply], seen: Mapping[int, str]) -> bool:
    """Whether the person wrote something else than what stands there, and than what the page showed."""
    mine = typed.get(item.pk)
    return mine is not None and mine != reply_of(item) and _digest(mine) != seen.get(item.pk)


def _digest(reply: Reply) -> str:
    return chain.digest([reply.answer, reply.done])[:16]


def _parsed(seen: str) -> dict[int, str]:
    pairs = (entry.split("-") for entry in seen.split(".") if entry.count("-") == 1)
    return {int(pk): digest for pk, digest in pairs if pk.isascii() and pk.isdigit() and len(pk) < LONGEST_PK}


def ask_to_resubmit(*, actor: Actor, correction: Correction) -> int:
    """Tell the signatories that the correction is ready for them; once per state of the answers. Returns how many were told."""
    application = correction.application
    if not (actor.is_applicant and authority.reaches(actor, application)):
        raise NotAllowed("只有申报单位的人员可以通知签字人。")
    people = [user for user in announcements.people(SIGNATORY, application) if user.pk != actor.user_id]
    return announcements.tell(
        subject=application,
        kind=READY,
        occasion=f"{correction.pk}:{corrections.answers_digest(correction)[:20]}",
        title=f"请确认并提交补正：{application.heading}",
        body=f"{actor.name}已填好补正说明，请登录核对后在{chinese_deadline(correction.due_at)}前提交。",
        users=people,
    )
