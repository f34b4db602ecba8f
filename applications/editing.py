"""May this part of the application be changed now? The one answer for sections, lists and materials."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from accounts.actors import Actor
from applications.models import Application
from lifecycle.errors import NotAllowed, WrongStage

DRAFT, RETURNED, AWAITING = "draft", "returned", "awaiting_signature"
CLOSED = "已提交，不能修改；如需更正请申请退回。"
SIGNING = "正在等待签字人确认，不能修改；需要修改的，请先退回修改。"
NOT_ASKED = "本次补正没有要求修改此项，不能修改。"
FINISHED = "本申报已经结束，不能修改。"


def may_edit(application: Application, part: str, key: str) -> bool:
    """A draft is open altogether; a returned application only in the items of the last correction (Art. 11)."""
    if application.state == DRAFT:
        return True
    return application.state == RETURNED and (part, key) in open_items(application)


def open_items(application: Application) -> set[tuple[str, str]]:
    """(part, key) of the items the last correction has opened."""
    last = application.corrections.order_by("-id").prefetch_related("items").first()
    return {(item.part, item.key) for item in last.items.all()} if last else set()


def reason_closed(application: Application) -> str:
    """Why a part cannot be changed, for the person who would like to."""
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
