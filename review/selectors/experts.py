"""The pool of experts and inspectors, and their conflicts of interest with cases."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from accounts.models import Capacity, Role, User
from applications.models import Application, Call
from regulation.parameters import Parameters
from review.conflicts import Conflict, Kind, Person, belongs, between
from review.models import ExpertProfile
from timekeeping import clock

OPEN_SHEETS = ("assigned", "scoring")
Conflicts = dict[tuple[int, int], tuple[Conflict, ...]]


def holders(role: Role) -> QuerySet[User]:
    """The active persons who hold a role today, by name."""
    return User.objects.filter(pk__in=Capacity.objects.active().filter(role=role).values("user")).order_by("name", "pk")


def pool() -> QuerySet[ExpertProfile]:
    """The experts who may be drawn or chosen today, with their open work as ``open_sheets``."""
    open_sheets = Count("user__score_sheets", filter=Q(user__score_sheets__state__in=OPEN_SHEETS))
    found = ExpertProfile.objects.filter(in_pool=True, user__in=holders(Role.EXPERT)).select_related("user")
    return found.annotate(open_sheets=open_sheets).order_by("user__name", "pk")


def inspectors() -> QuerySet[User]:
    """Who may be sent to inspect today."""
    return holders(Role.INSPECTOR).select_related("expert_profile")


def since(parameters: Parameters) -> date:
    """From which day relations count as conflicts: so many years back from today."""
    today = clock.today()
    try:
        return today.replace(year=today.year - parameters.conflict_years)
    except ValueError:
        return today.replace(year=today.year - parameters.conflict_years, day=28)


def conflicts(users: Collection[User], applications: Iterable[Application]) -> Conflicts:
    """The conflicts found, by (user key, application key); pairs without any are absent. A constant number of queries."""
    cases = list(applications)
    profiles = {profile.user_id: profile for profile in ExpertProfile.objects.filter(user__in=users)}
    people = {user.pk: _person(user, profiles.get(user.pk)) for user in users}
    contents = _contents(cases)
    bodies = _bodies(users, {case.organisation_id for case in cases})
    found: Conflicts = {}
    for case in cases:
        start = since(case.call.parameters)
        for key, person in people.items():
            reasons = between(person, contents[case.pk], since=start) if case.pk in contents else ()
            if _still(bodies.get((key, case.organisation_id)), start):
                reasons = (Conflict(Kind.MEMBER, "在申报单位任职，持有其账号身份"), *reasons)
            if reasons:
                found[key, case.pk] = reasons
    return found


def rivals(users: Collection[User], call: Call) -> dict[int, str]:
    """Persons who may not sit on any panel of the call, with the reason: they belong to one of its applicants."""
    filed = call.applications.filter(current_version__isnull=False)
    applicants = dict(filed.values_list("organisation", "current_version__content__organisation"))
    profiles = {profile.user_id: profile for profile in ExpertProfile.objects.filter(user__in=users)}
    held, start = _bodies(users, applicants), since(call.parameters)
    people = {user.pk: _person(user, profiles.get(user.pk)) for user in users}
    found = {key for (key, _), ends in held.items() if _still(ends, start)}
    found |= {key for key, person in people.items() if any(belongs(person, body) for body in applicants.values())}
    return dict.fromkeys(found, "工作单位是本批申报单位")


def words(reasons: Iterable[Conflict]) -> str:
    """Conflicts as one line for people."""
    return "；".join(reason.text for reason in reasons)


def _person(user: User, profile: ExpertProfile | None) -> Person:
    return Person(user.name, profile.employer, profile.employer_code) if profile else Person(user.name)


def _contents(cases: list[Application]) -> dict[int, dict]:
    found = Application.objects.filter(pk__in=[case.pk for case in cases], current_version__isnull=False)
    return dict(found.values_list("pk", "current_version__content"))


def _bodies(users: Collection[User], organisations: Iterable[int]) -> dict[tuple[int, int], list[date | None]]:
    held: dict[tuple[int, int], list[date | None]] = {}
    rows = Capacity.objects.filter(user__in=users, organisation__in=list(organisations))
    for user, organisation, end in rows.values_list("user", "organisation", "valid_to"):
        held.setdefault((user, organisation), []).append(end)
    return held


def _still(ends: list[date | None] | None, start: date) -> bool:
    return any(end is None or end >= start for end in ends or ())
