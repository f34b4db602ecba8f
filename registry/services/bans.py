"""Bans on new applications (Art. 19): imposed with a cancellation, suspended with its stay, lifted when it is overturned.

Plain rows that follow the title; each function is called inside the act that moves the title and leaves no record of its own.
"""

from datetime import datetime
from typing import Any

from registry.models import Ban, Title
from regulation.terms import Period
from timekeeping import clock


def impose(*, title: Title, period: Period, document_number: str = "", reason: str) -> Ban:
    """Ban the title's operator for the period (``regulation.terms.ban_period``, both dates included).

    Raises IntegrityError when a ban of this title stands already.
    """
    return Ban.objects.create(
        title=title, credit_code=title.credit_code, operator_name=title.operator_name, starts_on=period.first,
        ends_on=period.last, document_number=document_number, reason=reason,
    )  # fmt: skip


def announce(*, title: Title, document_number: str) -> None:
    """Write the number of the announced decision into the title's ban."""
    _standing(title).update(document_number=document_number)


def stay(*, title: Title) -> None:
    """Suspend the title's ban; its dates do not move."""
    _standing(title).filter(stayed_at__isnull=True).update(stayed_at=clock.now())


def resume(*, title: Title) -> None:
    """Let the suspended ban of the title run again to its old end."""
    _standing(title).update(stayed_at=None)


def lift(*, title: Title) -> None:
    """Lift the title's ban for good."""
    moment: dict[str, datetime | None] = {"lifted_at": clock.now(), "stayed_at": None}
    _standing(title).update(**moment)


def _standing(title: Title) -> Any:
    return Ban.objects.filter(title=title, lifted_at__isnull=True)
