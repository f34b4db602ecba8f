"""Change filings (Art. 20): who sees which, and whether one came in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import District, Role
from lifecycle.workdays import calendar
from registry.models import Title
from registry.services.amendments import OUT_OF_TOWN, OUTSIDE
from regulation import parameters, terms
from regulation.articles import RevisionUnknown
from supervision.change_kinds import BY_KIND, DISTRICT
from supervision.models import Change, ChangeFile
from supervision.models.changes import OPEN
from timekeeping.dates import chinese_date, end_of_day
from timekeeping.workdays import UnknownYear, WorkCalendar

OF_DISTRICT = "所属县(市)区"
CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)
TABS = {
    "filed": ("filed",), "checked": ("checked",), "returned": ("returned",), "referred": ("referred",),
    "closed": ("registered", "refused", "withdrawn"),
}  # fmt: skip


@dataclass(frozen=True)
class Timeliness:
    """Whether a change was filed in time: late True or False, None where it cannot be said yet, with the words for people."""

    last_day: date | None
    late: bool | None
    words: str

    @property
    def label(self) -> str:
        return {True: "逾期报备", False: "按期报备", None: "期限待定"}[self.late]

    @property
    def tone(self) -> str:
        return {True: "warn", False: "done", None: "wait"}[self.late]


def visible_to(actor: Actor) -> QuerySet[Change]:
    """The own organisation's; a district those filed to it and those of platforms that move in; city and auditor all."""
    found = Change.objects.select_related("title", "organisation", "district", "new_district", "filed_by")
    if actor.is_applicant:
        return found.filter(organisation=actor.organisation_id)
    if actor.role == Role.DISTRICT_OFFICER:
        moved_in = Q(new_district=actor.district_id, state="registered")
        return found.filter(Q(district=actor.district_id) | moved_in)
    return found if actor.has(*CITYWIDE) else found.none()


def counts(actor: Actor) -> dict[str, int]:
    """How many filings each tab holds; one query."""
    by_state = dict(visible_to(actor).order_by().values_list("state").annotate(number=Count("pk")))
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in TABS.items()}


def open_ones(title: Title) -> dict[str, Change]:
    """The filings of a title that are not settled, by matter."""
    return {change.kind: change for change in Change.objects.filter(title=title, state__in=OPEN)}


def timeliness(completed_on: date, filed_at: datetime, known: WorkCalendar | None = None) -> Timeliness:
    """Art. 20: ten working days from the day after completion, judged by the first receipt and the rules of that day."""
    known = known or calendar()
    try:
        last = terms.change_filing_last_day(completed_on, parameters.at(completed_on), known)
    except UnknownYear:
        return Timeliness(None, None, "期限涉及的年度放假安排未公布，公布后计算是否按期。")
    except RevisionUnknown:
        return Timeliness(None, None, "更改完成时适用的原办法条文数值未收录，不判定是否按期。")
    late = filed_at >= end_of_day(last)
    verdict = "已经超过，照常受理并标注" if late else "按期"
    return Timeliness(last, late, f"自完成次日起算，最后一日为{chinese_date(last)}，{verdict}。")


def timeliness_of(changes: Iterable[Change]) -> dict[int, Timeliness]:
    """The same for many filings by their keys; two queries for any number."""
    known = calendar()
    return {change.pk: timeliness(change.completed_on, change.filed_at, known) for change in changes}


def rows(kind: str, before: dict[str, str], values: dict[str, str]) -> list[tuple[str, str, str]]:
    """(field, before, after) of a filing for people."""
    if kind == Change.Kind.OTHER:
        return [(values.get("matter", ""), values.get("before", ""), values.get("after", ""))]
    names = dict(District.objects.values_list("slug", "name")) | {OUTSIDE: OUT_OF_TOWN}
    found = []
    for asked in BY_KIND[kind].fields:
        old, new = before.get(asked.name, ""), values.get(asked.name, "")
        if asked.choice == DISTRICT:
            old, new = names.get(old, old), names.get(new, new)
        label = OF_DISTRICT if asked.choice == DISTRICT else asked.label.removeprefix("新的").removeprefix("新")
        if new or asked.required:
            found.append((label, old, new))
    return found


def files_of(change: Change) -> list[ChangeFile]:
    """Its papers, the latest version first."""
    return list(change.files.select_related("file").order_by("-version", "id"))
