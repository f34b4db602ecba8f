"""The district's word: what stands against a recommendation, what it keeps, how it is taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications.models import Application, Call
from lifecycle import engine
from lifecycle.chain import digest
from lifecycle.errors import Blocked, NotAllowed
from lifecycle.models import StepRecord
from review import checklist
from review.models import Recommendation
from review.services import district, intake, sampling
from review.services.district.measuring import Conclusion, Decision
from tests import cast
from tests.review import build
from timekeeping import clock

pytestmark = pytest.mark.django_db


def recommend(officer: Actor, application: Application, order: int = 1) -> Recommendation:
    return district.recommend(actor=officer, application=application, opinion="同意推荐。", order=order)


def test_a_complete_case_is_recommended_with_its_row_of_attachment_2(officer: Actor, application: Application) -> None:
    build.ready(officer, application)
    made = recommend(officer, application)
    application.refresh_from_db()
    assert application.state == "recommended"
    row = made.summary
    assert (row["required"], row["drawn"], row["reached"], row["satisfied"], row["satisfaction"]) == (
        "10", "10", "10", "10", "100%",
    )  # fmt: skip
    assert (row["assets"], row["served_last"], row["growth"], row["basic"]) == ("200.00", "100", "11.11%", "合格")


def test_the_button_names_everything_that_is_missing(officer: Actor, application: Application) -> None:
    application = district.accept(actor=officer, application=application)
    assert engine.blockers(application, "recommend", officer) == [
        f"核对清单还有{len(checklist.ITEMS)}项未核对",
        "尚未对本次提交的申报材料完成初审测评",
        "尚未抽取满意度样本",
    ]
    with pytest.raises(Blocked, match="尚未抽取满意度样本"):
        recommend(officer, application)


def test_79_6_percent_in_the_sample_is_not_80(call: Call, officer: Actor) -> None:
    application = build.submitted(call, count=2500)
    build.ready(officer, application, satisfied=199)
    with pytest.raises(Blocked, match=r"79\.6%（要求不少于80%）"):
        recommend(officer, application)


def test_exactly_80_percent_in_the_sample_is_enough(call: Call, officer: Actor) -> None:
    application = build.submitted(call, count=2500)
    build.ready(officer, application, satisfied=200)
    assert recommend(officer, application).summary["satisfaction"] == "80%"


def test_assets_one_cent_short_are_not_enough_and_the_threshold_is(call: Call, officer: Actor) -> None:
    poor = build.submitted(call, name="示例甲", total_assets=Decimal("1999999.99"))
    build.ready(officer, poor)
    with pytest.raises(Blocked, match=r"资产总额：199\.999999万元"):
        recommend(officer, poor)
    enough = build.submitted(call, name="示例乙", total_assets=Decimal("2000000.00"))
    build.ready(officer, enough)
    assert recommend(officer, enough).recommended is True


def test_growth_on_a_zero_base_needs_a_reasoned_decision(call: Call, officer: Actor) -> None:
    application = build.submitted(call, smes_year_before=0)
    build.ready(officer, application)
    with pytest.raises(Blocked, match="基数为零，不可计算"):
        recommend(officer, application)
    decision = Decision(met=True, reason="平台上一年度未启动统计，以合同为证。")
    build.measure(officer, application, decisions={"min_growth": decision})
    made = recommend(officer, application)
    assert made.summary["remarks"] == "近两年服务中小企业数量增长经人工认定符合：平台上一年度未启动统计，以合同为证。"


def test_a_conclusion_against_the_platform_blocks_the_recommendation(officer: Actor, application: Application) -> None:
    build.ready(officer, application)
    build.measure(officer, application, operation=Conclusion(False, "制度未执行。"))
    with pytest.raises(Blocked, match="初审测评结论为不合格：运营情况"):
        recommend(officer, application)


def test_the_last_instant_counts_and_the_deadline_does_not(call: Call, officer: Actor) -> None:
    application = build.submitted(call)
    build.ready(officer, application)
    with clock.frozen(call.district_due_at), pytest.raises(Blocked, match="截止；确需继续办理的"):
        recommend(officer, application)
    with clock.frozen(call.district_due_at - timedelta(microseconds=1)):
        assert recommend(officer, application).recommended is True


def test_a_place_in_the_order_is_given_once_per_district(call: Call, officer: Actor, stranger: Actor) -> None:
    first, second = build.submitted(call, name="示例甲"), build.submitted(call, name="示例乙")
    elsewhere = build.submitted(call, name="示例丙", slug="wuhua")
    for case, who in ((first, officer), (second, officer), (elsewhere, stranger)):
        build.ready(who, case)
    recommend(officer, first)
    with pytest.raises(ValidationError, match="推荐顺序1已用于"):
        recommend(officer, second)
    assert recommend(officer, second, 2).order == 2
    assert recommend(stranger, elsewhere, 1).order == 1


def test_only_the_own_district_recommends(officer: Actor, stranger: Actor, application: Application) -> None:
    build.ready(officer, application)
    with pytest.raises(NotAllowed):
        recommend(stranger, application)


def test_a_withdrawn_recommendation_stays_and_gives_its_place_free(officer: Actor, application: Application) -> None:
    build.ready(officer, application)
    made = recommend(officer, application)
    with pytest.raises(ValidationError, match="请填写撤回推荐的理由"):
        district.withdraw_recommendation(actor=officer, application=application, reason=" ")
    district.withdraw_recommendation(actor=officer, application=application, reason="发现材料需复核")
    made.refresh_from_db()
    application.refresh_from_db()
    assert (application.state, made.withdrawn_at) == ("accepted", clock.now())
    assert recommend(officer, application).order == 1


def test_not_recommending_needs_reasons(officer: Actor, application: Application) -> None:
    district.accept(actor=officer, application=application)
    with pytest.raises(ValidationError, match="请填写不予推荐的理由"):
        district.not_recommend(actor=officer, application=application, reason="")
    made = district.not_recommend(actor=officer, application=application, reason="专职人员不足15人。")
    application.refresh_from_db()
    assert (application.state, made.recommended, made.opinion) == ("not_recommended", False, "专职人员不足15人。")


def test_a_case_sent_back_has_a_term_of_its_own(city: Actor, call: Call, officer: Actor) -> None:
    application = build.submitted(call)
    build.ready(officer, application)
    recommend(officer, application)
    cast.forward(call, officer)
    with clock.frozen(clock.shanghai(2026, 12, 24, 9)):
        doubt = intake.Doubt("act", "recommendation", "请补充推荐意见。")
        intake.send_back(actor=city, application=application, doubts=[doubt], due_on=date(2027, 1, 15))
    application = Application.objects.get(pk=application.pk)
    assert (application.state, application.district_due_at) == ("sent_back", clock.shanghai(2027, 1, 16))
    with clock.frozen(application.district_due_at - timedelta(seconds=1)):
        answers = {"act-recommendation": "已补充。"}
        made = district.recommend(actor=officer, application=application, opinion="同意。", order=1, answers=answers)
        assert made.sheet.due_at == application.district_due_at


def test_a_measurement_made_again_leaves_the_one_a_recommendation_rested_on(
    city: Actor, call: Call, officer: Actor
) -> None:
    application = build.submitted(call)
    build.ready(officer, application)
    first = recommend(officer, application)
    before = first.measured["performance_note"]
    cast.forward(call, officer)
    doubt = intake.Doubt("act", "measurement", "请核实服务业绩测评意见。")
    intake.send_back(actor=city, application=application, doubts=[doubt])
    again = Conclusion(True, "经再次核实合格。")
    build.measure(officer, Application.objects.get(pk=application.pk), performance=again)
    second = district.recommend(
        actor=officer, application=Application.objects.get(pk=application.pk), opinion="同意。", order=1,
        answers={"act-measurement": "已核实。"},
    )  # fmt: skip
    said = [Recommendation.objects.get(pk=made.pk).measured["performance_note"] for made in (first, second)]
    assert said == [before, again.note] and before != again.note
    hashes = (
        StepRecord.objects.filter(step="recommend").order_by("sequence").values_list("data__measurement", flat=True)
    )
    assert list(hashes) == [digest(first.measured), digest(second.measured)]


def test_a_redrawn_sample_does_not_count(officer: Actor, colleague: Actor, application: Application) -> None:
    district.accept(actor=officer, application=application)
    build.check_all(officer, application)
    sample = sampling.draw(actor=officer, application=application)
    sampling.propose_redraw(actor=officer, sample=sample, reason="名单有误")
    sampling.approve_redraw(actor=colleague, sample=sample)
    build.measure(officer, application)
    assert engine.blockers(Application.objects.get(pk=application.pk), "recommend", officer) == ["尚未抽取满意度样本"]
