"""Answering a return for correction item by item; the answers are filed with the resubmission."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actors import Actor
from applications import corrections
from applications.models import Application, Correction
from lifecycle import announcements, authority
from lifecycle.errors import NotAllowed, Stale, WrongStage
from lifecycle.steps import SIGNATORY

LONGEST = 2000
READY = "correction_ready"


def save_answers(*, actor: Actor, correction: Correction, answers: Mapping[int, str], seen: str) -> Correction:
    """Keep the applicant's words to the items (by their pk) for now; they count when the correction is filed.

    ``seen`` is the ``answers_digest`` the page was made from. Raises Stale when somebody else has written since, WrongStage when
    the correction is no longer to be answered, ValidationError (by item) for words that are too long.
    """
    application = correction.application
    if not (actor.is_applicant and authority.reaches(actor, application)):
        raise NotAllowed("只有申报单位的经办人或签字人可以填写补正说明。")
    too_long = {f"item_{pk}": f"请控制在{LONGEST}字以内。" for pk, text in answers.items() if len(text) > LONGEST}
    if too_long:
        raise ValidationError(too_long)
    with transaction.atomic():
        fresh = Application.objects.select_for_update().get(pk=application.pk)
        current = corrections.current(fresh)
        if current is None or current.pk != correction.pk:
            raise WrongStage("这次补正已经办结，不能再填写。请刷新页面查看最新状态。")
        if corrections.answers_digest(current) != seen:
            raise Stale("本单位另一位同事刚刚修改了补正说明。请刷新页面，核对后再保存。")
        for item in current.items.all():
            if item.pk in answers and item.answer != answers[item.pk].strip():
                item.answer = answers[item.pk].strip()
                item.save(update_fields=["answer"])
    return current


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
        body=f"{actor.name}已填好补正说明，请登录核对后在补正期限前提交。",
        users=people,
    )
