"""The officers' queues: tabs with counts, filters, sorted by the time that is left. The same for district and city.

Time left is derived, never stored, so the order of a queue is found over all its cases, but over next to nothing of each:
state, call, records. Everything else is read for the rows of one page alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from accounts.actors import Actor
from accounts.models import District, Role
from applications.models import Application, Call, Correction
from applications.selectors import visible_to
from lifecycle import deadlines
from lifecycle.deadlines import Due
from lifecycle.states import STATES
from lifecycle.steps import AT_DISTRICT
from review.models import CaseAssignment
from review.selectors import assignments
from timekeeping import clock

BEFORE_THE_DISTRICT = (*AT_DISTRICT, "returned")
# Where the district owes the next step: the case itself, the applicant's correction, the sheet that is not forwarded yet.
UNHANDLED = (*BEFORE_THE_DISTRICT, "sent_back", "recommended")
STATES_SEEN = tuple(state for state in STATES["application"] if state not in ("draft", "awaiting_signature"))
MOVED_ON = tuple(
    state for state in STATES_SEEN if state not in (*BEFORE_THE_DISTRICT, "sent_back", "not_recommended", "withdrawn")
)
MINE, NOBODY = "me", "none"
SOON, OVERDUE = "soon", "overdue"
SOON_WORKDAYS = 3
# What no list shows and what would be read again for every row.
HEAVY = ("current_version__content", "call__pinned_parameters", "call__rubric", "call__requirements")


@dataclass(frozen=True)
class Tab:
    """One tab of a queue; ``where`` says what lies in it, asked at the time of the request."""

    key: str
    label: str
    where: Callable[[], Q]


@dataclass(frozen=True)
class Choice:
    """What the officer filters by. ``handler`` is ``me``, ``none`` or an officer's UUID; ``due`` is ``soon`` or ``overdue``."""

    tab: str = ""
    text: str = ""
    state: str = ""
    year: int | None = None
    district: str = ""
    handler: str = ""
    due: str = ""
    flags: bool = False


@dataclass(frozen=True)
class Row:
    """One application of a queue with its earliest open term and, for the rows of a page, who handles it (None: nobody)."""

    application: Application
    due: Due | None
    handling: CaseAssignment | None = None


def _waiting_at_district() -> Q:
    running = Correction.objects.filter(application=OuterRef("pk"), due_at__gt=clock.now())
    return Q(state__in=(*AT_DISTRICT, "sent_back")) | (Q(state="returned") & ~Q(Exists(running)))


DISTRICT_TABS = (
    Tab("mine", "待我办", _waiting_at_district),
    Tab("all", "全部", Q),
    Tab("returned", "退回补正中", lambda: Q(state="returned")),
    Tab("recommended", "已推荐", lambda: Q(state__in=MOVED_ON)),
)
CITY_TABS = (
    Tab("mine", "待受理", lambda: Q(state="forwarded")),
    Tab("all", "全部", Q),
    Tab("admitted", "已受理", lambda: Q(state="admitted")),
    Tab("sent_back", "退回县区中", lambda: Q(state="sent_back")),
    Tab("silent", "县区逾期未办", lambda: Q(pk__in=[one.pk for one in _silent()])),
)


def tabs_for(actor: Actor) -> tuple[Tab, ...]:
    """The tabs of the actor's queue."""
    return DISTRICT_TABS if actor.role == Role.DISTRICT_OFFICER else CITY_TABS


def tab_of(actor: Actor, key: str) -> Tab:
    """The tab of this key, the first one for an unknown key."""
    tabs = tabs_for(actor)
    return next((tab for tab in tabs if tab.key == key), tabs[0])


class Queue:
    """One queue as one person filters it; what it has read it keeps, so ask one for each request."""

    def __init__(self, actor: Actor, choice: Choice) -> None:
        self.actor, self.choice, self.tab = actor, choice, tab_of(actor, choice.tab)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lie in each tab under the same filters, in one query."""
        tabs = {tab.key: Count("pk", filter=self._where(tab), distinct=True) for tab in tabs_for(self.actor)}
        return self._filtered.order_by().aggregate(**tabs)

    @cached_property
    def order(self) -> list[Row]:
        """Every case of the tab, the least time left first; of each only what its term depends on."""
        listed = _with_terms(self._filtered.filter(self._where(self.tab)))
        return sorted(
            listed, key=lambda row: (row.due is None, row.due.instant if row.due else None, row.application.pk)
        )

    def rows(self, places: Iterable[Row]) -> list[Row]:
        """The places as rows that can be shown, in a constant number of queries."""
        listed = list(places)
        keys = [row.application.pk for row in listed]
        shown = visible_to(self.actor).select_related("flag_count", "current_version").defer(*HEAVY).in_bulk(keys)
        held = {one.application_id: one for one in assignments.in_force().filter(application__in=keys)}
        return [Row(shown[key], row.due, held.get(key)) for key, row in zip(keys, listed, strict=True) if key in shown]

    def _where(self, tab: Tab) -> Q:
        """What lies in the tab; 待我办 leaves out what a colleague handles, unless a handler is asked for."""
        if tab is DISTRICT_TABS[0] and not self.choice.handler:
            mine = Exists(assignments.of_case().filter(officer=self.actor.user_id))
            return tab.where() & (Q(mine) | ~Q(Exists(assignments.of_case())))
        return tab.where()

    @cached_property
    def _filtered(self) -> QuerySet[Application]:
        """What the actor may see under the filters, whatever the tab."""
        found = _handled(_stated(visible_to(self.actor), self.choice), self.actor, self.choice.handler)
        if self.choice.flags:
            found = found.filter(flag_count__open__gt=0)
        if not self.choice.due:
            return found
        kept = {row.application.pk for row in _with_terms(found) if row.due and _is_due(row.due, self.choice.due)}
        return found.filter(pk__in=kept)


def _stated(found: QuerySet[Application], choice: Choice) -> QuerySet[Application]:
    if choice.text:
        found = found.filter(
            Q(platform_name__icontains=choice.text)
            | Q(organisation__name__icontains=choice.text)
            | Q(organisation__credit_code__iexact=choice.text)
            | Q(receipt_number__icontains=choice.text)
        )
    exact = {"state": choice.state, "call__year": choice.year, "district__slug": choice.district}
    return found.filter(**{name: value for name, value in exact.items() if value})


def _handled(found: QuerySet[Application], actor: Actor, handler: str) -> QuerySet[Application]:
    if not handler:
        return found
    held = assignments.of_case()
    if handler == NOBODY:
        return found.filter(~Exists(held))
    officer = {"officer": actor.user_id} if handler == MINE else {"officer__uuid": handler}
    return found.filter(Exists(held.filter(**officer)))


def _with_terms(found: QuerySet[Application]) -> list[Row]:
    """Each case with its earliest term: one query for cases, calls, extensions, corrections, records and calendar each."""
    listed = _light(found)
    prefetch_related_objects([one for one in listed if one.state == "returned"], "corrections")
    dues = deadlines.dues(listed)
    return [Row(one, next(iter(dues[one.SUBJECT, one.pk]), None)) for one in listed]


def _light(found: QuerySet[Application]) -> list[Application]:
    """Applications that know no more than what their terms depend on; those of one call share it."""
    listed = list(found.select_related(None).only("uuid", "state", "call", "district", "sent_back_due_at"))
    calls = Call.objects.prefetch_related("extensions").in_bulk({one.call_id for one in listed})
    for one in listed:
        one.call = calls[one.call_id]
    return listed


def _is_due(due: Due, wanted: str) -> bool:
    if wanted == OVERDUE:
        return due.overdue
    return not due.overdue and due.workdays_left is not None and due.workdays_left <= SOON_WORKDAYS


@dataclass(frozen=True)
class Place:
    """Where an application stands in the filtered list; None beyond either end. The neighbours know no more than their UUID."""

    number: int
    total: int
    previous: Application | None
    following: Application | None


def place_of(application: Application, queue: Queue) -> Place | None:
    """The neighbours of an application, None when the list does not contain it."""
    found = [row.application for row in queue.order]
    at = next((place for place, one in enumerate(found) if one.pk == application.pk), None)
    if at is None:
        return None
    return Place(at + 1, len(found), found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None)


def silent() -> list[Application]:
    """Cases that their district has not dealt with although its time is over, extensions included (Art. 10, 11)."""
    found = Application.objects.select_related("call", "organisation", "district")
    return list(found.filter(pk__in=[one.pk for one in _silent()]))


def _silent() -> list[Application]:
    now = clock.now()
    late = Application.objects.filter(state__in=UNHANDLED, call__district_due_at__lte=now)
    return [one for one in _light(late) if one.district_due_at <= now]


@dataclass(frozen=True)
class SilentDistrict:
    """A district that let its time for a call pass with so many cases undone."""

    call: Call
    district: District
    count: int
    ended_at: datetime


def silent_districts() -> list[SilentDistrict]:
    """The silent cases by call and district, which the city may extend."""
    districts = District.objects.in_bulk()
    ends: dict[tuple[Call, District], list[datetime]] = {}
    for one in _silent():
        ends.setdefault((one.call, districts[one.district_id]), []).append(one.district_due_at)
    return [
        SilentDistrict(call, district, len(ended), max(ended))
        for (call, district), ended in sorted(ends.items(), key=lambda place: (-place[0][0].year, place[0][1].order))
    ]


def years(actor: Actor) -> list[int]:
    """The years that have applications in the actor's view, newest first."""
    return list(visible_to(actor).order_by("-call__year").values_list("call__year", flat=True).distinct())
