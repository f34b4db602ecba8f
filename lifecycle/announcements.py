"""What must be told: written in the transaction of the step, delivered later by notifications."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from celery import current_app
from django.db import transaction

from accounts.actors import Actor
from accounts.models import APPLICANT_ROLES, Capacity, Role, User
from lifecycle.models import Announcement
from lifecycle.steps import APPLICANT, ASSIGNED, OUTSIDER, Step
from lifecycle.subject import Subject

logger = logging.getLogger(__name__)
DELIVER = "notifications.deliver"
Link = Callable[[Announcement], str]
_private_links: dict[str, Link] = {}
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def people(audience: str, subject: Subject) -> Iterable[User]:
    """The persons with an account behind an audience of the table."""
    if audience == ASSIGNED:
        return subject.assigned_users()
    active = Capacity.objects.active().select_related("user")
    if audience == APPLICANT or audience in APPLICANT_ROLES:
        roles = APPLICANT_ROLES if audience == APPLICANT else (Role(audience),)
        organisation = subject.concerned_organisation
        found = active.filter(role__in=roles, organisation=organisation) if organisation else active.none()
    elif audience == Role.DISTRICT_OFFICER:
        district = subject.concerned_district
        found = active.filter(role=audience)
        found = found.filter(district=district) if district else found
    else:
        found = active.filter(role=audience)
    return [capacity.user for capacity in found]


def tell(
    *,
    subject: Subject,
    kind: str,
    occasion: str,
    title: str,
    body: str,
    users: Iterable[User] = (),
    emails: Iterable[str] = (),
    url: str = "",
) -> int:
    """Write one row per recipient who has not been told yet; returns how many recipients were given.

    ``url`` leads users elsewhere than to the subject's own page.

    UNIQUE on subject, kind, occasion and recipient makes a second call with the same occasion tell nobody again.
    """
    recipients: dict[str, tuple[User | None, str]] = {f"user:{user.uuid}": (user, user.email) for user in users}
    recipients |= {f"mail:{email}": (None, email) for email in emails if email}
    rows = [
        Announcement(
            subject_type=subject.SUBJECT, subject_id=subject.uuid, kind=kind, occasion=occasion, recipient=recipient,
            user=user, email=email, title=title[:200], body=body,
            url=(url or subject.get_absolute_url()) if user else subject.public_url(),
        )
        for recipient, (user, email) in recipients.items()
    ]  # fmt: skip
    Announcement.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        transaction.on_commit(wake, robust=True)
    return len(rows)


def tell_of_step(row: Step, subject: Subject, actor: Actor, occasion: str, reason: str) -> None:
    """Tell the audiences of the row that the step was taken; whoever acted is not told of the own act."""
    users = [user for audience in row.tells for user in people(audience, subject)]
    users = [user for user in users if user.pk != actor.user_id]
    emails = subject.outsiders() if OUTSIDER in row.tells else ()
    advice = subject.status.advice
    parts = [f"{subject.heading}：{row.label}。"]
    parts += [f"说明：{reason}"] if reason else []
    parts += [f"目前状态：{subject.status.label}。{advice}", f"依据：{row.basis}。"]
    tell(
        subject=subject, kind=row.name, occasion=occasion, title=f"{row.label}：{subject.heading}", body="\n".join(parts),
        users=users, emails=emails,
    )  # fmt: skip


def private_link(kind: str) -> Callable[[Link], Link]:
    """Register who computes the private link of announcements of a kind; such a link is never stored."""

    def register(function: Link) -> Link:
        _private_links[kind] = function
        return function

    return register


def link_of(announcement: Announcement) -> str:
    """Where the recipient goes: the stored address, or the private link computed now."""
    compute = _private_links.get(announcement.kind)
    return compute(announcement) if compute else announcement.url


@contextmanager
def without_bell() -> Iterator[None]:
    """Do not ring the worker inside the block: whoever plays many steps in a row delivers by himself."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def wake() -> None:
    """Ring the worker. A lost bell costs nothing: the sweep finds what was not delivered."""
    if _silent.get():
        return
    try:
        current_app.send_task(DELIVER, retry=False, ignore_result=True)
    except Exception:
        logger.warning("wake-up for %s was lost; the sweep will deliver", DELIVER)
