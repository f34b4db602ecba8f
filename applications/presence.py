"""Who else has a section open now, for colleagues who are about to fill it in."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.actors import Actor
from applications.models import Application, SectionVisit
from timekeeping import clock

MINUTES = 10
"""Default of the bureau, in force from 2026-01-01: how long after the last sign of life somebody counts as filling in."""


@dataclass(frozen=True)
class Colleague:
    """Somebody else at a section, and when the page last heard of the person."""

    name: str
    at: str

    def __str__(self) -> str:
        return f"{self.name} 正在填写（{self.at}）"


def elsewhere(application: Application, actor: Actor) -> dict[str, list[Colleague]]:
    """The other people at each section, latest first, by the section's key; one query."""
    since = clock.now() - timedelta(minutes=MINUTES)
    visits = SectionVisit.objects.filter(application=application, seen_at__gt=since).exclude(user=actor.user_id)
    found: dict[str, list[Colleague]] = {}
    for visit in visits.select_related("user").order_by("-seen_at"):
        at = visit.seen_at.astimezone(clock.SHANGHAI)
        found.setdefault(visit.key, []).append(Colleague(visit.user.name, f"{at:%H:%M}"))
    return found


def words(colleagues: list[Colleague]) -> str:
    """李四 正在填写（10:42）；王芳 …; empty when nobody is there."""
    return "；".join(map(str, colleagues))
