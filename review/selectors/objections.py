"""Objections as officers and objectors may see them (Art. 14). Who objected is never part of what is read here."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application
from lifecycle.models import AnsweredForm, StepRecord
from regulation.identifiers import plain_phone
from review.models import Notice, NoticeItem, Objection, ObjectorIdentity

OPEN = ("received", "investigating")
CLOSED = ("lead", "answered", "unfounded", "founded")
TABS = {"received": ("received",), "investigating": ("investigating",), "closed": CLOSED, "all": (*OPEN, *CLOSED)}
READERS = (Role.CITY_OFFICER, Role.AUDITOR)
CONCLUDED = ("unfounded", "founded")
LINK = "review.objection"


def visible_to(actor: Actor) -> QuerySet[Objection]:
    """City officers and auditors see all objections; a district the concluded ones against platforms of its own."""
    found = Objection.objects.select_related(
        "notice__call", "application__organisation", "application__district", "application__call", "handler"
    )
    if actor.has(*READERS):
        return found
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(application__district=actor.district_id, state__in=CONCLUDED)
    return found.none()


def item_of(objection: Objection) -> NoticeItem | None:
    """The printed item that the objection is about; None when it names nobody on its notice."""
    if objection.application_id is None:
        return None
    items = NoticeItem.objects.filter(notice=objection.notice_id, application=objection.application_id)
    return items.filter(removed_at__isnull=True).first()


def in_time(objection: Objection, item: NoticeItem | None = None) -> bool:
    """Whether it was received before the end of the last day (24:00) of its item, or of the notice when it names nobody."""
    item = item or item_of(objection)
    period_of = item or NoticeItem(ends_on=objection.notice.ends_on)
    return period_of.reaches(objection.received_at)


def pending(applications: Iterable[Application]) -> dict[int, list[str]]:
    """Receipt numbers, by application, of objections that hold its decision: signed, in time and not settled.

    Late ones hold nobody. Two queries for any number of applications.
    """
    cases = list(applications)
    found = Objection.objects.filter(application__in=cases, state__in=OPEN)
    found = found.exclude(signed=Objection.Signed.ANONYMOUS).select_related("notice").order_by("pk")
    printed = NoticeItem.objects.filter(application__in=cases, removed_at__isnull=True)
    items = {(item.notice_id, item.application_id): item for item in printed}
    numbers: dict[int, list[str]] = {}
    for objection in found:
        if objection.application_id is None:
            continue
        item = items.get((objection.notice_id, objection.application_id)) or NoticeItem(
            ends_on=objection.notice.ends_on
        )
        if objection.state == "investigating" or item.reaches(objection.received_at):
            numbers.setdefault(objection.application_id, []).append(objection.receipt_number)
    return numbers


def others_investigating(objection: Objection) -> bool:
    """Whether another objection against the same platform is still being investigated."""
    found = Objection.objects.filter(application=objection.application_id, state="investigating")
    return found.exclude(pk=objection.pk).exists()


def counts(actor: Actor) -> dict[str, int]:
    """How many objections each tab of the queue holds; one query."""
    by_state = dict(visible_to(actor).order_by().values_list("state").annotate(number=Count("pk")))
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in TABS.items()}


def siblings(objection: Objection) -> list[Objection]:
    """Other objections against the same platform."""
    if objection.application_id is None:
        return []
    return list(Objection.objects.filter(application=objection.application_id).exclude(pk=objection.pk))


def mac(objection: Objection) -> str:
    """The unguessable part of the objector's private link to the receipt; never stored, never logged."""
    return salted_hmac(LINK, f"{objection.uuid}:{objection.link_version}", algorithm="sha256").hexdigest()[:40]


def by_link(uuid: UUID, token: str) -> Objection | None:
    """The objection of a private link, or None."""
    objection = Objection.objects.select_related("notice__call", "application").filter(uuid=uuid).first()
    return objection if objection and constant_time_compare(mac(objection), token) else None


def by_receipt(number: str, phone: str) -> Objection | None:
    """The objection with this receipt number and contact phone, or None; a wrong one of either looks the same."""
    found = Objection.objects.select_related("notice__call", "application").filter(receipt_number=plain_number(number))
    objection = found.first()
    known = ObjectorIdentity.objects.filter(objection=objection).values_list("phone", flat=True).first() or ""
    matches = constant_time_compare(plain_phone(known), plain_phone(phone))
    return objection if objection and known and matches else None


def by_form(key: UUID) -> Objection | None:
    """The objection that an answered public form filed, so that a second click leads to the same receipt."""
    act_id = AnsweredForm.objects.filter(key=key, actor_key="public").values_list("act_id", flat=True).first()
    record = StepRecord.objects.filter(act_id=act_id, subject_type=Objection.SUBJECT).first() if act_id else None
    return Objection.objects.filter(uuid=record.subject_id).first() if record else None


def same_open(notice: Notice, sent: Iterable[str], said: Mapping[str, Any], who: Mapping[str, str]) -> Objection | None:
    """The objection, still open, that was filed online in the very same words by somebody who gave the very same data, or None.

    Only among those ``sent`` (their UUIDs) from where is asked: whoever knows the words, as the platform does that had to answer
    them, could else try names until one is confirmed. ``said`` are fields of the objection, ``who`` those of its identity.
    """
    same = Objection.objects.filter(
        notice=notice, uuid__in=sent, channel=Objection.Channel.ONLINE, state__in=OPEN, **said
    )
    return same.filter(**{f"identity__{name}": value for name, value in who.items()}).order_by("pk").first()


def plain_number(text: str) -> str:
    """A receipt number as stored, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()
