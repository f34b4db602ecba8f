"""May this part of the application be changed now? The one answer for sections, lists and materials."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from accounts.actors import Actor
from applications import openings
from applications.models import Application, Correction
from applications.openings import Opening
from lifecycle.errors import NotAllowed, WrongStage
from timekeeping import clock
from timekeeping.dates import chinese_deadline

DRAFT, RETURNED, AWAITING = "draft", "returned", "awaiting_signature"
CLOSED = "已提交，不能修改；如需更正请申请退回。"
SIGNING = "正在等待签字人确认，不能修改；需要修改的，请先退回修改。"
NOT_ASKED = "本次补正没有要求修改此项，不能修改。"
LATE = "补正期限已于{}届满，不能再修改；主管部门按已提交的版本审核。"
FINISHED = "本申报已经结束，不能修改。"
MISSED = "申报已于{}截止，这份申报没有提交，不再接收。填写的内容保留在这里；如有疑问请联系{}。"


def may_edit(application: Application, part: str, key: str) -> bool:
    """A draft is open altogether; a returned application in what the last correction has opened, until its end (Art. 11)."""
    if application.state == DRAFT:
        return True
    return application.state == RETURNED and not is_late(application) and opening(application).touches(part, key)


def last_correction(application: Application) -> Correction | None:
    """The correction last asked for."""
    return application.corrections.order_by("-id").prefetch_related("items").first()


def opening(application: Application) -> Opening:
    """What the last correction has opened."""
    last = last_correction(application)
    return openings.of_items(last.items.all() if last else ())


def is_late(application: Application) -> bool:
    """Whether the correction of a returned application can no longer be filed."""
    due_at = application.correction_due_at
    return application.state == RETURNED and due_at is not None and clock.now() >= due_at


def missed(application: Application) -> str:
    """Why an application that was never submitted can no longer be; empty while it can and once it was."""
    if application.state not in (DRAFT, AWAITING) or clock.now() < application.closes_at:
        return ""
    return MISSED.format(chinese_deadline(application.closes_at), application.call.contact)


def reason_closed(application: Application) -> str:
    """Why a part cannot be changed, for the person who would like to."""
    if is_late(application):
        assert application.correction_due_at
        return LATE.format(chinese_deadline(application.correction_due_at))
    words = {RETURNED: NOT_ASKED, AWAITING: SIGNING, "withdrawn": FINISHED}
    return words.get(application.state, CLOSED)


@contextmanager
def editing(*, actor: Actor, application: Application, part: str, key: str) -> Iterator[Application]:
    """The application locked and read again, so that a change cannot slip past a submission under way.

    Raises NotAllowed for anybody outside the organisation and WrongStage for a part that is closed.
    """
    if not actor.is_applicant or actor.organisation_id != application.organisation_id:
        raise NotAllowed("只有申报单位的人员可以修改申报内容。")
    with transaction.atomic():
        fresh = Application.objects.select_for_update().get(pk=application.pk)
        if not may_edit(fresh, part, key):
            raise WrongStage(reason_closed(fresh))
        yield fresh
