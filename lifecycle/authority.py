"""May this actor take this step on this subject? Asked by the buttons and, on fresh data, by the engine."""

from accounts.actors import Actor
from accounts.models import APPLICANT_ROLES, Capacity, Role
from lifecycle.steps import Step
from lifecycle.subject import Subject

ASSIGNED_ROLES = (Role.EXPERT, Role.INSPECTOR, Role.EVALUATOR)


def in_force(actor: Actor) -> bool:
    """Whether the person still holds the capacity today, read from the database; true for the public and the system."""
    if actor.capacity is None:
        return True
    return Capacity.objects.active().filter(pk=actor.capacity.pk).exists()


def reaches(actor: Actor, subject: Subject) -> bool:
    """Whether the subject lies within the actor's organisation, district or assignments."""
    if actor.role in APPLICANT_ROLES:
        organisation = subject.concerned_organisation
        return organisation is not None and organisation.pk == actor.organisation_id
    if actor.role == Role.DISTRICT_OFFICER:
        district = subject.concerned_district
        return district is not None and district.pk == actor.district_id
    if actor.role in ASSIGNED_ROLES:
        return any(user.pk == actor.user_id for user in subject.assigned_users())
    return True


def may(actor: Actor, row: Step, subject: Subject) -> bool:
    """Whether the table lets the actor take the step on this subject, whatever its state."""
    return actor.role in row.actors and reaches(actor, subject)
