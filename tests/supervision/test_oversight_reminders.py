"""Reminders of activities and second looks: each once, on the right day, to the right people; and what verify finds."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from accounts.actors import Actor
from desk import agenda
from lifecycle.models import Announcement, StepRecord
from supervision.invariants import activities as invariants
from supervision.models import Activity, Check, Invitation
from supervision.scans import activities as activity_scan
from supervision.scans import checks as check_scan
from supervision.services import activities, checks, invitations
from tests import cast
from tests.supervision import oversight
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The days these tests name lie around 23 November 2026, whatever date the suite believes in."""
    with clock.frozen(clock.shanghai(2026, 11, 23, 9)):
        yield


@pytest.fixture
def city() -> Actor:
    with clock.frozen(build.GRANTED):
        return cast.city_officer("city2")


def days_of(kind: str) -> list[tuple[str, str]]:
    """(occasion, who) of every reminder."""
    return sorted(Announcement.objects.filter(kind=kind).values_list("occasion", "user__name"))


def scanned(scan: object, first: datetime, days: int, *, twice: bool = False) -> None:
    """The scan rung every morning."""
    for offset in range(days):
        moment = first + timedelta(days=offset)
        with clock.frozen(moment):
            scan.scan(moment)
            if twice:
                scan.scan(moment)


def test_the_invited_are_reminded_seven_three_and_one_days_before_each_once(city: Actor) -> None:
    title = build.titled("甲平台")
    oversight.invited(city, oversight.announced(city, days=10), title)
    scanned(activity_scan, clock.now(), 14, twice=True)
    days, people = ("2026-11-26", "2026-11-30", "2026-12-02"), ("甲平台签字人", "甲平台经办人")
    assert days_of("activity_reminder") == [(day, person) for day in days for person in sorted(people)]


def test_missed_days_collapse_into_the_latest(city: Actor) -> None:
    oversight.invited(city, oversight.announced(city, days=10), build.titled("甲平台"))
    scanned(activity_scan, clock.now() + timedelta(days=8), 1)
    assert {day for day, _ in days_of("activity_reminder")} == {"2026-11-30"}


def test_the_excused_and_those_whose_activity_is_called_off_are_not_reminded(city: Actor) -> None:
    excused, waiting, off = build.titled("甲平台"), build.titled("乙平台"), build.titled("丙平台")
    activity, other = oversight.announced(city, days=5), oversight.announced(city, days=5)
    invitations.excuse(actor=city, invitation=oversight.invited(city, activity, excused), note="情况属实。")
    asked = oversight.invited(city, activity, waiting)
    invitations.ask_leave(actor=build.person(waiting), invitation=asked, leave_reason="出差。")
    oversight.invited(city, other, off)
    activities.call_off(actor=city, activity=other, reason="取消")
    scanned(activity_scan, clock.now(), 1)
    assert [person for _, person in days_of("activity_reminder")] == sorted(["乙平台经办人", "乙平台签字人"])


def test_the_city_is_reminded_to_mark_until_the_activity_is_concluded(city: Actor) -> None:
    activity = oversight.announced(city, days=1)
    held = oversight.invited(city, activity, build.titled())
    scanned(activity_scan, activity.starts_at + timedelta(hours=1), 5, twice=True)
    assert days_of("attendance_reminder") == [("2026-11-25", "city2"), ("2026-11-27", "city2")]
    with clock.frozen(activity.starts_at + timedelta(days=5)):
        invitations.present(actor=city, invitation=held)
        activities.conclude(actor=city, activity=activity)
    scanned(activity_scan, activity.starts_at + timedelta(days=5), 5)
    assert len(days_of("attendance_reminder")) == 2


def test_the_district_is_reminded_of_second_looks_before_and_after_the_last_day() -> None:
    officer, other = cast.district_officer(), cast.district_officer("wuhua", "wuhua")
    check = oversight.checked(officer, build.titled(), follow_up_in=5)
    oversight.checked(officer, build.titled())
    oversight.checked(other, build.titled("五华平台", "wuhua"), follow_up_in=40)
    scanned(check_scan, clock.now(), 8, twice=True)
    days = ["2026-11-21", "2026-11-25", "2026-11-27", "2026-11-29"]
    assert days_of("follow_up_reminder") == [(day, "district") for day in days]
    with clock.frozen(clock.now() + timedelta(days=8)):
        day = clock.today()
        checks.follow_up(actor=officer, check=check, followed_up_on=day, people="李明", result="好")
    scanned(check_scan, clock.now() + timedelta(days=8), 4)
    assert len(days_of("follow_up_reminder")) == len(days)


def test_the_scans_cost_the_same_for_one_and_for_many(
    city: Actor, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    activity = oversight.announced(city, days=20)
    for n in range(3):
        oversight.invited(city, activity, build.titled(f"平台{n}"))
        oversight.checked(cast.district_officer(f"d{n}"), build.titled(), follow_up_in=30)
    with django_assert_max_num_queries(8):
        assert activity_scan.scan(clock.now()) + check_scan.scan(clock.now()) == 0


def test_the_desk_names_only_checks_that_asked_for_a_second_look() -> None:
    officer = cast.district_officer()
    oversight.checked(officer, build.titled())
    asked = oversight.checked(officer, build.titled(), follow_up_in=3)
    [task] = [task for task in agenda.tasks(officer) if task.subject.SUBJECT == "check"]
    assert (task.subject, task.due.last_day, task.basis) == (asked, date(2026, 11, 26), "第十八条")


def test_the_desk_of_the_city_names_leave_to_judge_and_activities_to_conclude(city: Actor) -> None:
    title = build.titled()
    invitation = oversight.invited(city, oversight.announced(city), title)
    invitations.ask_leave(actor=build.person(title), invitation=invitation, leave_reason="出差。")
    assert [task.subject.SUBJECT for task in agenda.tasks(city)] == ["activity", "invitation"]


# What verify finds: each broken once on purpose.


def sound(city: Actor) -> tuple[Check, Invitation]:
    """A check that was followed up and an absence of a concluded activity."""
    title = build.titled()
    with clock.frozen(clock.now()):
        check = oversight.checked(cast.district_officer(), title, follow_up_in=0)
        given = {"followed_up_on": clock.today(), "people": "李明", "result": "好"}
        checks.follow_up(actor=_officer(check), check=check, **given)
    [invitation] = oversight.missed(city, title)
    with oversight.after(invitation.activity):
        activities.conclude(actor=city, activity=invitation.activity)
    return Check.objects.get(), Invitation.objects.get()


def _officer(check: Check) -> Actor:
    from accounts.actors import acting
    from accounts.models import Capacity

    return acting(Capacity.objects.get(user=check.recorded_by))


def test_a_sound_city_is_green(city: Actor) -> None:
    sound(city)
    assert list(invariants.check()) == []


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"served_on": date(2026, 11, 25)}, "活动邀请 {}：送达晚于活动"),
        ({"marked_at": clock.shanghai(2026, 11, 24, 8)}, "活动邀请 {}：出席情况登记早于活动开始"),
        ({"state": "served"}, "活动邀请 {}：活动已办结，出席情况没有登记"),
    ],
)
def test_a_broken_invitation_is_found(city: Actor, broken: dict[str, object], words: str) -> None:
    _, invitation = sound(city)
    Invitation.objects.filter(pk=invitation.pk).update(**broken)
    assert list(invariants.check()) == [words.format(invitation.uuid)]


def test_attendance_at_what_was_called_off_is_found(city: Actor) -> None:
    _, invitation = sound(city)
    cast.put_into(Activity.objects.get(), "called_off")
    assert list(invariants.check()) == [f"活动邀请 {invitation.uuid}：活动已取消，却登记了出席情况"]


def test_an_invitation_or_a_check_outside_the_term_is_found(city: Actor) -> None:
    check, invitation = sound(city)
    type(check.title).objects.update(valid_to=date(2026, 11, 22))
    assert list(invariants.check()) == [
        f"活动邀请 {invitation.uuid}：活动当日不在称号有效期内",
        f"指导检查 {check.uuid}：检查日期不在称号有效期内",
    ]


def test_a_second_look_nobody_asked_for_is_found(city: Actor) -> None:
    check, _ = sound(city)
    Check.objects.update(follow_up_by=None)
    assert list(invariants.check()) == [f"指导检查 {check.uuid}：没有要求复查，却记录了复查"]


def test_a_mark_taken_back_after_the_end_is_not_a_fault(city: Actor) -> None:
    _, invitation = sound(city)
    with oversight.after(invitation.activity, hours=48):
        invitations.correct(actor=city, invitation=invitation, reason="签到表漏看一页。")
    assert list(invariants.check()) == []
    assert StepRecord.objects.filter(step="correct").count() == 1
