"""Which applications a person may see. Every page, file, export and count about an application goes through here."""

from datetime import datetime
from itertools import count

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Capacity, Organisation, Role
from applications.models import Application, AuthorisationLetter, Call, Handover
from applications.models.application import INSPECT, SCORE
from timekeeping import clock

GRANTED_BY_ROLE = {Role.EXPERT: SCORE, Role.INSPECTOR: INSPECT}


def visible_to(actor: Actor) -> QuerySet[Application]:
    """An applicant sees its organisation's; officers and auditors only what was ever submitted, a district only its own;
    experts and inspectors the cases assigned to them.
    """
    found = Application.objects.select_related("call", "organisation", "district")
    if actor.is_applicant:
        return found.filter(organisation=actor.organisation_id)
    submitted = found.filter(current_version__isnull=False)
    if actor.role == Role.DISTRICT_OFFICER:
        return submitted.filter(district=actor.district_id)
    if actor.has(Role.CITY_OFFICER, Role.AUDITOR):
        return submitted
    if actor.role in GRANTED_BY_ROLE:
        return submitted.filter(
            applicationuserobjectpermission__user=actor.user_id,
            applicationuserobjectpermission__permission__codename=GRANTED_BY_ROLE[Role(actor.role)],
        ).distinct()
    return found.none()


def visible_calls(actor: Actor) -> QuerySet[Call]:
    """Everybody sees published calls; the city also those it is drafting, the auditor too."""
    found = Call.objects.prefetch_related("extensions__district", "extensions__application")
    return found if actor.has(Role.CITY_OFFICER, Role.AUDITOR) else found.exclude(state="draft")


def next_call_year(since: int) -> int:
    """The first year from ``since`` on without a call: Art. 10 has one a year."""
    taken = set(Call.objects.filter(year__gte=since).values_list("year", flat=True))
    return next(year for year in count(since) if year not in taken)


def open_calls() -> list[Call]:
    """The calls whose filing has not ended for everybody, the extensions of single districts included."""
    now = clock.now()
    running = Call.objects.filter(state="open").prefetch_related("extensions")
    return [call for call in running if any(end > now for end in (call.closes_at, *_ends(call)))]


def _ends(call: Call) -> list[datetime]:
    return [extension.closes_at for extension in call.extensions.all() if extension.closes_at]


def own_people(actor: Actor) -> QuerySet[Capacity]:
    """The capacities in force in the applicant's own organisation, oldest first."""
    if not actor.is_applicant:
        return Capacity.objects.none()
    own = Capacity.objects.active().filter(organisation=actor.organisation_id)
    return own.select_related("user", "authorisation_letter").order_by("id")


def letters_visible_to(actor: Actor) -> QuerySet[AuthorisationLetter]:
    """The own organisation's letters; a district those of its organisations, the city and the auditor all."""
    found = AuthorisationLetter.objects.select_related("file")
    if actor.is_applicant:
        return found.filter(capacity__organisation=actor.organisation_id)
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(capacity__organisation__district=actor.district_id)
    return found if actor.has(Role.CITY_OFFICER, Role.AUDITOR) else found.none()


def filers_of(body: Organisation) -> list[Capacity]:
    """The filers in force of an organisation, oldest first."""
    found = Capacity.objects.active().filter(organisation=body, role=Role.FILER)
    return list(found.select_related("user").order_by("id"))


def organisations_to_hand_over(actor: Actor) -> QuerySet[Organisation]:
    """The organisations of a district officer's own district for which somebody ever acted; none for anybody else."""
    if actor.role != Role.DISTRICT_OFFICER:
        return Organisation.objects.none()
    found = Organisation.objects.filter(district=actor.district_id, capacities__isnull=False)
    return found.select_related("district").distinct()


def handovers_visible_to(actor: Actor) -> QuerySet[Handover]:
    """The own organisation's handovers; a district those of its organisations, the city and the auditor all."""
    found = Handover.objects.select_related(
        "organisation__district", "leaving__user", "successor__user", "letter"
    ).order_by("-id")
    if actor.is_applicant:
        return found.filter(organisation=actor.organisation_id)
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(organisation__district=actor.district_id)
    return found if actor.has(Role.CITY_OFFICER, Role.AUDITOR) else found.none()
