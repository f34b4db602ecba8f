"""What was typed into a refused form: packed for its author alone, sealed into the login page, kept in the new session."""

from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

from accounts import actors
from accounts.actors import Actor
from accounts.middleware import SESSION_KEY
from timekeeping import clock

MARK = "whose_form"
"""The hidden field by which every form of a signed-in person says for whom the page was made."""
SEALED = "carried"
"""The hidden field of the login page, and the key of the session."""

MARK_DAYS = 7
"""Default of the operator, in force from 2026-01-01: how long after a page was made its text is still taken along."""
PARCEL_SECONDS = 2 * 3600
"""Default of the operator, in force from 2026-01-01: how long a text waits for the sign-in, and then in the session."""
MAX_CHARACTERS = 1_000_000
"""Default of the operator, in force from 2026-01-01: beyond it the text stays in the browser only (413)."""

_MARKS = signing.TimestampSigner(salt="accounts.carrying.mark")
_SALT = "accounts.carrying.parcel"
_NEVER = ("csrfmiddlewaretoken", MARK, SEALED)


class TooLong(Exception):
    """More was typed than is taken along."""


@dataclass(frozen=True)
class Parcel:
    """The fields as sent, never passwords or files; for whom, whereto, and the page on which the form stood."""

    capacity: str
    path: str
    page: str
    fields: list[list[str]]
    files: bool = False
    since: int = 0


def mark_of(actor: Actor) -> str:
    """The mark of the person's forms; empty for the public, whose forms nobody can be asked to take up again."""
    return _MARKS.sign(actor.capacity.uuid.hex) if actor.capacity else ""


def packed(request: HttpRequest) -> Parcel | None:
    """What a refused POST brought; None when no page of ours made the form for a person. Raises TooLong."""
    capacity = _marked(request.POST.get(MARK, ""))
    if not capacity:
        return None
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name not in _NEVER and "password" not in name
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in fields) > MAX_CHARACTERS:
        raise TooLong
    return Parcel(capacity, request.path, page_of(request), fields, bool(request.FILES))


def seal(parcel: Parcel) -> str:
    """The parcel as signed text for a hidden field."""
    return signing.dumps(asdict(parcel), salt=_SALT, compress=True)


def unseal(text: str) -> Parcel | None:
    """The parcel ``seal`` packed; None for anything else and for one that waited too long."""
    try:
        return Parcel(**signing.loads(text, salt=_SALT, max_age=PARCEL_SECONDS)) if text else None
    except signing.BadSignature:
        return None


def keep(request: HttpRequest, parcel: Parcel) -> bool:
    """Put the parcel into the session of its author, who goes on in the capacity in which it was typed; False for others."""
    capacity = next((c for c in actors.capacities_of(request.user) if c.uuid.hex == parcel.capacity), None)
    if capacity is None:
        return False
    request.session[SESSION_KEY] = str(capacity.uuid)
    request.session[SEALED] = asdict(parcel) | {"since": _seconds()}
    return True


def kept(request: HttpRequest) -> Parcel | None:
    """The parcel waiting in the session of the acting person."""
    found = request.session.get(SEALED)
    parcel = Parcel(**found) if found else None
    if parcel is None or parcel.capacity != (request.actor.capacity and request.actor.capacity.uuid.hex):
        return None
    return parcel if 0 <= _seconds() - parcel.since < PARCEL_SECONDS else None


def moved(request: HttpRequest, address: str) -> None:
    """The page on which the text was typed has led on to another one; the parcel goes with it."""
    request.session[SEALED] = request.session[SEALED] | {"page": address}


def forget(request: HttpRequest) -> None:
    """The text has arrived, or the person does not want it."""
    request.session.pop(SEALED, None)


def _marked(mark: str) -> str:
    try:
        return _MARKS.unsign(mark, max_age=MARK_DAYS * 86400) if mark else ""
    except signing.BadSignature:
        return ""


def page_of(request: HttpRequest) -> str:
    """The page of ours that showed the form, as the browser names it; else the form's own address."""
    came = urlsplit(request.headers.get("Referer", ""))
    # A path that begins with two slashes would lead to another site.
    if came.netloc != request.get_host() or came.path.startswith(("//", "/\\")):
        return request.path
    return f"{came.path}?{came.query}" if came.query else came.path


def _seconds() -> int:
    return int(clock.wall().timestamp())
