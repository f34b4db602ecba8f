"""What the public sent in once and, having gone back, sends in again (Art. 14, 21)."""

from collections.abc import Iterable
from typing import Any, TypeVar

from review.models import Complaint, Objection

Sent = TypeVar("Sent", Complaint, Objection)
WHO = ("name", "phone", "email", "address")


def first_sent(
    kind: type[Sent],
    states: Iterable[str],
    says: Any,
    said: Iterable[str],
    sender: Any,
    *,
    among: Iterable[str],
    **on: Any,
) -> Sent | None:
    """The case of the kind, in one of the states, that was filed online in the very same words by somebody who gave
    the very same data, or None.

    ``said`` names the fields of ``says`` that have to be the same, ``on`` what else the case has to be on. Only ``among`` the
    UUIDs of what was sent from where is asked: whoever knows the words, as the platform does that had to answer them, could
    else try names until one is confirmed. Who sends namelessly has no case to be led to.
    """
    if sender is None:
        return None
    same = {field: getattr(says, field) for field in said} | {f"identity__{one}": getattr(sender, one) for one in WHO}
    online = kind._default_manager.filter(uuid__in=among, channel=Objection.Channel.ONLINE, state__in=states)
    return online.filter(**on, **same).order_by("pk").first()
