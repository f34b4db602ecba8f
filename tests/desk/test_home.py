"""The desk says what a person owes, by when, under which article."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application
from desk import agenda, duties, reading, waiting
from lifecycle import engine, states, steps
from supervision.models import AnnualReport
from tests import cast
from tests.matrices.world import World
from timekeeping import clock
from timekeeping.clock import shanghai

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def test_every_duty_is_a_step_its_role_may_take_from_that_state() -> None:
    wrong = [d for d in duties.DUTIES if d.state not in d.row.sources or d.state not in states.STATES[d.subject]]
    assert wrong == []
    assert [
        d for d in duties.DUTIES if d.role not in d.row.actors and (d.role, d.step) != (Role.FILER, "resubmit")
    ] == []


def test_every_waiting_state_somebody_must_end_is_a_duty_of_somebody() -> None:
    owed = {(d.subject, d.state) for d in duties.DUTIES} | waiting.ELSEWHERE.keys()
    with_term = {(row.subject, s) for row in steps.STEPS if row.term for s in row.sources}
    assert with_term - owed == set()


@pytest.fixture
def world() -> World:
    return World()


def test_an_officer_reads_the_duty_its_article_and_its_last_day() -> None:
    with clock.frozen(shanghai(2026, 9, 24, 10)), mock.patch("lifecycle.guards.reasons", return_value=iter(())):
        world = World()
        application = world.subject("application", "awaiting_signature")
        with engine.act(actor=world.personas["own signatory"]) as act:
            [fresh] = act.lock(application)
            act.take(fresh, "submit")
    with clock.frozen(shanghai(2026, 9, 28, 9)):
        page = signed_in(world.personas["own district"]).get("/desk/").content.decode()
    assert "受理，或一次性告知需补正的全部事项" in page
    assert "第十一条" in page
    assert "2026-10-09 · 还剩 4 个工作日" in page


def test_another_districts_officer_owes_nothing(world: World) -> None:
    world.subject("application", "submitted")
    assert agenda.tasks(world.personas["other district"]) == []
    assert [task.duty.step for task in agenda.tasks(world.personas["own district"])] == ["accept"]


def test_an_overdue_duty_says_so_and_comes_first(world: World) -> None:
    call = world.call
    world.subject("application", "accepted")
    with clock.frozen(call.district_due_at + timedelta(minutes=1)):
        task = agenda.tasks(world.personas["own district"])[0]
        page = signed_in(world.personas["own district"]).get("/desk/").content.decode()
        assert task.due is not None
        assert task.due.overdue is True
    assert "其中 1 件已超过期限" in page


@pytest.mark.parametrize("persona", ["own filer", "own signatory", "own district", "city officer", "assigned expert", "assigned inspector", "evaluator", "auditor", "sysadmin"])  # fmt: skip
def test_every_role_has_a_desk(world: World, persona: str) -> None:
    response = signed_in(world.personas[persona]).get("/desk/")
    assert response.status_code == 200
    assert world.personas[persona].capacity.label in response.content.decode()


def test_somebody_without_any_capacity_is_told_whom_to_ask() -> None:
    client = Client()
    client.force_login(cast.User.objects.create_user("nobody", name="无身份"))
    response = client.get("/desk/")
    assert response.status_code == 403
    assert "系统管理员" in response.content.decode()


@pytest.mark.parametrize(("persona", "state", "price", "words"), [
    ("city officer", "forwarded", 21, "核对推荐材料，受理或退回县区"),
    ("own district", "submitted", 18, "受理，或一次性告知需补正的全部事项"),
])  # fmt: skip
def test_the_desk_costs_the_same_with_one_case_and_with_many(
    world: World, persona: str, state: str, price: int, words: str, django_assert_num_queries: Callable[..., object]
) -> None:
    client = signed_in(world.personas[persona])
    client.get("/desk/")
    world.subject("application", state)
    with django_assert_num_queries(price):
        assert client.get("/desk/").content.decode().count(words) == 1
    for number in range(6):
        body = cast.organisation(f"示例单位{number}")
        copy = Application(
            call=world.call, organisation=body, district=body.district, platform_name=f"示例平台{number}",
            created_by=world.personas["own filer"].user,
        )  # fmt: skip
        copy.__dict__["state"] = state
        copy.save()
    with django_assert_num_queries(price):
        assert client.get("/desk/").content.decode().count(words) == 7


def test_the_desk_of_a_platform_costs_the_same_with_one_report_and_with_many(
    world: World, django_assert_num_queries: Callable[..., object]
) -> None:
    client, words = signed_in(world.personas["own filer"]), "按县区意见补充年度报告"
    first = world.subject("annual_report", "returned")
    assert isinstance(first, AnnualReport)
    client.get("/desk/")
    with django_assert_num_queries(15):
        assert client.get("/desk/").content.decode().count(words) == 1
    for year in range(first.year - 4, first.year):
        copy = AnnualReport(
            title=first.title,
            district=first.district,
            year=year,
            created_by=first.created_by,
            first_submitted_at=first.first_submitted_at,
        )
        copy.__dict__["state"] = "returned"
        copy.save()
    with django_assert_num_queries(15):
        assert client.get("/desk/").content.decode().count(words) == 5


def test_a_case_that_takes_a_step_while_the_desk_is_read_is_left_out_and_breaks_nothing(world: World) -> None:
    officer, found = world.personas["own district"], reading._found
    world.subject("application", "submitted")

    def overtaken(*args: object) -> object:
        answer = found(*args)  # type: ignore[arg-type]
        Application.objects.update(state="recommended")
        return answer

    with mock.patch("desk.reading._found", overtaken):
        assert agenda.tasks(officer) == []
    world.subject("application", "submitted")
    assert [task.duty.step for task in agenda.tasks(officer)] == ["accept"]


def test_only_who_has_a_title_is_asked_about_what_follows_from_one(world: World) -> None:
    filer = world.personas["own filer"]
    lives = ["application", "plaque", "annual_report", "change", "ending"]
    world.subject("application", "draft")
    assert reading.reachable(filer, lives) == ["application", "change"]
    plaque = world.subject("plaque", "issued")
    assert plaque.concerned_organisation == filer.organisation
    assert reading.reachable(filer, lives) == lives
    assert "签收牌匾" in [task.duty.words for task in agenda.tasks(filer)]
    assert reading.reachable(world.personas["other filer"], lives) == ["application", "change"]
    assert reading.reachable(world.personas["city officer"], lives) == lives


def test_what_can_no_longer_be_submitted_is_not_asked_for_and_its_page_says_so() -> None:
    filer = cast.filer(cast.organisation())
    signatory = cast.signatory(filer.organisation)
    application = cast.awaiting_signature(filer)
    words = "这份申报没有提交，不再接收"

    def seen() -> tuple[list[str], bool, bool]:
        page = signed_in(signatory).get(application.get_absolute_url()).content.decode()
        return [task.duty.step for task in agenda.tasks(signatory)], words in page, "核对并提交</a>" in page

    with clock.frozen(application.closes_at - timedelta(seconds=1)):
        assert seen() == (["submit"], False, True)
    with clock.frozen(application.closes_at):
        assert seen() == ([], True, False)
    Application.objects.update(state="draft")
    with clock.frozen(application.closes_at):
        page = signed_in(filer).get(application.get_absolute_url()).content.decode()
        assert ([task.duty.step for task in agenda.tasks(filer)], words in page) == ([], True)
        assert ("送签字人确认</a>" in page, "继续填写" in page) == (False, False)
        listed = signed_in(filer).get("/applications/mine/").content.decode()
        assert ("没有提交，申报已截止" in listed, "填报中" in listed) == (True, False)


def test_a_missing_page_leads_people_back_to_their_desk_and_the_public_home() -> None:
    person, public = signed_in(cast.filer(cast.organisation())), Client()
    pages = [client.get("/nothing/here/").content.decode() for client in (person, public)]
    assert ["回到我的事项</a>" in page for page in pages] == [True, False]
    assert ["回到首页</a>" in page for page in pages] == [True, True]
    assert person.get("/desk/").status_code == 200
