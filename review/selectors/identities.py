"""Who may learn who sent an objection or a complaint. Every opening is recorded with its reason (Art. 21)."""

from accounts.actors import Actor
from accounts.models import Role
from regulation.identifiers import plain_phone
from review.models import ComplainantIdentity, Complaint, Objection, ObjectorIdentity
from review.models.identities import Identity

Case = Objection | Complaint


def of(case: Case) -> Identity | None:
    """The identity behind a case, None for an anonymous one. Pages get it only through ``services.identities``."""
    if isinstance(case, Complaint):
        return ComplainantIdentity.objects.filter(complaint=case).first()
    return ObjectorIdentity.objects.filter(objection=case).first()


def may_open(case: Case, actor: Actor) -> bool:
    """The handler; any city officer while there is none; an auditor."""
    if actor.role == Role.CITY_OFFICER:
        return case.handler_id in (None, actor.user_id)
    return actor.role == Role.AUDITOR


def has_opened(case: Case, actor: Actor) -> bool:
    """Whether the person has opened the identity, and may still read it."""
    return case.openings.filter(opened_by=actor.user_id).exists() and may_open(case, actor)


def reveals(identity: Identity, text: str) -> bool:
    """Whether a text names the sender, or gives the telephone or mail address."""
    plain, phone = plain_phone(text), plain_phone(identity.phone)
    return (
        identity.name in text or (len(phone) > 6 and phone in plain) or bool(identity.email and identity.email in text)
    )
