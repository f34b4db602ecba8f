"""Which cases were sent from a browser, so that going back and sending again leads to the first receipt (Art. 14, 21)."""

from django.http import HttpRequest

from review.models import Complaint, Objection

KEPT = 10


def sent_from(request: HttpRequest, kind: type[Complaint | Objection]) -> list[str]:
    """The UUIDs of the last cases of the kind sent from this browser."""
    return list(request.session.get(_key(kind), []))


def remember(request: HttpRequest, case: Complaint | Objection) -> None:
    """The case was sent from this browser."""
    kind = type(case)
    request.session[_key(kind)] = [*sent_from(request, kind), str(case.uuid)][-KEPT:]


def _key(kind: type[Complaint | Objection]) -> str:
    return f"{kind.SUBJECT}s_sent"
