"""The officers' queues: tabs with counts, filters, sorted by the time that is left. The same for district and city."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.actors import Actor
from accounts.models import District, Role
from applications.models import Application, Call, Correction
from applications.selectors import visible_to
from lifecycle import deadlines
from lifecycle.states import STATES
from lifecycle.steps import AT_DISTRICT
from timekeeping import clock

BEFORE_THE_DISTRICT = (*AT_DISTRICT, "returned")
# Where the district owes the next step: the case itself, the applicant's correction, the sheet that is not forwarded yet.
UNHANDLED = (*BEFORE_THE_DISTRICT, "sent_back", "recommended")
STATES_SEEN = tuple(state for state in STATES["application"] if state not in ("draft", "awaiting_signature"))
MOVED_ON = tuple(
    state for state in STATES_SEEN if state not in (*BEFORE_THE_DISTRICT, "sent_back", "not_recommended", "withdrawn")
)


@dataclass(frozen=True)
class Tab:
    """One tab of a queue; ``where`` says what lies in it, asked at the time of the request."""

    key: str
    label: str
    where: Callable[[], Q]


@dataclass(frozen=True)
class Choice:
    """What the officer filters by."""

    tab: str
    text: str = ""
    state: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Row:
    """One application of a queue with its earliest open term."""

    application: Application
    due: deadlines.Due | None


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
    Tab("silent", "县区逾期未办", lambda: Q(pk__in=[application.pk for application in silent()])),
)


def tabs_for(actor: Actor) -> tuple[Tab, ...]:
    """The tabs of the actor's queue."""
    return DISTRICT_TABS if actor.role == Role.DISTRICT_OFFICER else CITY_TABS


def tab_of(actor: Actor, key: str) -> Tab:
    """The tab of this key, the first one for an unknown key."""
    tabs = tabs_for(actor)
    return next((tab for tab in tabs if tab.key == key), tabs[0])


def filtered(actor: Actor, choice: Choice) -> QuerySet[Application]:
    """What the actor may see, by text, state and year, whatever the tab."""
    found = visible_to(actor)
    if choice.text:
        found = found.filter(
            Q(platform_name__icontains=choice.text)
            | Q(organisation__name__icontains=choice.text)
            | Q(organisation__credit_code__iexact=choice.text)
            | Q(receipt_number__icontains=choice.text)
        )
    if choice.state:
        found = found.filter(state=choice.state)
    return found.filter(call__year=choice.year) if choice.year else found


def counts(actor: Actor, choice: Choice) -> dict[str, int]:
    """How many lie in each tab under the same filters, in one query."""
    tabs = {tab.key: Count("pk", filter=tab.where(), distinct=True) for tab in tabs_for(actor)}
    return filtered(actor, choice).order_by().aggregate(**tabs)


def rows(actor: Actor, choice: Choice) -> list[Row]:
    """The rows of the tab, the least time left first; a constant number of queries."""
    tab = tab_of(actor, choice.tab)
    found = list(filtered(actor, choice).filter(tab.where()).prefetch_related("call__extensions", "corrections"))
    dues = deadlines.dues(found)
    listed = [Row(one, next(iter(dues[one.SUBJECT, one.pk]), None)) for one in found]
    return sorted(listed, key=lambda row: (row.due is None, row.due.instant if row.due else None, row.application.pk))


@dataclass(frozen=True)
class Place:
    """Where an application stands in the filtered list; None beyond either end."""

    number: int
    total: int
    previous: Application | None
    following: Application | None


def place_of(application: Application, listed: list[Row]) -> Place | None:
    """The neighbours of an application, None when the list does not contain it."""
    found = [row.application for row in listed]
    at = next((place for place, one in enumerate(found) if one.pk == application.pk), None)
    if at is None:
        return None
    return Place(at + 1, len(found), found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None)


def silent() -> list[Application]:
    """Cases that their district has not dealt with although its time is over, extensions included (Art. 10, 11)."""
    now = clock.now()
    late = Application.objects.filter(state__in=UNHANDLED, call__district_due_at__lte=now)
    late = late.select_related("call", "organisation", "district").prefetch_related("call__extensions")
    return [application for application in late if application.district_due_at <= now]


@dataclass(frozen=True)
class SilentDistrict:
    """A district that let its time for a call pass with so many cases undone."""

    call: Call
    district: District
    count: int
    ended_at: datetime


def silent_districts() -> list[SilentDistrict]:
    """The silent cases by call and district, which the city may extend."""
    found: dict[tuple[Call, District], list[Application]] = {}
    for application in silent():
        found.setdefault((application.call, application.district), []).append(application)
    return [
        SilentDistrict(call, district, len(cases), max(one.district_due_at for one in cases))
        for (call, district), cases in sorted(found.items(), key=lambda place: (-place[0][0].year, place[0][1].order))
    ]


def years(actor: Actor) -> list[int]:
    """The years that have applications in the actor's view, newest first."""
    return list(visible_to(actor).order_by("-call__year").values_list("call__year", flat=True).distinct())
