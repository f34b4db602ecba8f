"""What the city sees of the proposed list and its notices (Art. 14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from lifecycle.workdays import calendar
from regulation import terms
from regulation.terms import Period
from review.models import Notice, NoticeItem
from timekeeping.workdays import UnknownYear

READERS = (Role.CITY_OFFICER, Role.AUDITOR)
CHOOSING = "inspection_passed"
PROPOSED = "proposed"
NOT_PROPOSED = "not_proposed"
STANDING = ("on_notice", "held")


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """City officers and auditors see every notice, everybody else the published ones."""
    found = Notice.objects.select_related("call", "capture", "overridden_by")
    return found if actor.has(*READERS) else found.filter(state="published")


def calls() -> list[Call]:
    """The published calls, the newest first."""
    return list(Call.objects.exclude(state="draft").order_by("-year"))


def ranked(call: Call, *states: str) -> list[Application]:
    """Applications of the call in the states, with their panel's place; those without a place come last."""
    found = Application.objects.filter(call=call, state__in=states)
    found = found.select_related("call", "organisation", "district", "panel_case")
    return list(found.order_by(F("panel_case__rank").asc(nulls_last=True), "platform_name"))


def free_for_notice(call: Call, notice: Notice | None = None) -> list[Application]:
    """Proposed applications of the call that stand on no other draft."""
    elsewhere = NoticeItem.objects.filter(notice__state="draft")
    if notice is not None:
        elsewhere = elsewhere.exclude(notice=notice)
    taken = set(elsewhere.values_list("application_id", flat=True))
    return [application for application in ranked(call, PROPOSED) if application.pk not in taken]


def with_counts(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Notices with ``item_count`` and ``open_objections``, in one query."""
    still_open = Q(objections__state__in=("received", "investigating"))
    return notices.annotate(
        item_count=Count("items", distinct=True),
        open_objections=Count("objections", filter=still_open, distinct=True),
    )


def items_of(notice: Notice) -> list[NoticeItem]:
    """The printed list in its order."""
    return list(notice.items.select_related("application__organisation", "application__call", "district"))


def standing_items(applications: Iterable[Application]) -> dict[int, NoticeItem]:
    """The published, unremoved item of each application whose period ends last; absent when it was never on notice."""
    items = NoticeItem.objects.filter(application__in=list(applications), removed_at__isnull=True)
    items = items.filter(notice__state="published").select_related("notice")
    return {item.application_id: item for item in items.order_by("ends_on", "pk")}


@dataclass(frozen=True)
class Dates:
    """The shortest lawful dates for a planned publication, or the words why they cannot be computed."""

    period: Period | None
    refusal: str = ""


def shortest_dates(call: Call, planned_on: date) -> Dates:
    """Default dates of a notice to be published on ``planned_on`` (Art. 14)."""
    try:
        return Dates(terms.notice_period(planned_on, call.parameters, calendar()))
    except UnknownYear as unknown:
        return Dates(None, str(unknown))


def last_contacts() -> dict[str, str]:
    """The contact fields of the latest notice, to begin the next one with."""
    names = ("phone", "supervision_phone", "address", "email", "letter_rule")
    last = Notice.objects.order_by("-pk").values(*names).first()
    return {name: value for name, value in (last or {}).items() if value}


def gone(items: Iterable[NoticeItem]) -> list[NoticeItem]:
    """Items of a draft whose application is no longer proposed."""
    return [item for item in items if item.application.state != PROPOSED]
