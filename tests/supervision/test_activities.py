"""Activities are announced, platforms invited, attendance marked; only unexcused absences of served invitations count (Art. 19)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import Role
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Announcement
from registry.models import Title
from supervision.models import Activity, Invitation
from supervision.selectors import activities as selectors
from supervision.services import activities, invitations
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


def told(invitation: Invitation, kind: str) -> set[str]:
    found = Announcement.objects.filter(subject_id=invitation.uuid, kind=kind)
    return set(found.values_list("user__name", flat=True))


def test_an_activity_goes_from_its_announcement_to_its_end(city: Actor) -> None:
    first, second, third = build.titled("甲平台"), build.titled("乙平台"), build.titled("丙平台")
    activity = oversight.announced(city)
    served = [oversight.invited(city, activity, title) for title in (first, second, third)]
    assert told(served[0], "serve") == {"甲平台经办人", "甲平台签字人"}
    asked = invitations.ask_leave(actor=build.person(third), invitation=served[2], leave_reason="审计进场。")
    invitations.excuse(actor=city, invitation=asked, note="情况属实。")
    with oversight.after(activity):
        invitations.present(actor=city, invitation=served[0])
        with pytest.raises(Blocked, match="还有1家受邀平台没有登记"):
            activities.conclude(actor=city, activity=activity)
        invitations.absent(actor=city, invitation=served[1], note="未到会，也未说明。")
        assert activities.conclude(actor=city, activity=activity).state == "concluded"
    assert [Invitation.objects.get(pk=one.pk).state for one in served] == ["present", "absent", "excused"]
    assert told(served[1], "absent") == {"乙平台经办人", "乙平台签字人"}


def test_only_the_city_announces_and_marks_and_only_the_own_platform_asks_for_leave(city: Actor) -> None:
    title, other = build.titled("甲平台"), build.titled("乙平台")
    for actor in (cast.district_officer(), build.person(title), cast.person("auditor", Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            oversight.announced(actor)
    invitation = oversight.invited(city, oversight.announced(city), title)
    for actor in (build.person(other), cast.district_officer("district2"), city):
        with pytest.raises(NotAllowed):
            invitations.ask_leave(actor=actor, invitation=invitation, leave_reason="出差。")
    signatory = build.person(title, Role.SIGNATORY)
    assert invitations.ask_leave(actor=signatory, invitation=invitation, leave_reason="出差。").state == "leave_asked"


@pytest.mark.parametrize(("last", "may"), [(date(2026, 12, 3), True), (date(2026, 12, 2), False)])
def test_only_titles_in_force_on_the_day_of_the_activity_are_invited(city: Actor, last: date, may: bool) -> None:
    title = build.titled(valid=(date(2024, 1, 1), last))
    activity = oversight.announced(city, days=10)
    assert list(selectors.invitable(activity)) == ([title] if may else [])
    if may:
        assert oversight.invited(city, activity, title).state == "served"
    else:
        with pytest.raises(Blocked, match="活动当日该称号不在有效期内"):
            oversight.invited(city, activity, title)


def test_a_platform_is_invited_once_and_before_the_beginning(city: Actor) -> None:
    title, late = build.titled(), build.titled()
    activity = oversight.announced(city)
    oversight.invited(city, activity, title)
    with pytest.raises(Blocked, match="该平台已经邀请"):
        oversight.invited(city, activity, title)
    with clock.frozen(activity.starts_at), pytest.raises(Blocked, match="不能再送达邀请"):
        oversight.invited(city, activity, late)
    with clock.frozen(activity.starts_at - timedelta(seconds=1)):
        assert oversight.invited(city, activity, late).state == "served"


def test_the_system_serves_nobody_without_an_account_but_paper_with_proof_does(city: Actor) -> None:
    title = build.titled(people=False)
    activity = oversight.announced(city)
    with pytest.raises(Blocked, match="系统送达无人收到"):
        oversight.invited(city, activity, title)
    unproven = invitations.Service("paper", clock.today())
    with pytest.raises(ValidationError, match="送达凭据"):
        invitations.serve(actor=city, activity=activity, title=title, how=unproven)
    paper = invitations.Service("paper", clock.today(), "前台张三签收")
    served = invitations.serve(actor=city, activity=activity, title=title, how=paper)
    assert (served.state, served.way, served.proof) == ("served", "paper", "前台张三签收")


def test_a_paper_served_before_the_day_may_be_entered_after_it(city: Actor) -> None:
    title, late = build.titled(), build.titled()
    activity = oversight.announced(city)
    with oversight.after(activity):
        before = invitations.Service("paper", activity.held_on - timedelta(days=1), "张三签收")
        assert invitations.serve(actor=city, activity=activity, title=title, how=before).state == "served"
        same_day = invitations.Service("paper", activity.held_on, "张三签收")
        with pytest.raises(Blocked, match="应早于活动当日"):
            invitations.serve(actor=city, activity=activity, title=late, how=same_day)


def test_nobody_is_present_or_absent_before_the_beginning(city: Actor) -> None:
    invitation = oversight.invited(city, oversight.announced(city), build.titled())
    for service in (invitations.present, invitations.absent):
        with pytest.raises(Blocked, match="开始后登记出席情况"):
            service(actor=city, invitation=invitation)
    with clock.frozen(invitation.activity.starts_at):
        assert invitations.absent(actor=city, invitation=invitation).state == "absent"


def test_refused_leave_leaves_the_platform_invited_and_leave_may_be_asked_again(city: Actor) -> None:
    title = build.titled()
    invitation = oversight.invited(city, oversight.announced(city), title)
    person = build.person(title)
    asked = invitations.ask_leave(actor=person, invitation=invitation, leave_reason="出差。")
    with pytest.raises(ValidationError, match="不予准假的理由"):
        invitations.refuse_leave(actor=city, invitation=asked, reason=" ")
    assert invitations.refuse_leave(actor=city, invitation=asked, reason="可派他人参加。").state == "served"
    with clock.frozen(invitation.activity.starts_at):
        again = invitations.ask_leave(actor=person, invitation=invitation, leave_reason="突发停电。")
        assert (again.state, again.asked_in_time) == ("leave_asked", False)


def test_an_absence_explained_afterwards_is_excused_and_no_longer_counts(city: Actor) -> None:
    title = build.titled()
    [invitation] = oversight.missed(city, title)
    assert selectors.unexcused([title])[title.pk].count == 1
    with pytest.raises(ValidationError, match="准假的理由"):
        invitations.excuse(actor=city, invitation=invitation, note="")
    invitations.excuse(actor=city, invitation=invitation, note="当日单位突发火情，有消防证明。")
    assert selectors.unexcused([title]) == {}


def test_a_wrong_mark_is_taken_back_with_a_reason_and_made_anew(city: Actor) -> None:
    title = build.titled()
    [invitation] = oversight.missed(city, title)
    with oversight.after(invitation.activity):
        activities.conclude(actor=city, activity=invitation.activity)
        with pytest.raises(WrongStage):
            invitations.present(actor=city, invitation=invitation)
        with pytest.raises(ValidationError, match="更正的原因"):
            invitations.correct(actor=city, invitation=invitation, reason="")
        open_again = invitations.correct(actor=city, invitation=invitation, reason="签到表漏看一页。")
        assert (open_again.state, open_again.marked_by, selectors.unexcused([title])) == ("served", None, {})
        assert invitations.present(actor=city, invitation=open_again).state == "present"


def test_an_activity_called_off_tells_the_invited_and_counts_for_nobody(city: Actor) -> None:
    title = build.titled("甲平台")
    activity = oversight.announced(city)
    invitation = oversight.invited(city, activity, title)
    with pytest.raises(ValidationError, match="取消活动的原因"):
        activities.call_off(actor=city, activity=activity, reason="")
    assert activities.call_off(actor=city, activity=activity, reason="讲师因故不能到会。").state == "called_off"
    assert told(invitation, "called_off") == {"甲平台经办人", "甲平台签字人"}
    with oversight.after(activity), pytest.raises(Blocked, match="该活动已取消"):
        invitations.absent(actor=city, invitation=invitation)


def test_an_activity_with_attendance_is_not_called_off(city: Actor) -> None:
    [invitation] = oversight.missed(city, build.titled())
    with pytest.raises(Blocked, match="已登记1家平台的出席情况"):
        activities.call_off(actor=city, activity=invitation.activity, reason="取消")


@pytest.mark.parametrize("field", ["name", "level", "organiser", "place", "content", "contact", "starts_at"])
def test_an_activity_is_announced_with_everything_people_need(city: Actor, field: str) -> None:
    given = {
        "name": "宣讲会", "level": "province", "organiser": "省厅", "starts_at": clock.now() + timedelta(seconds=1),
        "place": "会堂", "content": "宣讲", "contact": "赵六",
    }  # fmt: skip
    wrong = {"level": "county", "starts_at": clock.now()}.get(field, " ")
    with pytest.raises(ValidationError) as refused:
        activities.announce(actor=city, plan=activities.Plan(**{**given, field: wrong}))
    assert list(refused.value.error_dict) == [field]
    assert activities.announce(actor=city, plan=activities.Plan(**given)).state == "announced"


def test_absences_are_counted_per_title_with_their_evidence(city: Actor) -> None:
    twice, once, never = build.titled("甲平台"), build.titled("乙平台"), build.titled("丙平台")
    oversight.missed(city, twice, 2, "province")
    oversight.missed(city, once)
    activity = oversight.announced(city, name="对接会")
    invitation = oversight.invited(city, activity, never)
    with oversight.after(activity):
        invitations.present(actor=city, invitation=invitation)
    found = selectors.unexcused([twice, once, never])
    assert {key: (value.count, value.limit, value.repeated) for key, value in found.items()} == {
        twice.pk: (2, 2, True),
        once.pk: (1, 2, False),
    }
    line = found[twice.pk].lines[0]
    assert line.startswith("2026年11月24日省级活动“政策宣讲会")
    assert line.endswith("”：邀请于2026年11月23日系统送达，无故缺席")
    assert [one.activity.held_on for one in found[twice.pk].invitations] == sorted(
        one.activity.held_on for one in found[twice.pk].invitations
    )
    assert selectors.unexcused([twice], until=date(2026, 11, 24))[twice.pk].count == 1


def test_a_renewed_title_begins_at_zero(city: Actor) -> None:
    old = build.titled(valid=(date(2023, 12, 1), date(2026, 12, 1)))
    oversight.missed(city, old, 2)
    new = Title.objects.get(pk=old.pk)
    new.pk, new.uuid, new.number, new.token, new.sequence = (
        None,
        "00000000-0000-4000-8000-000000000001",
        "KM-new",
        "t",
        None,
    )
    new.save()
    assert set(selectors.unexcused([old, new])) == {old.pk}


def test_counting_costs_the_same_for_one_and_for_many(
    city: Actor, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    titles = [build.titled() for _ in range(3)]
    for title in titles:
        oversight.missed(city, title, 2)
    for listed in (titles[:1], titles):
        with django_assert_num_queries(1):
            found = selectors.unexcused(listed)
            assert [found[title.pk].count for title in listed] == [2] * len(listed)
            assert all(absences.lines for absences in found.values())


def test_marking_many_leaves_what_cannot_be_marked_and_does_the_rest(city: Actor) -> None:
    activity = oversight.announced(city)
    served = [oversight.invited(city, activity, build.titled(f"平台{n}")) for n in (1, 2, 3)]
    with oversight.after(activity):
        invitations.present(actor=city, invitation=served[1])
        results = oversight.marked(city, served, "absent")
    assert [(result.name, bool(result.problem)) for result in results] == [
        ("平台1", False), ("平台2", True), ("平台3", False),
    ]  # fmt: skip
    assert "目前状态为“出席”" in results[1].problem
    assert [Invitation.objects.get(pk=one.pk).state for one in served] == ["absent", "present", "absent"]


def test_each_sees_the_own_invitations(city: Actor) -> None:
    mine, other = build.titled("甲平台"), build.titled("乙平台", "wuhua")
    activity, foreign = oversight.announced(city), oversight.announced(city)
    first, second = oversight.invited(city, activity, mine), oversight.invited(city, foreign, other)
    everything = ({first, second}, {activity, foreign})
    wanted: list[tuple[Actor, set[Invitation], set[Activity]]] = [
        (build.person(mine), {first}, {activity}),
        (cast.district_officer(), {first}, {activity}),
        (cast.district_officer("wuhua", "wuhua"), {second}, {foreign}),
        (city, *everything),
        (cast.person("auditor", Role.AUDITOR), *everything),
        (cast.person("evaluator", Role.EVALUATOR), set(), set()),
    ]
    for actor, invited, announced in wanted:
        assert set(selectors.visible_to(actor)) == invited
        assert set(selectors.activities_visible_to(actor)) == announced
