"""Complaints (Art. 21): who took one on answers it."""

from collections.abc import Iterator

from accounts.actors import Actor
from accounts.models import Capacity, Role
from lifecycle.guards import guard
from review.models import Complaint


@guard("complaint.answer")
def handler_answers(complaint: Complaint, actor: Actor) -> Iterator[str]:
    """Default: another officer takes over only when the handler has left."""
    if complaint.handler_id in (None, actor.user_id):
        return
    if Capacity.objects.active().filter(user=complaint.handler_id, role=Role.CITY_OFFICER).exists():
        yield f"由经办人{complaint.handler}答复；经办人离任后其他市局经办人可以接办"
