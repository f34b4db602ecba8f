"""What must be told: written in the transaction of the step, delivered later by notifications."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from accounts import bell
from accounts.actors import Actor
from accounts.models import APPLICANT_ROLES, Capacity, Role, User
from lifecycle import deadlines
from lifecycle.models import Announcement
from lifecycle.steps import APPLICANT, ASSIGNED, OUTSIDER, Step
from lifecycle.subject import Subject
from timekeeping.dates import chinese_deadline

DELIVER = "notifications.deliver"
Link = Callable[[Announcement], str]
_private_links: dict[str, Link] = {}


Scope = tuple[str, int | None, int | None]
"""Who holds a capacity: the role, the organisation and the district by key (None: whichever)."""


def people(audience: str, subject: Subject) -> list[User]:
    """The persons with an account behind an audience of the table."""
    return _among(audience, subject, holders(scopes(audience, subject)))


def scopes(audience: str, subject: Subject) -> list[Scope]:
    """Whose capacities make up an audience; none for persons assigned to the case, who are asked of the case."""
    if audience in (ASSIGNED, OUTSIDER):
        return []
    if audience == APPLICANT or audience in APPLICANT_ROLES:
        organisation = subject.concerned_organisation
        roles = APPLICANT_ROLES if audience == APPLICANT else (audience,)
        return [(str(role), organisation.pk, None) for role in roles] if organisation else []
    district = subject.concerned_district if audience == Role.DISTRICT_OFFICER else None
    return [(audience, None, district.pk if district else None)]


def holders(wanted: Iterable[Scope]) -> dict[Scope, list[User]]:
    """The persons behind each scope, of all of them in one query."""
    found: dict[Scope, list[User]] = {scope: [] for scope in wanted}
    if not found:
        return found
    citywide = {role for role, organisation, district in found if organisation is None and district is None}
    where = Q(role__in=citywide)
    where |= Q(
        role__in=APPLICANT_ROLES, organisation__in={organisation for _, organisation, _ in found if organisation}
    )
    where |= Q(role=Role.DISTRICT_OFFICER, district__in={district for _, _, district in found if district})
    for capacity in Capacity.objects.active().filter(where).select_related("user"):
        own = (capacity.role, capacity.organisation_id, capacity.district_id)
        for scope in {own, (capacity.role, None, None)} & found.keys():
            found[scope].append(capacity.user)
    return found


def _among(audience: str, subject: Subject, held: dict[Scope, list[User]]) -> list[User]:
    if audience == ASSIGNED:
        return list(subject.assigned_users())
    return [user for scope in scopes(audience, subject) for user in held[scope]]


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
    message = {"kind": kind, "occasion": occasion, "title": title[:200], "body": body}
    return _write(_rows(subject, message, users, emails, url))


def tell_of_steps(taken: Iterable[tuple[Step, Subject, str]], actor: Actor, occasion: str) -> None:
    """Tell the audiences of each row that its step was taken on the subject, with the reason given.

    Whoever acted is not told of the own act. However many steps an act takes, its audiences are looked up at once.
    """
    taken = list(taken)
    held = holders(scope for row, subject, _ in taken for audience in row.tells for scope in scopes(audience, subject))
    written: list[Announcement] = []
    for row, subject, reason in taken:
        users = [user for audience in row.tells for user in _among(audience, subject, held)]
        emails = subject.outsiders() if OUTSIDER in row.tells else ()
        message = {"kind": row.name, "occasion": occasion, **_words(row, subject, reason)}
        written += _rows(subject, message, [user for user in users if user.pk != actor.user_id], emails)
    _write(written)


def _words(row: Step, subject: Subject, reason: str) -> dict[str, str]:
    parts = [f"{subject.heading}：{row.label}。"]
    parts += [f"说明：{reason}"] if reason else []
    parts += [f"目前状态：{subject.status.label}。{subject.status.advice}"]
    if term := deadlines.fixed_term(subject):
        parts += [f"办理期限：{chinese_deadline(term[1])}前，{term[0].label}。"]
    parts += [f"依据：{row.basis}。"]
    return {"title": f"{row.label}：{subject.heading}"[:200], "body": "\n".join(parts)}


def _rows(
    subject: Subject, message: dict[str, str], users: Iterable[User], emails: Iterable[str], url: str = ""
) -> list[Announcement]:
    """One row per recipient; users are led to the subject's own page or ``url``, persons outside to its public one."""
    recipients: dict[str, tuple[User | None, str]] = {f"user:{user.uuid}": (user, user.email) for user in users}
    recipients |= {f"mail:{email}": (None, email) for email in emails if email}
    return [
        Announcement(
            subject_type=subject.SUBJECT, subject_id=subject.uuid, recipient=recipient, user=user, email=email,
            url=(url or subject.get_absolute_url()) if user else subject.public_url(), **message,
        )
        for recipient, (user, email) in recipients.items()
    ]  # fmt: skip


def _write(rows: list[Announcement]) -> int:
    if rows:
        Announcement.objects.bulk_create(rows, ignore_conflicts=True)
        bell.ring_after_commit(DELIVER)
    return len(rows)


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


def wake() -> None:
    """Ring for the delivery; the sweep finds what a lost bell left."""
    bell.ring(DELIVER)
