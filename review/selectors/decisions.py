"""What a meeting may decide, and which meetings a person may see (Art. 15)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from review.models import Meeting, MeetingItem, NoticeItem
from review.selectors import notices, objections, separation
from timekeeping import clock
from timekeeping.dates import chinese_date

DECIDABLE = ("on_notice", "deferred")
PUBLIC_STATES = ("confirmed", "announced")


@dataclass(frozen=True)
class AgendaItem:
    """An application before the meeting, with the reasons why it cannot be decided now (empty: it can)."""

    application: Application
    notice: NoticeItem | None
    blockers: tuple[str, ...]

    @property
    def was_deferred(self) -> bool:
        return self.application.state == "deferred"


def agenda(call: Call, actor: Actor) -> list[AgendaItem]:
    """Applications of the call that wait for a decision, held ones too, each with what stands in the way of this officer.

    A constant number of queries for any number of applications.
    """
    waiting = Application.objects.filter(call=call, state__in=(*DECIDABLE, "held"))
    applications = list(waiting.select_related("organisation", "district", "call").order_by("platform_name", "pk"))
    items = notices.standing_items(applications)
    rules = obstacles(applications, clock.today())
    hands = separation.hands_by_case(actor.user, applications)
    elsewhere = on_other_minutes(applications)
    return [
        AgendaItem(a, items.get(a.pk), (*rules[a.pk], *hands.get(a.pk, ()), *elsewhere.get(a.pk, ())))
        for a in applications
    ]


def calls_with_waiting() -> QuerySet[Call]:
    """Calls with applications on notice, held or deferred; ``waiting`` says how many."""
    waiting = Q(applications__state__in=(*DECIDABLE, "held"))
    return Call.objects.annotate(waiting=Count("applications", filter=waiting)).filter(waiting__gt=0)


def obstacles(applications: Iterable[Application], on: date) -> dict[int, list[str]]:
    """Art. 14, 15: the notice must have run out before the day, and no signed objection may be open.

    An objection holds only the platform it names; an anonymous lead holds nobody.
    """
    cases = list(applications)
    items, pending = notices.standing_items(cases), objections.pending(cases)
    return {case.pk: [*_notice_words(case, items.get(case.pk), on), *_objection_words(case, pending)] for case in cases}


def _notice_words(application: Application, item: NoticeItem | None, on: date) -> Iterator[str]:
    if item is None:
        yield f"“{application.platform_name}”没有经过公示（第十四条）"
    elif not item.ended_on(on):
        yield f"“{application.platform_name}”公示至{chinese_date(item.ends_on)}，期满后才能决定（第十五条）"


def _objection_words(application: Application, pending: dict[int, list[str]]) -> Iterator[str]:
    for number in pending.get(application.pk, []):
        yield f"“{application.platform_name}”有未办结的异议（{number}），其他平台不受影响"


def on_other_minutes(applications: Iterable[Application]) -> dict[int, list[str]]:
    """Applications that stand on a meeting which still waits for its confirmation."""
    items = MeetingItem.objects.filter(application__in=list(applications), meeting__state="entered")
    found: dict[int, list[str]] = {}
    for item in items.select_related("meeting", "application"):
        words = f"“{item.application.platform_name}”已录入待复核的会议（{item.meeting.minutes_number}）"
        found.setdefault(item.application_id, []).append(words)
    return found


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """City officers and auditors see all; a district and an applicant what was confirmed about their own, once."""
    meetings = Meeting.objects.select_related("call", "entered_by", "confirmed_by", "minutes", "signed_document")
    if actor.has(Role.CITY_OFFICER, Role.AUDITOR):
        return meetings
    own = MeetingItem.objects.filter(meeting__state__in=PUBLIC_STATES)
    if actor.role == Role.DISTRICT_OFFICER:
        return meetings.filter(pk__in=own.filter(application__district=actor.district_id).values("meeting"))
    if actor.is_applicant:
        return meetings.filter(pk__in=own.filter(application__organisation=actor.organisation_id).values("meeting"))
    return meetings.none()


def items_visible_to(actor: Actor, meeting: Meeting) -> list[MeetingItem]:
    """What the meeting decided, as far as the person may see it."""
    items = meeting.items.select_related("application__organisation", "application__district", "title")
    if actor.role == Role.DISTRICT_OFFICER:
        items = items.filter(application__district=actor.district_id)
    elif actor.is_applicant:
        items = items.filter(application__organisation=actor.organisation_id)
    return list(items.order_by("application__district__order", "pk"))


def announced() -> QuerySet[Meeting]:
    """The decisions everybody may read: announced, latest first, with the titles they granted."""
    granted = (
        MeetingItem.objects.filter(title__isnull=False).select_related("title__district").order_by("title__sequence")
    )
    return (
        Meeting.objects.filter(state="announced", items__title__isnull=False)
        .distinct()
        .select_related("call", "public_document")
        .prefetch_related(Prefetch("items", granted, to_attr="granted"))
        .order_by("-issued_on", "-pk")
    )


def is_supplementary(meeting: Meeting) -> bool:
    """Whether an earlier confirmed meeting of the same call granted titles before."""
    earlier = Meeting.objects.filter(call=meeting.call, state__in=PUBLIC_STATES, pk__lt=meeting.pk)
    return earlier.filter(items__outcome=MeetingItem.Outcome.CERTIFY).exists()
