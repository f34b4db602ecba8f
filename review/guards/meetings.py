"""What forbids a decision (Art. 14, 15): a running notice, an open objection, a missing second person."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Application
from lifecycle.guards import guard
from review.models import Meeting
from review.selectors import notices, objections, separation
from timekeeping import clock
from timekeeping.dates import chinese_date


@guard("application.certify", "application.decline", "application.defer")
def notice_has_ended(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 14, 15: only after the whole notice of this platform, both printed dates included."""
    item = notices.standing_item(application)
    if item is None:
        yield f"“{application.platform_name}”没有经过公示（第十四条）"
    elif not item.ended_on(clock.today()):
        yield f"“{application.platform_name}”公示至{chinese_date(item.ends_on)}，期满后才能决定（第十五条）"


@guard("application.certify", "application.decline", "application.defer")
def no_objection_is_open(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 14, 15: an objection with name or seal, in time, is settled first; anonymous and late ones hold nobody."""
    for number in objections.pending(application):
        yield f"“{application.platform_name}”有未办结的异议（{number}），其他平台不受影响"


@guard("meeting.confirm", "meeting.reject")
def another_person(meeting: Meeting, actor: Actor) -> Iterator[str]:
    """Art. 15: one officer enters, another confirms."""
    if meeting.entered_by_id == actor.user_id:
        yield "录入人不能复核自己录入的集体决策，请由另一名市局经办人复核"


@guard("meeting.confirm")
def no_hand_in_the_cases(meeting: Meeting, actor: Actor) -> Iterator[str]:
    """Art. 21: nobody who examined a case confirms its decision."""
    yield from separation.hands(actor.user, [item.application for item in meeting.items.select_related("application")])
