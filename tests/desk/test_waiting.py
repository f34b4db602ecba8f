"""The desk says what waits for others: whose step it is, by when, and never a case of somebody else's district or organisation."""

from collections.abc import Callable
from unittest import mock

import pytest
from django.test import Client

from accounts import actors
from accounts.actors import Actor
from accounts.models import Role
from desk import agenda, duties, waiting
from lifecycle import engine, states
from registry.models import Plaque
from tests import cast
from tests.matrices.world import World
from tests.review.stage import without_rules
from tests.supervision import reports
from timekeeping import clock

pytestmark = pytest.mark.django_db
# Lives that somebody owes something about and that nobody else has to follow.
OWN_WORK = {"call"}


def groups(actor: Actor) -> list[tuple[str, str, int, str]]:
    return [(g.life, g.state, g.count, g.who) for g in waiting.waiting(actor)]


def page(actor: Actor) -> str:
    client = Client()
    client.force_login(actor.user)
    return client.get("/desk/").content.decode()


@pytest.fixture
def world() -> World:
    return World()


def test_every_life_in_which_something_is_owed_is_followed() -> None:
    assert {duty.subject for duty in duties.DUTIES} - set(waiting.FOLLOWED) == OWN_WORK


def test_every_stage_named_exists_and_has_somebody_to_wait_for() -> None:
    assert [key for key in waiting.ELSEWHERE if key[1] not in states.STATES[key[0]]] == []
    named = {(d.subject, d.state) for d in duties.DUTIES if d.subject in waiting.FOLLOWED} | set(waiting.ELSEWHERE)
    assert [key for key in named if not waiting.who_of(*key)] == []


def test_a_filed_case_waits_for_the_district_on_the_desks_of_its_own_people_only(world: World) -> None:
    world.subject("application", "submitted")
    for own in ("own filer", "own signatory"):
        assert groups(world.personas[own]) == [("application", "submitted", 1, "县区主管部门")]
    for other in ("other filer", "other signatory", "other district", "own district", "assigned expert", "evaluator"):
        assert groups(world.personas[other]) == []


def test_what_one_of_two_people_owes_the_other_waits_for(world: World) -> None:
    world.subject("application", "awaiting_signature")
    assert groups(world.personas["own filer"]) == [("application", "awaiting_signature", 1, "单位签字人")]
    assert groups(world.personas["own signatory"]) == []


def test_the_applicant_does_not_learn_of_the_sample_nor_the_district_of_a_draft(world: World) -> None:
    world.subject("sample", "open")
    world.subject("application", "draft")
    for persona in ("own filer", "own district", "other district"):
        assert [g for g in groups(world.personas[persona]) if g[0] == "sample"] == []
    assert [g for g in groups(world.personas["own district"]) if g[0] == "application"] == []


def test_what_a_second_person_confirms_waits_for_a_colleague(world: World) -> None:
    meeting = world.subject("meeting", "entered")
    first = actors.acting(meeting.entered_by.capacities.get())
    second = cast.city_officer("second")
    assert [task.subject for task in agenda.tasks(second) if task.subject.SUBJECT == "meeting"] == [meeting]
    assert [task.subject for task in agenda.tasks(first) if task.subject.SUBJECT == "meeting"] == []
    assert ("meeting", "entered", 1, "市局另一名经办人") in groups(first)
    assert [g for g in groups(second) if g[0] == "meeting"] == []


def test_every_act_of_a_second_person_is_owed_by_somebody() -> None:
    assert [key for key in agenda.SECOND if key not in {(d.subject, d.state) for d in duties.DUTIES}] == []


def test_a_report_in_the_district_waits_for_it_on_the_platforms_desk(world: World) -> None:
    world.subject("annual_report", "submitted")
    assert ("annual_report", "submitted", 1, "县区主管部门") in groups(world.personas["own filer"])
    assert ("annual_report", "submitted", 1, "县区主管部门") in groups(world.personas["city officer"])
    for other in ("other filer", "other district"):
        assert [g for g in groups(world.personas[other]) if g[0] == "annual_report"] == []


def test_the_auditor_reads_everything_open_with_whose_step_it_is(world: World) -> None:
    world.version  # noqa: B018 - a submitted application has a version
    application = world.subject("application", "returned")
    application.current_version = world.version
    application.save()
    world.subject("score_sheet", "scoring")
    world.subject("sample", "open")
    found = groups(world.personas["auditor"])
    assert found == [
        ("application", "returned", 1, "申报单位"),
        ("sample", "open", 1, "县区主管部门"),
        ("panel", "forming", 1, "市局"),
        ("score_sheet", "scoring", 1, "评审专家"),
    ]
    assert "正在办理" in page(world.personas["auditor"])


def test_reports_that_are_missing_are_named_to_their_district_and_to_the_city() -> None:
    missing, other = reports.titled("甲平台"), reports.titled("乙平台", "wuhua")
    with clock.frozen(clock.shanghai(2027, 1, 5, 9)):
        officer, city = cast.district_officer(), cast.city_officer("city9")
        assert groups(officer) == [("annual_report", "", 1, "示范平台")]
        assert groups(city) == [("annual_report", "", 2, "示范平台"), ("district_report", "", 2, "县区主管部门")]
        text = page(officer)
        assert missing.platform_name in text
        assert other.platform_name not in text
        reports.filed(missing)
        assert [g for g in groups(officer) if g[1] == ""] == []
        assert ("annual_report", "", 1, "示范平台") in groups(city)


def test_what_is_beyond_its_term_stands_first_and_says_so() -> None:
    title = reports.titled("甲平台")
    with clock.frozen(clock.shanghai(2026, 3, 10, 9)), without_rules():
        city, auditor = cast.city_officer("city9"), cast.person("auditor", Role.AUDITOR)
        with engine.act(actor=city) as act:
            act.create(Plaque(title=title, serial="P-1", year=2026, sequence=1), "allot")
        found = waiting.waiting(auditor)
        assert [(g.life, g.overdue) for g in found] == [("annual_report", 1), ("district_report", 1), ("plaque", 0)]
        assert "期限 2026-02-02，已逾期" in page(auditor)


def test_the_price_is_the_same_for_one_case_and_for_many(django_assert_max_num_queries: Callable[..., object]) -> None:
    titles = [reports.titled(f"平台{n}") for n in range(5)]
    with clock.frozen(reports.JANUARY):
        officer, city, auditor = (
            cast.district_officer(),
            cast.city_officer("city9"),
            cast.person("auditor9", Role.AUDITOR),
        )
        reports.filed(titles[0])
        for actor in (officer, city, auditor, reports.person(titles[0])):
            with django_assert_max_num_queries(75) as one:
                waiting.waiting(actor)
            _many(titles, actor, len(one), django_assert_max_num_queries)


def _many(titles: list, actor: Actor, price: int, django_assert_max_num_queries: Callable[..., object]) -> None:  # type: ignore[type-arg]
    from supervision.models import AnnualReport

    for title in titles[1:]:
        if not AnnualReport.objects.filter(title=title).exists():
            reports.filed(title)
    with django_assert_max_num_queries(price):
        waiting.waiting(actor)


def test_the_number_of_waiting_cases_counts_those_too_that_are_not_looked_at() -> None:
    titles = [reports.titled(f"平台{n}") for n in range(3)]
    with clock.frozen(reports.JANUARY):
        city = cast.city_officer("city9")
        for title in titles:
            reports.filed(title)
        with mock.patch.object(waiting, "WAITING", waiting.WAITING._replace(looked_at=slice(2))):
            [group] = [one for one in waiting.waiting(city) if one.state == "submitted"]
        assert (group.count, len(group.cases), group.more) == (3, 2, 1)
        [group] = [one for one in waiting.waiting(city) if one.state == "submitted"]
        assert (group.count, len(group.cases), group.more) == (3, 3, 0)
