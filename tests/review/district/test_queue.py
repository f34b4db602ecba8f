"""The queue: what lies in it for whom, filters, giving cases to officers, taking the list away."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from files.models import IssuedDocument
from lifecycle.errors import NotAllowed
from review.models import CaseAssignment, FlagCount
from review.selectors.queues import Choice, Queue
from review.services import assignments, district
from tests import cast
from tests.pages import Visitor
from tests.review import build
from tests.review.crowd import crowd
from timekeeping import clock

pytestmark = pytest.mark.django_db
QUEUE, CITY, EXPORT, ASSIGN = "/review/queue/", "/review/city/", "/review/queue/export.xlsx", "/review/queue/assign/"


def names(actor: Actor, **choice: Any) -> list[str]:
    queue = Queue(actor, Choice(**choice))
    return [row.application.organisation.name for row in queue.rows(queue.order)]


def give(officer: Actor, to: Actor | None, *cases: Application, seen: int = 0) -> list[str]:
    results = assignments.assign_all(
        actor=officer, cases={one.pk: seen for one in cases}, officer=to.user if to else None
    )
    return [one.refused for one in results]


@pytest.fixture
def three(call: Call) -> list[Application]:
    return [build.submitted(call, name=name) for name in ("示例甲", "示例乙", "示例丙")]


def test_mine_is_what_is_given_to_me_or_to_nobody(three: list[Application], officer: Actor, colleague: Actor) -> None:
    first, second, _ = three
    give(officer, officer, first)
    give(officer, colleague, second)
    assert names(officer) == ["示例甲", "示例丙"]
    assert names(colleague) == ["示例乙", "示例丙"]
    assert Queue(officer, Choice()).counts == {"mine": 2, "all": 3, "returned": 0, "recommended": 0}
    assert names(officer, tab="all") == ["示例甲", "示例乙", "示例丙"]
    assert names(officer, handler="me") == ["示例甲"]
    assert names(officer, handler="none") == ["示例丙"]
    assert names(officer, handler=str(colleague.person.uuid)) == ["示例乙"]


def test_a_case_whose_officer_left_or_that_moved_on_is_nobodys(
    three: list[Application], officer: Actor, colleague: Actor, stranger: Actor
) -> None:
    first, second, _ = three
    give(officer, colleague, first, second)
    district.transfer(actor=officer, application=first, to=stranger.district, reason="经营服务地在五华区。")
    assert names(stranger, handler="none") == ["示例甲"]
    assert names(officer) == ["示例丙"]
    assert colleague.capacity
    colleague.capacity.ended_at = clock.now()
    colleague.capacity.save()
    assert names(officer) == ["示例乙", "示例丙"]


def test_giving_a_case_on_keeps_its_history_and_limits_nobody(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    give(officer, colleague, application)
    give(colleague, officer, application, seen=CaseAssignment.objects.get().pk)
    give(officer, None, application, seen=CaseAssignment.objects.latest("pk").pk)
    history = [
        (one.officer.username, one.assigned_by.username, bool(one.ended_at)) for one in CaseAssignment.objects.all()
    ]
    assert history == [("colleague", "district", True), ("district", "colleague", True)]
    build.check_all(colleague, application)
    assert district.accept(actor=officer, application=application).state == "accepted"


def test_each_case_has_its_own_answer(
    three: list[Application], officer: Actor, colleague: Actor, stranger: Actor
) -> None:
    first, second, third = three
    give(officer, colleague, second)
    district.accept(actor=officer, application=third)
    district.not_recommend(actor=officer, application=third, reason="不符合条件。")
    assert give(officer, officer, *three) == [
        "",
        "已于2026-11-23 09:00分派给colleague，请核对后再办理",
        "目前状态为“不予推荐”，县区已办结，不再分派",
    ]
    held = CaseAssignment.objects.filter(ended_at=None).values_list("application", "officer")
    assert set(held) == {(first.pk, officer.user_id), (second.pk, colleague.user_id)}


def test_only_officers_of_the_district_give_and_are_given_its_cases(
    application: Application, officer: Actor, stranger: Actor, city: Actor
) -> None:
    with pytest.raises(ValidationError, match="不是本县"):
        give(officer, stranger, application)
    with pytest.raises(NotAllowed):
        give(city, officer, application)
    assert give(stranger, stranger, application) == []
    assert CaseAssignment.objects.count() == 0


def test_cases_are_chosen_looked_at_again_and_given_by_plain_forms(
    three: list[Application], officer: Actor, colleague: Actor
) -> None:
    visitor = Visitor(officer)
    queue = visitor.get(QUEUE)
    picks = [str(box["value"]) for box in queue.soup.select("input[name=case]")][:2]
    assert visitor.submit(queue, "给所选的分派经办人").status == 422
    second_look = visitor.submit(queue, "给所选的分派经办人", {"case": picks})
    assert "请核对将分派的 2 件" in second_look.text
    assert CaseAssignment.objects.count() == 0
    done = visitor.submit(second_look, "确认分派", {"officer": str(colleague.person.uuid)})
    assert done.text.count("已分派") == 2
    assert set(CaseAssignment.objects.values_list("application", flat=True)) == {one.pk for one in three[:2]}
    assert "经办人：colleague" in visitor.get(f"{QUEUE}?tab=all&handler={colleague.person.uuid}").text


def test_all_under_the_filter_are_given_across_pages(call: Call, officer: Actor, colleague: Actor) -> None:
    crowd(call, 120)
    build.submitted(call, name="示例外", slug="wuhua")
    visitor = Visitor(officer)
    queue = visitor.get(f"{QUEUE}?tab=all&state=submitted")
    assert "选择符合条件的全部 45 件（含其他页）" not in queue.text  # they fit on one page
    queue = visitor.get(f"{QUEUE}?tab=all&q=示例服务机构")
    assert "选择符合条件的全部 120 件（含其他页）" in queue.text
    second_look = visitor.submit(queue, "给所选的分派经办人", {"all": "1"})
    assert "请核对将分派的 120 件" in second_look.text
    visitor.submit(second_look, "确认分派", {"officer": str(colleague.person.uuid)})
    given = CaseAssignment.objects.filter(officer=colleague.user)
    # Those the city has admitted are no longer the district's to give.
    assert given.count() == 120 - Application.objects.filter(state="admitted").count()
    assert not given.exclude(application__district=officer.district).exists()


def test_a_foreign_case_named_in_the_form_is_passed_over(
    application: Application, officer: Actor, stranger: Actor
) -> None:
    body = {"case": f"{application.uuid}:0", "do": "preview"}
    client = Client()
    client.force_login(stranger.user)
    refused = client.post(ASSIGN, body)
    assert (refused.status_code, application.platform_name in refused.content.decode()) == (422, False)
    client.force_login(officer.user)
    assert application.platform_name in client.post(ASSIGN, body).content.decode()
    assert client.post(ASSIGN, {"cases": "no-uuid:1 x"}).status_code == 422
    assert client.post(ASSIGN, {"case": f"{application.uuid}:{'9' * 5000}"}).status_code == 422


def test_queue_export_and_assigning_are_for_officers_alone(application: Application, city: Actor) -> None:
    wanted = {None: 302, Role.FILER: 403, Role.CITY_OFFICER: 200, Role.AUDITOR: 200, Role.DISTRICT_OFFICER: 200}
    people = {Role.FILER: cast.actor_of(application), Role.CITY_OFFICER: city}
    people |= {
        Role.AUDITOR: cast.person("auditor", Role.AUDITOR),
        Role.DISTRICT_OFFICER: cast.district_officer("third"),
    }
    for role, status in wanted.items():
        client = Client()
        if role:
            client.force_login(people[role].user)
        answer = client.get(EXPORT)
        answer.close()
        assert answer.status_code == status, role
        assert client.get(QUEUE).status_code == (403 if role in (Role.CITY_OFFICER, Role.AUDITOR) else status), role
        posted = client.post(ASSIGN, {"case": f"{application.uuid}:0"}).status_code
        assert posted == (status if role in (None, Role.DISTRICT_OFFICER) else 403), role


def test_terms_flags_and_districts_filter_and_can_be_taken_off(call: Call, officer: Actor, city: Actor) -> None:
    soon, later = build.submitted(call, name="示例急"), build.submitted(call, name="示例缓")
    district.accept(actor=officer, application=later)
    build.submitted(call, name="示例外", slug="wuhua")
    FlagCount.objects.create(application=later, version=later.current_version, open=2, total=3)
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert names(officer, due="soon") == ["示例急"]
        assert Queue(officer, Choice(due="soon")).counts["mine"] == 1
    with clock.frozen(clock.now() + timedelta(days=10)):
        assert names(officer, due="overdue") == ["示例急"]
    assert names(officer, flags=True) == ["示例缓"]
    assert names(city, tab="all", district="wuhua") == ["示例外"]
    page = Visitor(officer).get(f"{QUEUE}?tab=all&flags=open&state=accepted&handler=none&q={soon.receipt_number[:3]}")
    chips = {chip.get_text(strip=True): chip["href"] for chip in page.soup.select(".chip")}
    assert set(chips) == {"含“KM-”", "初审中", "经办人：未分派", "有待核实提示"}
    assert "flags=" not in chips["有待核实提示"]
    assert "待核实 2" in page.text


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def sheet_of(client: Client, address: str) -> list[tuple[Any, ...]]:
    answer = client.get(address)
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    answer.close()
    return [tuple(cell for cell in row) for row in book.active.iter_rows()]


def test_the_export_is_the_filtered_list_of_all_pages(
    call: Call, officer: Actor, stranger: Actor, city: Actor, folder: None
) -> None:
    crowd(call, 60)
    outside = build.submitted(call, name="示例外", slug="wuhua")
    evil = Application.objects.earliest("pk")
    Application.objects.filter(pk=evil.pk).update(platform_name='=HYPERLINK("http://evil")')
    give(officer, officer, evil)
    mine = Visitor(officer).client
    rows = sheet_of(mine, f"{EXPORT}?tab=all")
    listed = {row[0].value: row for row in rows[1:]}
    assert set(listed) == set(
        Application.objects.filter(district=officer.district).values_list("receipt_number", flat=True)
    )
    line = listed[evil.receipt_number]
    assert (line[1].value, line[1].data_type) == ('=HYPERLINK("http://evil")', "s")
    assert (line[8].value, line[13].value, line[14].value) == ("district", "李*", "138****0001")
    assert (
        len(sheet_of(mine, f"{EXPORT}?tab=all&state=returned"))
        == 1 + Application.objects.filter(state="returned").count()
    )
    foreign = sheet_of(Visitor(stranger).client, f"{EXPORT}?tab=all")
    assert [row[0].value for row in foreign[1:]] == [outside.receipt_number]


def test_who_took_which_list_stays_on_file(application: Application, officer: Actor, folder: None) -> None:
    sheet_of(Visitor(officer).client, f"{EXPORT}?tab=all&handler=none")
    kept = IssuedDocument.objects.select_related("file").get(kind="queue_export")
    assert kept.title == "初审推荐（全部、经办人：未分派）20261123090000 district导出1件"
    assert (kept.file.purpose, kept.file.uploaded_by, kept.subject_id) == (
        "export",
        officer.user,
        officer.capacity.uuid,
    )
    auditor = Visitor(cast.person("auditor", Role.AUDITOR))
    assert "导出" in auditor.get("/desk/issued/").text
    assert Visitor(officer).get(f"/desk/issued/{kept.uuid}/").status == 403


@contextmanager
def counted(found: list[int]) -> Iterator[None]:
    with CaptureQueriesContext(connection) as queries:
        yield
    found.append(len(queries))


@pytest.mark.parametrize("address", [QUEUE, f"{QUEUE}?tab=all&due=soon", f"{CITY}?tab=silent", f"{EXPORT}?tab=all"])
def test_one_or_two_hundred_cases_cost_the_same_queries(
    call: Call, officer: Actor, city: Actor, folder: None, address: str
) -> None:
    client = Visitor(city if address.startswith(CITY) else officer).client
    found: list[int] = []
    # One case asks for less than a mixed lot, which has corrections and terms; from there on nothing is added.
    for many, start in ((1, 0), (9, 1), (190, 10)):
        give(officer, officer, *crowd(call, many, start=start))
        with clock.frozen(call.district_due_at if address.startswith(CITY) else clock.now()):
            client.get(address).close()
            with counted(found):
                client.get(address).close()
    assert found[0] <= found[1] == found[2]


def test_giving_two_hundred_cases_costs_as_much_as_giving_one(call: Call, officer: Actor) -> None:
    one, many = crowd(call, 1), crowd(call, 199, start=1)
    found: list[int] = []
    for cases in (one, many):
        with counted(found):
            give(officer, officer, *cases)
    assert found[0] == found[1]


def test_a_full_page_of_the_queue_is_light(call: Call, officer: Actor) -> None:
    crowd(call, 120)
    page = Visitor(officer).get(f"{QUEUE}?tab=all")
    assert len(page.soup.select("input[name=case]")) == 50
    assert len(gzip.compress(page.body)) < 30_000
