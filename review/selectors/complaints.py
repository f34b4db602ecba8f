"""Complaints as officers and complainants may see them (Art. 21). Who complained is never part of what is read here."""

from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.actors import Actor
from accounts.models import Role
from lifecycle.models import AnsweredForm, StepRecord
from regulation.identifiers import plain_phone
from review.models import ComplainantIdentity, Complaint
from review.selectors.objections import plain_number

READERS = (Role.CITY_OFFICER, Role.AUDITOR)
OPEN = ("received", "handling")
TABS = {"received": ("received",), "handling": ("handling",), "closed": ("answered",), "all": (*OPEN, "answered")}
LINK = "review.complaint"
CODE = 8


def visible_to(actor: Actor) -> QuerySet[Complaint]:
    """City officers and auditors see all complaints; nobody else any, whomever they are about."""
    found = Complaint.objects.select_related("title__district", "application", "handler")
    return found if actor.has(*READERS) else found.none()


def counts(actor: Actor) -> dict[str, int]:
    """How many complaints each tab of the queue holds; one query."""
    by_state = dict(visible_to(actor).order_by().values_list("state").annotate(number=Count("pk")))
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in TABS.items()}


def mac(complaint: Complaint) -> str:
    """The unguessable part of the private link to the receipt; never stored, never logged."""
    return salted_hmac(LINK, f"{complaint.uuid}:{complaint.link_version}", algorithm="sha256").hexdigest()[:40]


def code_of(complaint: Complaint) -> str:
    """The code printed on the receipt, by which also a nameless complainant follows the case; computed, no column holds it."""
    return mac(complaint)[:CODE].upper()


def by_link(uuid: UUID, token: str) -> Complaint | None:
    """The complaint of a private link, or None."""
    complaint = Complaint.objects.select_related("title").filter(uuid=uuid).first()
    return complaint if complaint and constant_time_compare(mac(complaint), token) else None


def by_receipt(number: str, secret: str) -> Complaint | None:
    """The complaint with this number and either its code or its telephone, or None; a wrong one of any looks the same."""
    complaint = Complaint.objects.select_related("title").filter(receipt_number=plain_number(number)).first()
    if complaint is None:
        return None
    known = ComplainantIdentity.objects.filter(complaint=complaint).values_list("phone", flat=True).first() or ""
    by_phone = bool(known) and constant_time_compare(plain_phone(known), plain_phone(secret))
    by_code = constant_time_compare(code_of(complaint), plain_number(secret))
    return complaint if by_phone or by_code else None


def by_form(key: UUID) -> Complaint | None:
    """The complaint that an answered public form filed, so that a second click leads to the same receipt."""
    act_id = AnsweredForm.objects.filter(key=key, actor_key="public").values_list("act_id", flat=True).first()
    record = StepRecord.objects.filter(act_id=act_id, subject_type=Complaint.SUBJECT).first() if act_id else None
    return Complaint.objects.filter(uuid=record.subject_id).first() if record else None


def contacts() -> list[tuple[str, str]]:
    """Where else one may turn to."""
    site = settings.SITE
    rows = [("受理单位", site.get("bureau", "")), ("电话", site.get("phone", "")), ("地址", site.get("address", ""))]
    return [(label, value) for label, value in rows if value]
