"""Activities, invitations and unexcused absences (Art. 19): who may see them, and what they add up to per title."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from registry.models import Title
from registry.standing import in_force
from regulation import parameters
from supervision.models import Activity, Invitation
from timekeeping import clock
from timekeeping.dates import chinese_date, end_of_day

CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)


def visible_to(actor: Actor) -> QuerySet[Invitation]:
    """The own organisation's, those of the own district's platforms, or all for the city and the auditor."""
    found = Invitation.objects.select_related(
        "activity", "title__platform__organisation", "title__platform__district", "leave_evidence", "marked_by"
    )
    if actor.is_applicant:
        return found.filter(title__platform__organisation=actor.organisation_id)
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(title__platform__district=actor.district_id)
    return found if actor.role in CITYWIDE else found.none()


def activities_visible_to(actor: Actor) -> QuerySet[Activity]:
    """All for the city and the auditor; for others those to which a platform of theirs was invited."""
    found = Activity.objects.select_related("announced_by", "document")
    return found if actor.role in CITYWIDE else found.filter(pk__in=visible_to(actor).values("activity"))


def counted(activities: QuerySet[Activity], actor: Actor) -> QuerySet[Activity]:
    """The activities with how many of the invitations the person may see stand where: invited, present, absent, excused, asked."""
    mine = Q(invitations__in=visible_to(actor).values("pk"))
    states = {"present": "present", "absent": "absent", "excused": "excused", "asked": "leave_asked"}
    return activities.annotate(
        invited=Count("invitations", filter=mine),
        **{name: Count("invitations", filter=mine & Q(invitations__state=state)) for name, state in states.items()},
    )


def invitable(activity: Activity) -> QuerySet[Title]:
    """Titles in force on the day of the activity that were not invited yet."""
    titles = Title.objects.filter(in_force(activity.held_on)).exclude(invitations__activity=activity)
    return titles.select_related("platform__organisation", "platform__district").order_by(
        "platform__district__order", "number"
    )


def upcoming(actor: Actor, now: datetime | None = None) -> QuerySet[Invitation]:
    """Invitations of the person's platforms to activities still to be held, the next one first."""
    coming = visible_to(actor).filter(activity__state="announced", activity__starts_at__gte=now or clock.now())
    return coming.filter(state__in=("served", "leave_asked")).order_by("activity__starts_at", "pk")


@dataclass(frozen=True)
class Absences:
    """The unexcused absences of one title in its term, in order, and how many make 多次 (default; as in force on the last one's day)."""

    invitations: tuple[Invitation, ...]
    limit: int

    @property
    def count(self) -> int:
        return len(self.invitations)

    @property
    def repeated(self) -> bool:
        """Whether the count reaches what Art. 19 calls 多次, as the default reads it. People decide."""
        return self.count >= self.limit

    @property
    def lines(self) -> list[str]:
        """The evidence: one sentence per absence."""
        return [evidence(invitation) for invitation in self.invitations]


def evidence(invitation: Invitation) -> str:
    """One unexcused absence in words: activity, level, day, how and when the invitation was served."""
    activity = invitation.activity
    served = f"邀请于{chinese_date(invitation.served_on)}{invitation.get_way_display()}"
    return f"{chinese_date(activity.held_on)}{activity.get_level_display()}活动“{activity.name}”：{served}，无故缺席"


def unexcused(titles: Iterable[Title], until: date | None = None) -> dict[int, Absences]:
    """Unexcused absences by key of the title; titles without any are left out. One query for any number of titles.

    Counted are served invitations to activities of province or city that were held (to the end of ``until`` when given), marked absent
    and not excused since. A term is a title: a renewed one begins at zero.
    """
    found = Invitation.objects.filter(
        title__in=[title.pk for title in titles], state="absent", activity__level__in=Activity.COUNTED
    ).exclude(activity__state="called_off")
    if until:
        found = found.filter(activity__starts_at__lt=end_of_day(until))
    grouped: dict[int, list[Invitation]] = defaultdict(list)
    for invitation in found.select_related("activity").order_by("activity__starts_at", "pk"):
        grouped[invitation.title_id].append(invitation)
    limits = {day: parameters.at(day).unexcused_absences for day in {_last(listed) for listed in grouped.values()}}
    return {title: Absences(tuple(listed), limits[_last(listed)]) for title, listed in grouped.items()}


def _last(listed: list[Invitation]) -> date:
    return listed[-1].activity.held_on


def invited_titles(actor: Actor) -> QuerySet[Title]:
    """The titles of invitations the person may see."""
    return Title.objects.filter(pk__in=visible_to(actor).values("title")).select_related("platform__district")


@dataclass(frozen=True)
class Attendance:
    """How often a title was invited, came, was excused, and did not come."""

    title: Title
    invited: int
    present: int
    excused: int
    absences: Absences


def standing(titles: QuerySet[Title]) -> list[Attendance]:
    """The attendance of each title in its term, the most absences first; constant queries."""
    states = ("present", "excused")
    held = Q(invitations__state__in=Invitation.MARKED)
    found = titles.annotate(
        invited=Count("invitations", filter=held),
        **{state: Count("invitations", filter=Q(invitations__state=state)) for state in states},
    )
    listed = list(found.order_by("number"))
    missing = unexcused(listed)
    none = Absences((), parameters.at(clock.today()).unexcused_absences)
    rows = [Attendance(t, t.invited, t.present, t.excused, missing.get(t.pk, none)) for t in listed]  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: -row.absences.count)
