"""The yearly call: one a year, what it pins, how it is extended and concluded, what the public sees."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import actors
from applications.models import Application, Call, CallExtension
from applications.services import calls, filing
from lifecycle import document_numbers
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import StepRecord
from regulation import parameters
from tests import cast
from tests.pages import Visitor
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> actors.Actor:
    return cast.city_officer()


def fields(**changed: Any) -> dict[str, Any]:
    now = clock.now()
    return {
        "year": now.year, "title": "申报通知", "document_number": "", "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=20), "district_due_at": now + timedelta(days=30), "territorial_test": "service",
        "requirements": "按办法第九条提交材料。", "contact": "0871-63135193", "portal_url": "",
    } | changed  # fmt: skip


def test_publishing_pins_parameters_rubric_and_revision(officer: actors.Actor) -> None:
    call = calls.publish(actor=officer, call=calls.prepare(actor=officer, **fields()))

    call.refresh_from_db()
    assert (call.state, call.revision, call.published_at) == ("open", "2022", clock.now())
    assert call.pinned_parameters == parameters.at(clock.today()).pin()
    assert sum(float(item["maximum"]) for item in call.rubric["items"]) == 100
    assert StepRecord.objects.filter(subject_type="call", step="publish").count() == 1


def test_a_second_call_of_the_year_is_refused_and_one_of_another_year_is_not(officer: actors.Actor) -> None:
    calls.prepare(actor=officer, **fields())

    with pytest.raises(Blocked, match="第十条"):
        calls.prepare(actor=officer, **fields())
    assert calls.prepare(actor=officer, **fields(year=clock.today().year + 1)).state == "draft"


def test_proposed_is_the_first_year_without_a_call(officer: actors.Actor) -> None:
    client, year = Client(), clock.today().year
    client.force_login(officer.user)
    shown = client.get("/applications/calls/new/").content.decode()
    calls.prepare(actor=officer, **fields())
    then = client.get("/applications/calls/new/").content.decode()
    assert (f'value="{year}"' in shown, f'value="{year + 1}"' in then) == (True, True)
    assert f"{year + 1}年度昆明市中小企业公共服务示范平台申报通知" in then


def test_times_must_be_in_order(officer: actors.Actor) -> None:
    now = clock.now()
    with pytest.raises(ValidationError) as wrong:
        calls.prepare(
            actor=officer, **fields(closes_at=now - timedelta(days=1), district_due_at=now - timedelta(days=2))
        )
    assert set(wrong.value.message_dict) == {"closes_at", "district_due_at"}
    assert not Call.objects.exists()


def test_a_published_call_is_not_edited_and_a_draft_is(officer: actors.Actor) -> None:
    call = calls.prepare(actor=officer, **fields())
    assert calls.edit(actor=officer, call=call, **fields(title="改后的标题")).title == "改后的标题"
    calls.publish(actor=officer, call=call)
    with pytest.raises(WrongStage):
        calls.edit(actor=officer, call=call, **fields())


def test_only_the_city_publishes(officer: actors.Actor) -> None:
    call = calls.prepare(actor=officer, **fields())
    with pytest.raises(NotAllowed):
        calls.publish(actor=cast.district_officer(), call=call)


def test_a_call_that_has_closed_already_is_not_published(officer: actors.Actor) -> None:
    now = clock.now()
    late = fields(opens_at=now - timedelta(days=3), closes_at=now - timedelta(days=1))
    with pytest.raises(Blocked, match="已过"):
        calls.publish(actor=officer, call=calls.prepare(actor=officer, **late))


def test_an_extension_reaches_whom_it_names(officer: actors.Actor) -> None:
    call = cast.open_call(officer)
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=call, platform_name="示例平台")
    wuhua, panlong = cast.district("wuhua"), cast.district("panlong")
    later = [call.closes_at + timedelta(days=n) for n in (1, 2, 3)]
    year = clock.today().year

    calls.extend(actor=officer, call=call, document_number=f"昆工信通〔{year}〕2号", reason="台风", closes_at=later[0])
    calls.extend(
        actor=officer,
        call=call,
        document_number=f"昆工信通〔{year}〕3号",
        reason="停电",
        closes_at=later[1],
        district=wuhua,
    )
    calls.extend(
        actor=officer, call=call, document_number=f"昆工信通〔{year}〕4号", reason="系统故障", closes_at=later[2],
        application=application,
    )  # fmt: skip

    call = Call.objects.get()
    assert (call.closes_at_for(panlong.pk), call.closes_at_for(wuhua.pk)) == (later[0], later[1])
    assert Application.objects.get().closes_at == later[2]
    assert "停电" in Visitor().get(call.get_absolute_url()).text


@pytest.mark.parametrize(
    ("number", "days", "words"),
    [
        ("昆工信2号", 3, "文号格式"),
        ("昆工信通〔{year}〕1号", 3, "已经使用"),
        ("昆工信通〔{year}〕8号", -1, "应晚于现在的截止时间"),
    ],
)
def test_a_crooked_extension_is_refused(officer: actors.Actor, number: str, days: int, words: str) -> None:
    call = cast.open_call(officer)
    with pytest.raises(ValidationError, match=words):
        calls.extend(
            actor=officer, call=call, document_number=number.format(year=clock.today().year), reason="台风",
            closes_at=call.closes_at + timedelta(days=days),
        )  # fmt: skip
    assert not CallExtension.objects.exists()


def test_numbers_of_call_and_extension_are_borne_by_nothing_else(officer: actors.Actor) -> None:
    call, year = cast.open_call(officer), clock.today().year
    calls.extend(
        actor=officer, call=call, document_number=f"昆工信通〔{year}〕2号", reason="台风",
        closes_at=call.closes_at + timedelta(days=1),
    )  # fmt: skip
    other = calls.prepare(actor=officer, **fields(year=year + 1))
    for number in (1, 2):
        with pytest.raises(ValidationError, match="已用于另一次决定"):
            document_numbers.checked(f"昆工信通〔{year}〕{number}号", clock.today(), other)
    assert document_numbers.checked(f"昆工信通〔{year}〕3号", clock.today(), other) == f"昆工信通〔{year}〕3号"


def test_neither_call_nor_extension_bears_the_number_of_a_decision(officer: actors.Actor) -> None:
    call, year = cast.open_call(officer), clock.today().year
    borne = f"昆工信通〔{year}〕9号"
    document_numbers.bear(borne, clock.today(), cast.submitted_application(call))
    with pytest.raises(ValidationError, match="已用于另一次决定"):
        calls.prepare(actor=officer, **fields(year=year + 1, document_number=borne))
    with pytest.raises(ValidationError, match="已用于另一次决定"):
        calls.extend(
            actor=officer, call=call, document_number=borne, reason="台风", closes_at=call.closes_at + timedelta(days=1)
        )
    assert not CallExtension.objects.exists()


def test_a_number_borne_while_the_call_was_a_draft_keeps_it_one(officer: actors.Actor) -> None:
    number = f"昆工信通〔{clock.today().year}〕7号"
    draft = calls.prepare(actor=officer, **fields(document_number=number))
    document_numbers.bear(number, clock.today(), calls.prepare(actor=officer, **fields(year=clock.today().year + 1)))
    with pytest.raises(Blocked, match="已用于另一次决定"):
        calls.publish(actor=officer, call=draft)
    assert Call.objects.get(pk=draft.pk).state == "draft"


def test_a_call_is_concluded_when_nothing_is_under_way(officer: actors.Actor) -> None:
    call = cast.open_call(officer)
    with pytest.raises(Blocked, match="尚未截止"):
        calls.conclude(actor=officer, call=call)
    with clock.frozen(call.district_due_at):
        assert calls.conclude(actor=officer, call=call).state == "concluded"


def test_the_public_sees_published_calls_only(officer: actors.Actor) -> None:
    call = calls.prepare(actor=officer, **fields())
    visitor = Visitor()
    assert visitor.get(call.get_absolute_url()).status == 404
    assert Visitor(officer).get(call.get_absolute_url()).status == 200
    calls.publish(actor=officer, call=call)
    page = visitor.get(call.get_absolute_url())
    assert page.status == 200
    assert "还剩" in page.text or "放假安排未公布" in page.text
    assert visitor.get("/applications/calls/templates/served.xlsx").status == 200
    assert visitor.get("/applications/calls/templates/other.xlsx").status == 404


def test_filing_that_has_ended_is_not_overdue_and_nobody_is_asked_to_begin(officer: actors.Actor) -> None:
    call, filer = cast.open_call(officer), cast.filer(cast.organisation())

    def said() -> tuple[bool, bool, bool]:
        client = Client()
        client.force_login(filer.user)
        page = client.get(f"/applications/calls/{call.uuid}/").content.decode()
        return "申报已截止" in page, "已逾期" in page, "开始申报" in page

    assert said() == (False, False, True)
    with clock.frozen(call.closes_at):
        assert said() == (True, False, False)


def test_a_call_is_drafted_published_and_extended_by_forms(officer: actors.Actor) -> None:
    visitor, now = Visitor(officer), clock.now()
    form = visitor.get(visitor.get("/applications/calls/").links["拟定申报通知"])
    typed = {
        "requirements": "材料一式一份。", "contact": "0871-63135193", "opens_at": f"{now:%Y-%m-%dT00:00}",
        "closes_at": f"{now + timedelta(days=10):%Y-%m-%dT17:30}", "district_due_at": f"{now + timedelta(days=20):%Y-%m-%dT00:00}",
    }  # fmt: skip

    wrong = visitor.submit(form, "保存草稿", typed | {"closes_at": f"{now - timedelta(days=9):%Y-%m-%dT17:30}"})
    assert wrong.status == 422
    assert "申报截止应晚于申报开始" in wrong.text
    page = visitor.submit(form, "保存草稿", typed)
    assert "已拟定" in page.text
    page = visitor.submit(visitor.get(page.links["发布申报通知"]), "发布申报通知")
    assert "正在申报" in page.text
    extend = visitor.get(page.links["延长申报时间"])
    typed = {
        "closes_at": f"{now + timedelta(days=12):%Y-%m-%dT17:30}", "document_number": f"昆工信通[{now.year}]5号", "reason": "停电",
    }  # fmt: skip
    done = visitor.submit(extend, "公布延期", typed)
    assert f"昆工信通〔{now.year}〕5号" in done.text


def test_a_page_of_the_city_is_closed_to_others(officer: actors.Actor) -> None:
    call = cast.open_call(officer)
    address = f"{call.get_absolute_url()}extend/"
    assert Visitor(cast.filer(cast.organisation())).get(address).status == 403
    assert Visitor(officer).get(address).status == 200


def test_the_list_of_calls_costs_the_same_for_one_and_for_many(
    officer: actors.Actor, django_assert_num_queries: Any
) -> None:
    cast.open_call(officer)
    visitor = Visitor(officer)
    visitor.get("/applications/calls/")
    with CaptureQueriesContext(connection) as one:
        visitor.get("/applications/calls/")
    for year in range(2, 5):
        calls.prepare(actor=officer, **fields(year=clock.today().year + year))
    with django_assert_num_queries(len(one)):
        visitor.get("/applications/calls/")


def test_the_applicants_list_costs_the_same_for_one_and_for_many(
    officer: actors.Actor, django_assert_num_queries: Any
) -> None:
    filer = cast.filer(cast.organisation())
    call = cast.open_call(officer)
    filing.create(actor=filer, call=call, platform_name="示例平台")
    visitor = Visitor(filer)
    visitor.get("/applications/mine/")
    with CaptureQueriesContext(connection) as one:
        visitor.get("/applications/mine/")
    for _ in range(3):
        cast.put_into(filer.organisation.applications.latest("pk"), "withdrawn")
        filing.create(actor=filer, call=call, platform_name="示例平台")
    with django_assert_num_queries(len(one)):
        visitor.get("/applications/mine/")
