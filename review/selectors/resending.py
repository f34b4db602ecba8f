"""What the public sent in once and, having gone back, sends in again (Art. 14, 21)."""

from collections.abc import Iterable
from typing import Any, TypeVar

from review.models import Complaint, Objection

Sent = TypeVar("Sent", Complaint, Objection)
WHO = ("name", "phone", "email", "address")


def first_sent(
    kind: type[Sent], states: Iterable[str], says: Any, said: Iterable[str], sender: Any, **on: Any
) -> Sent | None:
    """The case of the kind, in one of the states, that was filed online in the very same words by somebody who gave
    the very same data, or None.

    ``said`` names the fields of ``says`` that have to be the same, ``on`` what else the case has to be on. Who sends
    namelessly has no case to be led to: the same words may be another person's, who must not see the first one's.
    """
    if sender is None:
        return None
    same = {field: getattr(says, field) for field in said} | {f"identity__{one}": getattr(sender, one) for one in WHO}
    found = kind._default_manager.filter(channel=Objection.Channel.ONLINE, state__in=states, **on, **same)
    return found.order_by("pk").first()
