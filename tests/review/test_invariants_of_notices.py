"""Each invariant of notices and objections turns red when it is broken, and only then."""

from datetime import date

from lifecycle import engine
from lifecycle.models import Counter
from review.invariants import notices, objections
from review.models import ObjectorIdentity
from review.services import objections as services
from tests import cast
from tests.review import stage
from tests.review.stage import City


def test_a_sound_notice_with_a_held_platform_is_green(city: City) -> None:
    notice = city.published(city.proposed(), city.proposed())
    services.investigate(actor=city.officer, objection=city.objection(notice))
    assert [*notices.check(), *objections.check()] == []


def test_a_period_of_nine_working_days_is_found(city: City) -> None:
    notice = city.published()
    notice.items.update(ends_on=date(2026, 6, 14))
    assert list(notices.check()) == [f"公示 {notice.uuid} 第1项只有9个工作日，应不少于10个"]


def test_a_platform_on_notice_that_no_list_names_is_found(city: City) -> None:
    application = city.proposed()
    cast.put_into(application, "on_notice")
    assert list(notices.check()) == [f"申报 {application.uuid} 在公示阶段，但没有列在任何已发布的公示上"]


def test_a_held_platform_without_an_investigation_is_found(city: City) -> None:
    application = city.proposed()
    city.published(application)
    cast.put_into(application, "held")
    assert list(objections.check()) == [f"申报 {application.uuid} 处于异议核查中，但没有正在调查的异议"]


def test_an_investigation_that_holds_nobody_is_found(city: City) -> None:
    application = city.proposed()
    objection = city.objection(city.published(application))
    cast.put_into(objection, "investigating")
    assert list(objections.check()) == [f"申报 {application.uuid} 有正在调查的异议，但没有暂停"]


def test_a_gap_in_the_receipt_numbers_and_a_missing_identity_are_found(city: City) -> None:
    objection = city.objection(city.published())
    Counter.objects.filter(kind="objection").update(last=2)
    ObjectorIdentity.objects.all().delete()
    assert list(objections.check()) == [
        "objection 2026年编号不连续：已发 [1]，计数器为 2",
        f"异议 {objection.receipt_number} 署名，但没有异议人信息",
    ]


def test_a_decision_before_the_end_of_the_notice_is_found(city: City) -> None:
    application = city.proposed()
    city.published(application)
    with stage.without_rules(), engine.act(actor=city.second) as act:
        [locked] = act.lock(application)
        act.take(locked, "decline", reason="提前决定")
    assert list(notices.check()) == [f"申报 {application.uuid} 于 2026-06-01 09:00 决定，公示尚未期满"]
