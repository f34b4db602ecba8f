"""The city's intake: admitted, sent back, not eligible, falsified; singly and in bulk."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications import documents
from applications.models import Application, Call
from files import pdf, storage
from lifecycle.errors import NotAllowed, WrongStage
from review.models import Recommendation
from review.services import district, intake
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommended(call: Call, officer: Actor) -> Application:
    return cast.recommended_application(call, officer, name="示例推荐有限公司")


def test_only_the_city_admits(recommended: Application, city: Actor, officer: Actor) -> None:
    with pytest.raises(NotAllowed):
        intake.admit(actor=officer, application=recommended)
    assert intake.admit(actor=city, application=recommended).state == "admitted"


def test_a_case_sent_back_is_recommended_again_or_not(recommended: Application, city: Actor, officer: Actor) -> None:
    with pytest.raises(ValidationError, match="请填写退回县区的理由"):
        intake.send_back(actor=city, application=recommended, reason="")
    with pytest.raises(ValidationError, match="期限不得少于5个工作日"):
        intake.send_back(actor=city, application=recommended, reason="请补充", due_on=date(2026, 11, 24))
    intake.send_back(actor=city, application=recommended, reason="请补充用户评价")
    assert Recommendation.objects.get().withdrawn_at is not None
    made = district.not_recommend(actor=officer, application=recommended, reason="用户评价不实")
    assert made.application.state == "not_recommended"


def test_ineligibility_names_the_item_and_the_reason_in_the_letter(recommended: Application, city: Actor) -> None:
    with pytest.raises(ValidationError, match="请选择不符合的条件"):
        intake.find_ineligible(actor=city, application=recommended, ground="9(1)", reason="x")
    with pytest.raises(ValidationError, match="请写明"):
        intake.find_ineligible(actor=city, application=recommended, ground="7(4)", reason="")
    found = intake.find_ineligible(actor=city, application=recommended, ground="7(4)", reason="租赁合同已到期。")
    assert found.state == "ineligible"
    text = "".join(pdf.text_of(storage.path_of(documents.exit_letter(found).file).read_bytes()).split())
    assert "不符合第七条第（四）项：租赁合同已到期。" in text


def test_false_material_ends_a_case_at_any_stage(
    call: Call, application: Application, recommended: Application, city: Actor
) -> None:
    for case in (application, recommended):
        with pytest.raises(ValidationError, match="查证的依据"):
            intake.reject_falsified(actor=city, application=case, reason="合同伪造", evidence=" ")
        ended = intake.reject_falsified(actor=city, application=case, reason="合同伪造。", evidence="向签约方函证")
        assert ended.state == "declined"
    assert Recommendation.objects.get().withdrawn_at is not None


def test_in_bulk_a_refusal_concerns_only_its_case(call: Call, city: Actor, officer: Actor) -> None:
    one = cast.recommended_application(call, officer, name="示例甲")
    other = cast.recommended_application(call, officer, name="示例乙", order=2)
    intake.admit(actor=city, application=other)
    results = intake.admit_all(actor=city, applications=[(one, one.version), (other, other.version)])
    assert [bool(result.refused) for result in results] == [False, True]
    assert "请刷新页面" in results[1].refused


def test_after_admission_the_city_may_still_find_ineligible_but_not_send_back(
    recommended: Application, city: Actor
) -> None:
    intake.admit(actor=city, application=recommended)
    with pytest.raises(WrongStage):
        intake.send_back(actor=city, application=recommended, reason="请补充")
    assert (
        intake.find_ineligible(actor=city, application=recommended, ground="8", reason="仅一项功能达标").state
        == "ineligible"
    )
