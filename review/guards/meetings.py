"""What forbids a decision (Art. 14, 15): a running notice, an open objection, a missing second person."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Application
from lifecycle.guards import guard
from registry.models import Ban
from review.models import Meeting
from review.selectors import decisions, separation
from timekeeping import clock
from timekeeping.dates import chinese_date


@guard("application.certify", "application.decline", "application.defer")
def notice_has_ended_and_nothing_is_open(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 14, 15: only after the whole notice of this platform, and after every signed objection against it."""
    yield from decisions.obstacles([application], clock.today())[application.pk]


@guard("application.certify")
def operator_is_not_banned(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 19: who was cancelled while the application ran gets no new title within the three years."""
    running = Ban.objects.running(application.organisation.credit_code, clock.today()).order_by("-ends_on")
    for ban in running[:1]:
        until = chinese_date(ban.ends_on)
        yield f"“{application.platform_name}”的运营单位已被取消称号，{until}（含当日）前不得认定（第十九条）"


@guard("meeting.confirm", "meeting.reject")
def another_person(meeting: Meeting, actor: Actor) -> Iterator[str]:
    """Art. 15: one officer enters, another confirms."""
    if meeting.entered_by_id == actor.user_id:
        yield "录入人不能复核自己录入的集体决策，请由另一名市局经办人复核"


@guard("meeting.confirm")
def no_hand_in_the_cases(meeting: Meeting, actor: Actor) -> Iterator[str]:
    """Art. 21: nobody who examined a case confirms its decision."""
    yield from separation.hands(actor.user, [item.application for item in meeting.items.select_related("application")])
