"""What stands in the way of submitting, resubmitting and withdrawing."""

from collections.abc import Iterator
from datetime import datetime

from accounts.actors import Actor
from applications import corrections, versions
from applications.drafts import judged_draft
from applications.editing import opening
from applications.models import Application
from lifecycle.guards import guard
from timekeeping import clock
from timekeeping.dates import chinese_deadline, chinese_moment

SHOWN = 3


@guard("application.submit")
def not_in_time(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 10: the end of filing is judged by the receipt stamp, exclusively."""
    received_at = application.received_at or clock.now()
    if received_at < application.call.opens_at:
        yield f"申报自{chinese_moment(application.call.opens_at)}开始"
    if received_at >= application.closes_at:
        yield f"申报已于{chinese_deadline(application.closes_at)}截止{_arrived(application)}，不再接收"


@guard("application.resubmit")
def correction_late(application: Application, actor: Actor) -> Iterator[str]:
    """Default: a missed correction leaves the last version to be judged."""
    received_at, due_at = application.received_at or clock.now(), application.correction_due_at
    if due_at and received_at >= due_at:
        number = application.current_version.number if application.current_version else 1
        yield (
            f"补正期限已于{chinese_deadline(due_at)}届满{_arrived(application)}，"
            f"不再接收补正；县区主管部门将按已提交的第{number}版审核"
        )


@guard("application.resubmit")
def unanswered(application: Application, actor: Actor) -> Iterator[str]:
    """Every item needs a word from the applicant, and the tick that it is done."""
    correction = corrections.current(application)
    if correction is None:
        return
    numbered = enumerate(correction.items.all(), 1)
    missing = [f"{n}. {corrections.item_label(item)}" for n, item in numbered if not corrections.is_answered(item)]
    if missing:
        yield f"还有 {len(missing)} 项没有填写补正说明或者没有勾选“已补正”：{'、'.join(missing)}"


@guard("application.resubmit")
def changed_outside(application: Application, actor: Actor) -> Iterator[str]:
    """Only what was returned may differ from the version that was returned, down to the field."""
    if corrections.current(application) is None or application.current_version is None:
        return
    changes = corrections.changes_since(application, versions.content_of_draft(judged_draft(application)))
    beyond = corrections.outside(changes, opening(application))
    if beyond:
        names = "、".join(dict.fromkeys(change.label for change in beyond[:SHOWN]))
        more = f"等 {len(beyond)} 处" if len(beyond) > SHOWN else ""
        yield f"未退回的内容有改动：{names}{more}。补正只能改动退回的部分，请恢复后再提交"


def _arrived(application: Application) -> str:
    """When the request came, for whoever was just too late."""
    moment: datetime | None = application.received_at
    return f"（本次提交于{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}到达服务器）" if moment else ""
