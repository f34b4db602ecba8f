"""Reminders of the district stage: told when due, once, to the right people."""

from datetime import timedelta

import pytest
from django.db.models import Q

from accounts.actors import Actor
from applications.models import Application, Call
from lifecycle.models import Announcement
from review.scans import district as scans
from review.selectors import queues
from review.services import district
from review.services.district.handling import Defect
from timekeeping import clock

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[str]:
    found = Announcement.objects.filter(Q(kind=kind) | Q(kind__startswith=f"{kind}:"))
    return {one.user.username for one in found}


def scan_at(moment) -> None:
    with clock.frozen(moment):
        for _ in range(2):
            scans.scan(clock.now())


def test_acceptance_is_reminded_before_and_after_its_end(
    application: Application, officer: Actor, stranger: Actor, city: Actor
) -> None:
    scan_at(clock.shanghai(2026, 11, 24, 9))
    assert told("accept_due") == set()
    scan_at(clock.shanghai(2026, 11, 27, 9))
    assert told("accept_due") == {"district"}
    scan_at(clock.shanghai(2026, 12, 1, 0))
    assert told("accept_overdue") == {"district"}
    assert Announcement.objects.filter(kind="accept_overdue").count() == 1


def test_a_missed_correction_is_told_to_the_district(application: Application, officer: Actor) -> None:
    made = district.return_for_correction(
        actor=officer, application=application, defects=[Defect("section", "finance", "请更正")]
    )
    scan_at(clock.shanghai(2026, 11, 30, 23, 59))
    assert told("correction_missed") == set()
    scan_at(made.due_at)
    assert told("correction_missed") == {"district"}


def test_the_end_of_recommending_is_told_to_district_and_city(
    call: Call, application: Application, officer: Actor, stranger: Actor, city: Actor
) -> None:
    scan_at(clock.shanghai(2026, 12, 27, 9))
    assert told("district_due_5") == set()
    scan_at(clock.shanghai(2026, 12, 28, 9))
    assert told("district_due_5") == {"district", "city"}
    scan_at(clock.shanghai(2027, 1, 1, 9))
    assert told("district_due_1") == {"district", "city"}
    scan_at(call.district_due_at)
    assert told("district_silent") == {"district", "city"}
    assert Announcement.objects.filter(kind__startswith="district_").count() == 6


def test_a_case_sent_back_with_a_later_end_is_reminded_by_its_own(
    call: Call, application: Application, officer: Actor, city: Actor
) -> None:
    end = call.district_due_at + timedelta(days=10)
    Application.objects.filter(pk=application.pk).update(state="sent_back", sent_back_due_at=end)
    scan_at(call.district_due_at)
    assert told("district_silent") == set()
    scan_at(end - timedelta(days=4))
    assert told("district_due_5") == {"district", "city"}
    scan_at(end)
    assert told("district_silent") == {"district", "city"}


def test_the_city_sees_silent_districts_only_after_their_time(
    call: Call, application: Application, officer: Actor, city: Actor
) -> None:
    assert queues.silent() == []
    with clock.frozen(call.district_due_at):
        assert queues.silent() == [application]
        assert queues.Queue(city, queues.Choice()).counts["silent"] == 1
