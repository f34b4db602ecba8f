"""Giving cases to an officer of the district: a working arrangement with its history; it never limits who may act (default)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role, User
from applications.models import Application
from lifecycle import engine
from lifecycle.errors import NotAllowed
from lifecycle.idempotency import FormKey
from lifecycle.steps import AT_DISTRICT
from review.models import CaseAssignment
from review.selectors import assignments
from timekeeping import clock

ASSIGNABLE = (*AT_DISTRICT, "returned", "sent_back", "recommended")


@dataclass(frozen=True)
class Result:
    """What became of one case; ``refused`` says why nothing was done, ``unchanged`` that nothing had to be."""

    application: Application
    refused: str = ""
    unchanged: bool = False


def assign_all(
    *, actor: Actor, cases: Mapping[int, int], officer: User | None, key: FormKey | None = None
) -> list[Result]:
    """Give the cases (key of the application → key of the arrangement seen, 0 for none) to ``officer``, or to nobody.

    Each case has its own result and none stops the others; a constant number of queries. Cases of other districts are passed
    over. Raises ValidationError for an officer who does not act for the district, NotAllowed for anybody but its officers.
    """
    if actor.role != Role.DISTRICT_OFFICER:
        raise NotAllowed("经办分工由县（市）区主管部门经办人办理。")
    if officer and not assignments.officers(actor.district).filter(pk=officer.pk).exists():
        raise ValidationError({"officer": "该人员目前不是本县（市）区的经办人，请另选。"})
    with engine.act(actor=actor, key=key) as act:
        act.lead_to(reverse("review:queue"))
        locked = Application.objects.select_for_update().filter(district=actor.district_id, pk__in=cases)
        listed = list(locked.filter(current_version__isnull=False).order_by("pk"))
        held = {one.application_id: one for one in assignments.in_force().filter(application__in=listed)}
        results = [_judged(one, held.get(one.pk), cases[one.pk], officer) for one in listed]
        _write(actor, [one.application for one in results if not (one.refused or one.unchanged)], officer)
    return results


def _judged(application: Application, held: CaseAssignment | None, seen: int, officer: User | None) -> Result:
    if application.state not in ASSIGNABLE:
        return Result(application, f"目前状态为“{application.status.label}”，县区已办结，不再分派")
    if (held.officer_id if held else None) == (officer.pk if officer else None):
        return Result(application, unchanged=True)
    if held and held.pk != seen:
        when = held.assigned_at.astimezone(clock.SHANGHAI)
        return Result(application, f"已于{when:%Y-%m-%d %H:%M}分派给{held.officer.name}，请核对后再办理")
    return Result(application)


def _write(actor: Actor, chosen: Iterable[Application], officer: User | None) -> None:
    """End what was arranged before, also with officers who have left, and begin anew."""
    listed, now = list(chosen), clock.now()
    CaseAssignment.objects.filter(application__in=listed, ended_at__isnull=True).update(ended_at=now)
    if officer:
        CaseAssignment.objects.bulk_create(
            CaseAssignment(application=one, officer=officer, assigned_by=actor.person, assigned_at=now)
            for one in listed
        )
