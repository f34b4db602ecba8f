"""What must hold of collective decisions (Art. 15): two persons, effects as decided."""

from collections.abc import Iterator

from applications.models import Application
from review.models import Meeting, MeetingItem
from review.selectors.decisions import PUBLIC_STATES

Outcome = MeetingItem.Outcome
# A deferred application may have moved on; the other two outcomes are final.
LEFT_IN = {Outcome.CERTIFY: ("certified",), Outcome.DECLINE: ("declined",)}


def check() -> Iterator[str]:
    """One line per decision that is not as it must be."""
    meetings = Meeting.objects.filter(state__in=PUBLIC_STATES).select_related("entered_by", "confirmed_by")
    for meeting in meetings.prefetch_related("items__application", "items__title"):
        yield from _persons(meeting)
        for item in meeting.items.all():
            yield from _effects(meeting, item)
    certified = Application.objects.filter(state="certified")
    lonely = certified.exclude(decisions__outcome=Outcome.CERTIFY, decisions__meeting__state__in=PUBLIC_STATES)
    yield from (f"申报 {uuid} 已认定，但没有集体决策" for uuid in lonely.values_list("uuid", flat=True))


def _persons(meeting: Meeting) -> Iterator[str]:
    if meeting.confirmed_by is None or meeting.confirmed_by == meeting.entered_by:
        yield f"集体决策 {meeting.minutes_number} 没有由另一人复核"


def _effects(meeting: Meeting, item: MeetingItem) -> Iterator[str]:
    name = f"集体决策 {meeting.minutes_number} 对“{item.application.platform_name}”"
    if item.application.state not in LEFT_IN.get(Outcome(item.outcome), (item.application.state,)):
        yield f"{name}的决定与申报的状态不符"
    if (item.outcome == Outcome.CERTIFY) != (item.title is not None):
        yield f"{name}的决定与称号不符"
    if item.title and item.title.document_number != (meeting.document_number or ""):
        yield f"{name}的文号与称号的文号不符"
