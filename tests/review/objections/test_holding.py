"""An objection holds the platform it names and no other; anonymous and late ones hold nobody (Art. 14, 15)."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from lifecycle import engine, story
from lifecycle.errors import Blocked
from review import invariants
from review.models import Objection
from review.selectors import objections as selectors
from review.selectors import public_notices, separation
from review.services import objections
from tests import cast
from tests.review import stage
from tests.review.stage import CONCLUSION, City, fresh


def test_an_objection_holds_only_its_platform(city: City) -> None:
    meant, other = city.proposed(), city.proposed()
    objection = city.objection(city.published(meant, other), meant)
    assert fresh(meant).state == "on_notice"
    objections.investigate(actor=city.officer, objection=objection)
    assert [fresh(a).state for a in (meant, other)] == ["held", "on_notice"]
    assert fresh(objection).handler == city.officer.user


def test_an_unfounded_objection_releases_its_platform(city: City) -> None:
    application = city.proposed()
    objection = city.objection(city.published(application))
    objections.investigate(actor=city.officer, objection=objection)
    objections.find_unfounded(actor=city.officer, objection=objection, **CONCLUSION)
    found = fresh(objection)
    assert (fresh(application).state, found.state, found.answer_text) == (
        "on_notice", "unfounded", CONCLUSION["answer_text"]
    )  # fmt: skip
    assert list(invariants.check()) == []


def test_a_second_objection_keeps_the_platform_held_until_both_are_settled(city: City) -> None:
    application = city.proposed()
    notice = city.published(application)
    first, second = city.objection(notice), city.objection(notice)
    for objection in (first, second):
        objections.investigate(actor=city.officer, objection=objection)
    objections.find_unfounded(actor=city.officer, objection=first, **CONCLUSION)
    assert fresh(application).state == "held"
    assert list(invariants.check()) == []
    objections.find_unfounded(actor=city.officer, objection=second, **CONCLUSION)
    assert fresh(application).state == "on_notice"


def test_a_founded_objection_ends_the_case_and_the_others_are_still_answered(city: City) -> None:
    application = city.proposed()
    notice = city.published(application)
    founded, sibling, waiting = (city.objection(notice) for _ in range(3))
    for objection in (founded, sibling):
        objections.investigate(actor=city.officer, objection=objection)
    objections.find_founded(actor=city.officer, objection=founded, **CONCLUSION)
    assert fresh(application).state == "objection_upheld"
    assert [item.removed for item in public_notices.items(notice)] == ["移出名单"]
    objections.find_unfounded(actor=city.officer, objection=sibling, **CONCLUSION)
    objections.answer(actor=city.officer, objection=waiting, answer_text="该平台已不予认定。")
    assert [fresh(o).state for o in (founded, sibling, waiting)] == ["founded", "unfounded", "answered"]
    assert fresh(application).state == "objection_upheld"
    assert list(invariants.check()) == []


def test_the_last_second_of_the_last_day_is_in_time_and_the_next_is_late(city: City) -> None:
    application = city.proposed()
    notice = city.published(application)
    with stage.at(clock_of(23, 59, 59)):
        in_time = city.objection(notice)
    with stage.at(stage.AFTER):
        late = city.objection(notice)
        assert engine.blockers(late, "investigate", city.officer) == [
            "收到时间在公示期满（2026年6月15日）之后，不作为异议受理，可直接答复"
        ]
        assert selectors.pending([application]) == {application.pk: [in_time.receipt_number]}
        with pytest.raises(Blocked):
            objections.answer(actor=city.officer, objection=in_time, answer_text="直接答复")
        objections.answer(actor=city.officer, objection=late, answer_text="已转投诉。")
        objections.investigate(actor=city.officer, objection=in_time)
    assert (fresh(late).state, fresh(application).state) == ("answered", "held")


def clock_of(hour: int, minute: int, second: int) -> object:
    return stage.clock.shanghai(2026, 6, 15, hour, minute, second)


def test_the_receipt_stamp_counts_and_not_the_moment_of_writing(city: City) -> None:
    notice = city.published()
    with stage.at(stage.AFTER):
        objection = city.objection(notice, received_at=clock_of(23, 59, 59))
    assert selectors.in_time(objection) is True


def test_an_anonymous_letter_is_a_lead_and_holds_nobody(city: City) -> None:
    application = city.proposed()
    notice = city.published(application)
    said = objections.Statement(notice=notice, signed="anonymous", content="有问题", application=application)
    letter = objections.register(
        actor=city.officer, says=said, objector=None, channel=Objection.Channel.LETTER, received_at=stage.MORNING
    )
    assert engine.blockers(fresh(letter), "investigate", city.officer) == ["匿名反映不作为异议受理，可作为线索处理"]
    assert selectors.pending([application]) == {}
    objections.treat_as_lead(actor=city.officer, objection=letter, reason="转年度检查时核对。")
    assert (fresh(letter).state, fresh(application).state) == ("lead", "on_notice")
    signed = city.objection(notice)
    with pytest.raises(Blocked):
        objections.treat_as_lead(actor=city.officer, objection=signed, reason="作为线索")


def test_a_name_outside_the_list_is_answered(city: City) -> None:
    notice = city.published()
    said = objections.Statement(notice=notice, signed="person", content="未列入不公", named="示例落选平台")
    objection = objections.file(actor=stage.public, says=said, objector=stage.OBJECTOR, address="192.0.2.9")
    assert engine.blockers(objection, "investigate", city.officer) == ["所指平台不在本次公示名单，可直接答复"]
    assert objections.answer(actor=city.officer, objection=objection, answer_text="已说明").state == "answered"


def test_a_received_objection_in_time_blocks_the_decision_and_a_late_one_does_not(city: City) -> None:
    held, free = city.proposed(), city.proposed()
    notice = city.published(held, free)
    objection = city.objection(notice, held)
    with stage.at(stage.AFTER):
        city.objection(notice, free)
        assert engine.blockers(fresh(held), "certify", city.second) == [
            f"“{held.platform_name}”有未办结的异议（{objection.receipt_number}），其他平台不受影响"
        ]
        assert engine.blockers(fresh(free), "certify", city.second) == []


def test_a_correction_of_one_item_keeps_only_that_platform_open_to_objections(city: City) -> None:
    corrected, other = city.proposed(), city.proposed()
    notice = city.published(corrected, other)
    item = notice.items.get(application=corrected)
    with stage.at(stage.clock.shanghai(2026, 6, 10, 9)):
        stage.notices.correct(
            actor=city.officer, notice=notice, item=item, platform_name="示例更名平台", operator_name=item.operator_name,
            material=True, reason="名称有误",
        )  # fmt: skip
    with stage.at(stage.AFTER):
        assert selectors.in_time(city.objection(notice, corrected)) is True
        assert selectors.in_time(city.objection(notice, other)) is False
        assert engine.blockers(fresh(other), "certify", city.second) == []
        assert engine.blockers(fresh(corrected), "certify", city.second)[0].endswith(
            "公示至2026年6月25日，期满后才能决定（第十五条）"
        )


def test_only_the_handler_concludes_unless_gone(city: City) -> None:
    objection = city.objection(city.published())
    objections.investigate(actor=city.officer, objection=objection)
    with pytest.raises(Blocked) as blocked:
        objections.find_unfounded(actor=city.second, objection=objection, **CONCLUSION)
    assert blocked.value.reasons == ["由经办人city提出调查结论；经办人离任后其他市局经办人可以接办"]
    city.officer.user.is_active = False
    city.officer.user.save()
    objections.find_unfounded(actor=city.second, objection=objection, **CONCLUSION)
    assert fresh(objection).handler == city.second.user
    hands = list(separation.hands(city.officer.user, [objection.application]))
    assert hands == list(separation.hands(city.second.user, [objection.application])) != []


def test_conclusions_need_every_text_and_must_not_say_who_objected(city: City) -> None:
    objection = city.objection(city.published())
    objections.investigate(actor=city.officer, objection=objection)
    with pytest.raises(ValidationError) as empty:
        objections.find_unfounded(
            actor=city.officer, objection=objection, findings="", conclusion="一致", answer_text=""
        )
    assert sorted(empty.value.message_dict) == ["answer_text", "findings"]
    for leak in ("张某某反映的情况", "电话 139-1111-2222", "zhang@example.org"):
        with pytest.raises(ValidationError) as told:
            objections.find_founded(actor=city.officer, objection=objection, **{**CONCLUSION, "conclusion": leak})
        assert list(told.value.message_dict) == ["conclusion"]
    assert fresh(objection).state == "investigating"


def test_the_applicant_learns_why_and_never_from_whom(city: City) -> None:
    application = city.proposed()
    objection = city.objection(city.published(application))
    objections.investigate(actor=city.officer, objection=objection)
    objections.find_unfounded(actor=city.officer, objection=objection, **CONCLUSION)
    reasons = [line.reason for line in story.of(application)][-2:]
    assert reasons == [objections.HELD, CONCLUSION["conclusion"]]
    assert cast.actor_of(application, Role.SIGNATORY).role == "signatory"
