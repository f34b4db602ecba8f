"""The city's intake: admitted, sent back, not eligible, falsified; singly and in bulk."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from applications import documents
from applications.models import Application, Call
from files import pdf, storage
from lifecycle import deadlines
from lifecycle.errors import NotAllowed, WrongStage
from lifecycle.models import Announcement, StepRecord
from review.documents import intake as papers
from review.models import Recommendation
from review.selectors import intake as cases
from review.services import district, intake
from review.services.district.handling import Defect
from tests import cast
from tests.pages import Visitor
from timekeeping import clock
from timekeeping.dates import chinese_deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommended(call: Call, officer: Actor) -> Application:
    return cast.forwarded_application(call, officer, name="示例推荐有限公司")


def test_only_the_city_admits(recommended: Application, city: Actor, officer: Actor) -> None:
    with pytest.raises(NotAllowed):
        intake.admit(actor=officer, application=recommended)
    assert intake.admit(actor=city, application=recommended).state == "admitted"


DOUBTS = (
    intake.Doubt("section", "finance", "资产总额与报表附注不一致，请核实。"),
    intake.Doubt("act", "measurement", "服务业绩测评缺少依据。"),
)


def test_a_case_is_sent_back_item_by_item(recommended: Application, city: Actor, officer: Actor) -> None:
    wrong = {
        "请至少列明一项": (), "逐项写明": (intake.Doubt("act", "sample", " "),), "没有这一项": (intake.Doubt("act", "x", "y"),),
        "合并为一项": (DOUBTS[0], DOUBTS[0]),
    }  # fmt: skip
    for words, doubts in wrong.items():
        with pytest.raises(ValidationError, match=words):
            intake.send_back(actor=city, application=recommended, doubts=doubts)
    with pytest.raises(ValidationError, match="期限不得少于5个工作日"):
        intake.send_back(actor=city, application=recommended, doubts=DOUBTS, due_on=date(2026, 11, 24))
    made = intake.send_back(actor=city, application=recommended, doubts=DOUBTS, note="请一并说明。")
    assert [(item.label, item.text) for item in made.items.all()] == [
        ("资产与财务", DOUBTS[0].text), ("初审测评", DOUBTS[1].text),
    ]  # fmt: skip
    text = "".join(pdf.text_of(storage.path_of(papers.send_back_letter(made).file).read_bytes()).split())
    assert "初审测评：服务业绩测评缺少依据。" in text
    # The district's time in the call, which runs longer than the term of the intake.
    assert f"请于{chinese_deadline(recommended.call.district_due_at)}前逐项核实" in text
    assert Application.objects.get(pk=recommended.pk).district_due_at == made.due_at
    told = [a.body for a in Announcement.objects.filter(subject_id=recommended.uuid, user__in=_applicants(recommended))]
    assert not any("资产总额与报表附注" in body for body in told)
    assert any("资产总额与报表附注" in a.body for a in Announcement.objects.filter(user=officer.user))


def test_a_case_sent_back_at_the_end_of_the_districts_time_has_the_whole_term(
    recommended: Application, city: Actor
) -> None:
    call = recommended.call
    type(call).objects.filter(pk=call.pk).update(district_due_at=call.closes_at)
    with clock.frozen(call.closes_at - timedelta(hours=1)):
        case = Application.objects.get(pk=recommended.pk)
        made = intake.send_back(actor=city, application=case, doubts=DOUBTS)
        assert made.due_at == deadlines.end_of_workdays(clock.today(), 5)
    assert made.due_at > call.closes_at


@pytest.mark.parametrize("version", ["²", "9" * 5000])
def test_a_version_that_is_no_number_admits_nothing(recommended: Application, city: Actor, version: str) -> None:
    body = {"case": f"{recommended.uuid}:{version}", "do": "confirm"}
    client = Client()
    client.force_login(city.user)
    assert client.post(reverse("review:admit_many"), body).status_code == 200
    assert Application.objects.get(pk=recommended.pk).state == "forwarded"


def test_what_the_city_asks_is_text_beside_the_answer(recommended: Application, city: Actor, officer: Actor) -> None:
    asked = "请核实<a href='https://example.com'>报表</a>。"
    intake.send_back(actor=city, application=recommended, doubts=[intake.Doubt("section", "finance", asked)])
    page = Visitor(officer).get(reverse("review:not_recommend", args=[recommended.uuid]))
    assert asked in page.text
    assert page.soup.select("a[href^='https://example.com']") == []


def _applicants(application: Application) -> list[int]:
    return list(application.organisation.capacities.values_list("user", flat=True))


@pytest.mark.parametrize("again", ["recommend", "not_recommend"])
def test_the_district_answers_every_item_with_its_new_word(
    recommended: Application, city: Actor, officer: Actor, again: str
) -> None:
    made = intake.send_back(actor=city, application=recommended, doubts=DOUBTS)
    said = {"opinion": "再次推荐。", "order": 1} if again == "recommend" else {"reason": "核实后不符合条件。"}
    act = partial(getattr(district, again), actor=officer, application=recommended, **said)
    with pytest.raises(ValidationError) as missing:
        act(answers={"section-finance": "已核实，以报表为准。"})
    assert missing.value.message_dict == {"answer_act-measurement": ["请填写“初审测评”的核实情况。"]}
    act(answers={"section-finance": "已核实，以报表为准。", "act-measurement": "已补充测评依据。"})
    made.refresh_from_db()
    assert [item.answer for item in made.items.all()] == ["已核实，以报表为准。", "已补充测评依据。"]
    assert made.answered_at is not None
    record = StepRecord.objects.filter(step=again).latest("sequence")
    assert record.data["send_back"] == str(made.uuid)


def test_a_defect_of_the_applicant_found_by_the_city_can_go_back_to_it(
    recommended: Application, city: Actor, officer: Actor
) -> None:
    intake.send_back(actor=city, application=recommended, doubts=DOUBTS)
    defect = Defect("section", "finance", "请更正资产总额。")
    district.return_for_correction(actor=officer, application=recommended, defects=[defect])
    assert Application.objects.get(pk=recommended.pk).state == "returned"


def test_ineligibility_states_the_figures_that_stand_against_the_case(call: Call, officer: Actor, city: Actor) -> None:
    case = cast.forwarded_application(call, officer)
    version = case.current_version
    version.content["facts"]["total_assets"] = "1860000.00"
    version.save()
    assert [f.figure for f in cases.evidence_of(case, "7(2)")] == ["资产总额：186万元（要求不少于200万元）"]
    found = intake.find_ineligible(actor=city, application=case, ground="7(2)", reason="申报数含受托管理资产。")
    [record] = StepRecord.objects.filter(step="find_ineligible")
    assert (
        record.reason
        == "不符合第七条第（二）项：申报数含受托管理资产。核对数据：资产总额：186万元（要求不少于200万元）。"
    )
    assert record.data["evidence"] == ["min_assets:not_met"]
    assert found.state == "ineligible"


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
    cast.recommended_application(call, officer, name="示例甲")
    cast.recommended_application(call, officer, name="示例乙", order=2)
    cast.forward(call, officer)
    one, other = Application.objects.order_by("pk")
    intake.admit(actor=city, application=other)
    results = intake.admit_all(actor=city, applications=[(one, one.version), (other, other.version)])
    assert [bool(result.refused) for result in results] == [False, True]
    assert "请刷新页面" in results[1].refused


def test_after_admission_the_city_may_still_find_ineligible_but_not_send_back(
    recommended: Application, city: Actor
) -> None:
    intake.admit(actor=city, application=recommended)
    with pytest.raises(WrongStage):
        intake.send_back(actor=city, application=recommended, doubts=DOUBTS)
    assert (
        intake.find_ineligible(actor=city, application=recommended, ground="8", reason="仅一项功能达标").state
        == "ineligible"
    )
