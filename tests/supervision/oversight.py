"""Checks, activities and invitations in every stage, through the services."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from registry.models import Title
from supervision.models import Activity, Check, Invitation
from supervision.services import activities, checks, invitations
from timekeeping import clock

_numbers = count(1)
MORNING = clock.shanghai(2026, 3, 2, 9)


def checked(officer: Actor, title: Title, *, follow_up_in: int | None = None) -> Check:
    """A check of today; with ``follow_up_in`` days a second look is owed."""
    due = clock.today() + timedelta(days=follow_up_in) if follow_up_in is not None else None
    return checks.record(
        actor=officer, title=title, kind="visit", checked_on=clock.today(), people="李明、王芳", findings="服务台账不全。",
        advice="补齐台账。", follow_up_by=due,
    )  # fmt: skip


def announced(city: Actor, *, days: int = 10, level: str = "city", name: str = "") -> Activity:
    """An activity that begins in so many days."""
    plan = activities.Plan(
        name=name or f"政策宣讲会{next(_numbers)}", level=level, organiser="昆明市工业和信息化局",
        starts_at=clock.now() + timedelta(days=days), place="市级会议中心", content="政策宣讲，每家平台一人参加。",
        contact="赵六 0871-63135193",
    )  # fmt: skip
    return activities.announce(actor=city, plan=plan)


def invited(city: Actor, activity: Activity, title: Title) -> Invitation:
    """The invitation of the title, served by the system now."""
    return invitations.serve(actor=city, activity=activity, title=title)


def missed(city: Actor, title: Title, times: int = 1, level: str = "city") -> list[Invitation]:
    """Activities invited to today and missed, one on each of the following days."""
    return [_missed(city, title, days, level) for days in range(1, times + 1)]


def _missed(city: Actor, title: Title, days: int, level: str) -> Invitation:
    invitation = invited(city, announced(city, days=days, level=level), title)
    with clock.frozen(invitation.activity.starts_at + timedelta(hours=2)):
        return invitations.absent(actor=city, invitation=invitation)


def after(activity: Activity, hours: int = 2) -> object:
    """A moment at which the activity has begun."""
    return clock.frozen(activity.starts_at + timedelta(hours=hours))


def marked(city: Actor, found: Iterable[Invitation], step: str = "present") -> list[invitations.Result]:
    """The invitations marked together."""
    return invitations.mark_many(actor=city, marks=[invitations.Mark(one, step, "说明") for one in found])


def queries(actor: Actor, address: str) -> int:
    """How many queries the page costs the person, once it is warm."""
    client = Client()
    client.force_login(actor.user)
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)
