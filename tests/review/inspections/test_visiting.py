"""The visit (Art. 13): who goes, one item after the other, clarification that cures nothing, the opinion and the city's step."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from applications.models.application import INSPECT, ApplicationUserObjectPermission
from applications.selectors import visible_to
from files import storage
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.models import StepRecord
from review import invariants
from review.inspection_items import KEYS
from review.models import Inspection
from review.services import inspections
from review.services.inspections import Place, Visit
from tests import cast
from tests.review import making
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> list[Actor]:
    return [cast.person(name, Role.INSPECTOR) for name in ("核查员甲", "核查员乙")]


@pytest.fixture
def application(call: Call, city: Actor) -> Application:
    return making.shortlisted(call, city)


def visit(group: list[Actor], days: int = 0) -> Visit:
    return Visit(clock.today() + timedelta(days=days), "示例路1号", tuple(a.user for a in group), group[0].user)


@pytest.fixture
def planned(city: Actor, application: Application, group: list[Actor]) -> Inspection:
    return inspections.plan(actor=city, application=application, visit=visit(group))


@pytest.fixture
def begun(planned: Inspection, group: list[Actor]) -> Inspection:
    return inspections.begin(actor=group[0], inspection=planned)


def answer(actor: Actor, inspection: Inspection, **results: str) -> None:
    for key in KEYS:
        result = results.get(key, "consistent")
        note = "" if result == "consistent" else "现场与申报有差异"
        inspections.save_item(actor=actor, inspection=inspection, item=key, result=result, note=note)


def conclude(actor: Actor, inspection: Inspection, conclusion: str = "pass", **given: object) -> Inspection:
    words = {
        "opinion": "现场情况与申报一致。", "inspector_signature": "核查员甲、核查员乙", "applicant_signature": "示例法人",
    }  # fmt: skip
    return inspections.conclude(actor=actor, inspection=inspection, conclusion=conclusion, **{**words, **given})


def test_the_group_sees_the_case_until_the_opinion(
    planned: Inspection, application: Application, group: list[Actor]
) -> None:
    stranger = cast.person("stranger", Role.INSPECTOR)
    assert [visible_to(a).count() for a in (*group, stranger)] == [1, 1, 0]
    begun = inspections.begin(actor=group[0], inspection=planned)
    answer(group[1], begun)
    concluded = conclude(group[0], begun)
    assert (concluded.state, visible_to(group[0]).count()) == ("concluded", 0)
    assert ApplicationUserObjectPermission.objects.filter(permission__codename=INSPECT).count() == 0
    assert list(invariants.check()) == []


def test_one_inspector_is_not_enough(city: Actor, application: Application, group: list[Actor]) -> None:
    with pytest.raises(ValidationError, match="不少于2人"):
        inspections.plan(actor=city, application=application, visit=visit(group[:1]))
    inspections.plan(actor=city, application=application, visit=visit(group))


def test_somebody_of_the_applicant_cannot_inspect_it(city: Actor, application: Application, group: list[Actor]) -> None:
    from accounts.models import Capacity

    Capacity.objects.create(
        user=group[1].user, role=Role.FILER, organisation=application.organisation, valid_from=clock.today()
    )
    with pytest.raises(ValidationError, match="存在利益关系"):
        inspections.plan(actor=city, application=application, visit=visit(group))


def test_a_visit_does_not_begin_before_its_day(city: Actor, application: Application, group: list[Actor]) -> None:
    planned = inspections.plan(actor=city, application=application, visit=visit(group, days=3))
    with pytest.raises(Blocked, match="约定的核查日期"):
        inspections.begin(actor=group[0], inspection=planned)
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert inspections.begin(actor=group[0], inspection=planned).state == "in_progress"


def test_only_the_group_fills_in_the_checklist(begun: Inspection, city: Actor, group: list[Actor]) -> None:
    stranger = cast.person("stranger", Role.INSPECTOR)
    for outsider in (stranger, city):
        with pytest.raises(NotAllowed):
            inspections.save_item(actor=outsider, inspection=begun, item="premises", result="consistent")
    inspections.save_item(actor=group[1], inspection=begun, item="premises", result="consistent")


def test_a_colleagues_newer_answer_is_not_overwritten(begun: Inspection, group: list[Actor]) -> None:
    inspections.save_item(actor=group[0], inspection=begun, item="premises", result="consistent", revision=0)
    with pytest.raises(Stale, match="核查员甲"):
        inspections.save_item(
            actor=group[1], inspection=begun, item="premises", result="inconsistent", note="x", revision=0
        )
    inspections.save_item(
        actor=group[1], inspection=begun, item="premises", result="inconsistent", note="面积不符", revision=1
    )


def test_what_is_not_consistent_needs_a_note(begun: Inspection, group: list[Actor]) -> None:
    with pytest.raises(ValidationError) as refused:
        inspections.save_item(actor=group[0], inspection=begun, item="staff", result="inconsistent")
    assert list(refused.value.message_dict) == ["note"]


def test_an_open_item_blocks_the_opinion(begun: Inspection, group: list[Actor]) -> None:
    with pytest.raises(Blocked, match="还有8项未核查"):
        conclude(group[0], begun)


def test_two_members_sign_for_the_group(begun: Inspection, group: list[Actor]) -> None:
    answer(group[0], begun)
    with pytest.raises(ValidationError) as refused:
        conclude(group[0], begun, inspector_signature="核查员甲")
    assert list(refused.value.message_dict) == ["inspector_signature"]
    assert conclude(group[0], begun).state == "concluded"


def test_a_condition_of_article_7_found_unmet_cannot_pass(begun: Inspection, group: list[Actor]) -> None:
    answer(group[0], begun)
    inspections.save_item(
        actor=group[0], inspection=begun, item="staff", result="inconsistent", note="专职人员12人", condition_unmet=True
    )
    with pytest.raises(ValidationError, match="结论应为“不通过”"):
        conclude(group[0], begun)
    assert conclude(group[0], begun, "fail").conclusion == "fail"


def test_a_clarification_settles_what_existed_at_the_closing_date_and_cures_no_condition(
    begun: Inspection, application: Application, group: list[Actor]
) -> None:
    answer(group[0], begun, contracts="clarify")
    inspections.save_item(
        actor=group[0], inspection=begun, item="staff", result="inconsistent", note="专职人员12人", condition_unmet=True
    )
    asked = inspections.ask_clarification(actor=group[0], inspection=begun, question="请说明第三份合同原件去向。")
    filer = making.applicant(application)
    with pytest.raises(WrongStage):
        inspections.save_item(actor=group[0], inspection=begun, item="contracts", result="consistent")
    inspections.clarify(actor=filer, inspection=asked, text="原件存于档案馆，附扫描件。")
    with pytest.raises(ValidationError) as refused:
        inspections.save_item(actor=group[0], inspection=begun, item="contracts", result="consistent")
    assert list(refused.value.message_dict) == ["existed_at_closing"]
    inspections.save_item(
        actor=group[0], inspection=begun, item="contracts", result="consistent", existed_at_closing=True
    )
    with pytest.raises(ValidationError, match="不能弥补第七条"):
        inspections.save_item(
            actor=group[0], inspection=begun, item="staff", result="consistent", existed_at_closing=True
        )


def test_a_missed_clarification_is_closed_only_after_its_deadline(
    begun: Inspection, application: Application, group: list[Actor]
) -> None:
    answer(group[0], begun, contracts="clarify")
    asked = inspections.ask_clarification(actor=group[0], inspection=begun, question="请说明。")
    with pytest.raises(Blocked, match="说明期限未到"):
        inspections.close_clarification(actor=group[0], inspection=asked)
    with clock.frozen(asked.clarification_due_at):
        with pytest.raises(Blocked, match="说明期限已过"):
            inspections.clarify(actor=making.applicant(application), inspection=asked, text="迟到的说明")
        assert inspections.close_clarification(actor=group[0], inspection=asked).state == "in_progress"


def test_a_clarification_needs_something_unclear(begun: Inspection, group: list[Actor]) -> None:
    with pytest.raises(Blocked, match="没有标记为“需说明”的事项"):
        inspections.ask_clarification(actor=group[0], inspection=begun, question="请说明。")


def test_another_organisation_cannot_clarify(begun: Inspection, group: list[Actor]) -> None:
    answer(group[0], begun, contracts="clarify")
    asked = inspections.ask_clarification(actor=group[0], inspection=begun, question="请说明。")
    with pytest.raises(NotAllowed):
        inspections.clarify(actor=cast.filer(cast.organisation("另一单位"), "other"), inspection=asked, text="x")


def test_the_city_follows_the_opinion_and_goes_against_it_only_with_a_reason(
    begun: Inspection, application: Application, group: list[Actor], city: Actor
) -> None:
    with pytest.raises(Blocked, match="尚未提出意见"):
        inspections.pass_inspection(actor=city, application=application)
    answer(group[0], begun)
    conclude(group[0], begun)
    with pytest.raises(ValidationError, match="与现场核查意见不一致"):
        inspections.fail_inspection(actor=city, application=application)
    assert [o.done for o in inspections.decide_many(actor=city, applications=[application])] == ["现场核查通过"]
    application.refresh_from_db()
    assert application.state == "inspection_passed"


def test_a_failed_inspection_tells_the_opinion_as_the_reason(
    begun: Inspection, application: Application, group: list[Actor], city: Actor
) -> None:
    answer(group[0], begun, staff="inconsistent")
    conclude(group[0], begun, "fail", opinion="专职人员与申报不一致。")
    inspections.fail_inspection(actor=city, application=application)
    assert StepRecord.objects.get(step="fail_inspection").reason == "专职人员与申报不一致。"


def test_a_photo_is_shown_without_its_metadata_and_the_original_stays(begun: Inspection, group: list[Actor]) -> None:
    picture = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CanaryCamera"
    Image.new("RGB", (64, 48), "navy").save(picture, "JPEG", exif=exif)
    upload = ContentFile(picture.getvalue(), "现场.jpg")
    photo = inspections.add_photo(
        actor=group[0], inspection=begun, item="premises", upload=upload, place=Place("24.880000", "102.830000", 12)
    )
    assert b"CanaryCamera" in storage.path_of(photo.file).read_bytes()
    assert b"CanaryCamera" not in storage.path_of(photo.shown).read_bytes()
    assert photo.accuracy == 12
