"""Which applications a person may see. Every page, file, export and count about an application goes through here."""

from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application
from applications.models.application import INSPECT, SCORE

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
