"""初审测评: every finding under its head, the officer's word where the rules leave room, and when it must be looked at again."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from files import pdf
from lifecycle import engine
from lifecycle.errors import Blocked
from regulation.facts import FunctionFacts
from regulation.functions import FUNCTIONS
from regulation.measurement import HEAD_OF, items
from review.models import Measurement, Sample
from review.selectors import assessment
from review.selectors import measurement as measurements
from review.services import district, sampling
from review.services.district import measuring
from review.services.district.measuring import Conclusion, Decision
from tests import cast
from tests.pages import Visitor
from tests.readings import counted
from tests.regulation.cases import BARELY
from tests.review import build

pytestmark = pytest.mark.django_db


def accepted(officer: Actor, application: Application) -> Application:
    district.accept(actor=officer, application=application)
    return Application.objects.get(pk=application.pk)


def measured(application: Application) -> dict[str, dict[str, object]]:
    """The kept lines by their key."""
    return {line["key"]: line for line in Measurement.objects.get(application=application).findings}


def blockers(application: Application, officer: Actor) -> list[str]:
    return list(engine.blockers(Application.objects.get(pk=application.pk), "recommend", officer))


def test_the_findings_are_found_once_when_no_decision_can_change_them(application: Application) -> None:
    with counted() as reads:
        measuring.proposed(application)
    assert reads(Sample) == 1


def test_every_condition_and_function_has_its_head_and_every_finding_its_key(application: Application) -> None:
    version = application.current_version
    whole = assessment.assess(version)
    assert {answer.key for answer in whole.answers} - HEAD_OF.keys() == {"recommended"}
    assert FUNCTIONS.keys() - HEAD_OF.keys() == set()
    listed = items(whole)
    assert len({item.key for item in listed}) == len(listed)
    assert [item.key for item in listed if item.head.key == "operation"][:4] == [
        "management_rules", "service_process", "fee_standard", "quality_assurance",
    ]  # fmt: skip
    assert {item.key: item.counts for item in listed if item.head.key == "performance"} == {
        "min_smes": True, "min_specialised": True, "min_satisfaction": True, "min_growth": True, "key_industries": True,
        "reputation": True, "several_or_distinctive": True,
        **{f.key: False for one in whole.functions if one.answer for f in one.answer.findings},
    }  # fmt: skip


def test_the_measurement_keeps_every_figure_with_the_officers_word(officer: Actor, application: Application) -> None:
    application = accepted(officer, application)
    build.measure(officer, application)
    lines = measured(application)
    assert lines.keys() == {item.key for item in measurements.items_of(application)}
    assert {line["met"] for line in lines.values()} == {True}
    assert lines["min_assets"] == {
        "key": "min_assets", "head": "basic", "article": "第七条第（二）项", "label": "资产总额", "met": True, "note": "",
        "figure": "200万元（要求不少于200万元）", "basis": "met 资产总额：200万元（要求不少于200万元）",
        "counts": True, "decided": False,
    }  # fmt: skip


def test_a_figure_that_falls_short_cannot_be_found_met(call: Call, officer: Actor) -> None:
    application = accepted(officer, build.submitted(call, total_assets=Decimal("1999999.99")))
    with pytest.raises(ValidationError, match="可以人工认定"):
        build.measure(officer, application, decisions={"min_assets": Decision(met=True, reason="差一分钱")})
    with pytest.raises(ValidationError, match=r"基本条件有1项不符合或未认定（资产总额），测评结论不能为合格"):
        build.measure(officer, application, basic=Conclusion(True, "其余均好。"))
    build.measure(officer, application)
    kept = Measurement.objects.get()
    assert (kept.basic_met, kept.operation_met, kept.performance_met) == (False, True, True)
    assert kept.basic_note == "基本条件测评12项，符合11项，不符合1项（资产总额）。"


def test_what_cannot_be_computed_is_decided_with_reasons_only(call: Call, officer: Actor) -> None:
    application = accepted(officer, build.submitted(call, smes_year_before=0))
    with pytest.raises(ValidationError, match="请写明认定理由"):
        build.measure(officer, application, decisions={"min_growth": Decision(met=True, reason=" ")})
    build.measure(officer, application)
    assert (measured(application)["min_growth"]["met"], Measurement.objects.get().performance_met) == (None, False)
    build.measure(officer, application, decisions={"min_growth": Decision(met=True, reason="以合同为证。")})
    line = measured(application)["min_growth"]
    assert (line["met"], line["decided"], line["note"]) == (True, True, "以合同为证。")
    assert Measurement.objects.get().human_decisions == {
        "min_growth": {"label": "近两年服务中小企业数量增长", "met": True, "reason": "以合同为证。"}
    }


def test_a_good_figure_that_proves_untrue_is_found_not_met_with_reasons(
    officer: Actor, application: Application
) -> None:
    application = accepted(officer, application)
    with pytest.raises(ValidationError, match="请写明不符合的理由"):
        build.measure(officer, application, decisions={"min_staff": Decision(met=False)})
    found = {"min_staff": Decision(met=False, reason="社保记录显示3人已离职。")}
    build.measure(officer, application, decisions=found)
    assert measured(application)["min_staff"]["decided"] is True
    assert "初审测评结论为不合格：基本条件" in blockers(application, officer)
    with pytest.raises(ValidationError, match="请刷新页面核对"):
        build.measure(officer, application, decisions={"unknown": Decision(met=True, reason="x")})


def test_a_declared_function_that_misses_its_threshold_does_not_count(call: Call, officer: Actor) -> None:
    functions = {**BARELY.functions, "training": FunctionFacts(person_times=999)}
    application = accepted(officer, build.submitted(call, functions=functions))
    build.measure(officer, application)
    line = measured(application)["training_person_times"]
    assert (line["met"], line["counts"], line["head"]) == (False, False, "performance")
    assert Measurement.objects.get().performance_met is True


def test_a_closed_sample_that_changes_the_figure_makes_the_measurement_outdated(
    officer: Actor, application: Application
) -> None:
    application = accepted(officer, application)
    build.check_all(officer, application)
    build.measure(officer, application)
    sample = sampling.draw(actor=officer, application=application)
    build.answer_all(sample, satisfied=9)
    assert measurements.standing(application).current is True
    sampling.close(actor=officer, sample=sample)
    [change] = measurements.standing(application).changes
    assert (change.label, "90%" in change.now) == ("用户满意度", True)
    assert blockers(application, officer) == ["初审测评后数据有变化（用户满意度），请重新核对并保存测评"]
    visitor = Visitor(officer)
    page = visitor.get(reverse("review:measure", args=[application.uuid]))
    assert "上次测评后数据有变化" in page.text
    saved = visitor.submit(page, "保存测评")
    assert "初审测评已保存" in saved.all_text
    assert blockers(application, officer) == []


def test_another_version_has_to_be_measured_again_and_begins_with_the_words_of_the_last(
    officer: Actor, application: Application
) -> None:
    application = accepted(officer, application)
    words = {"min_staff": Decision(met=None, reason="社保记录已核。")}
    build.measure(officer, application, decisions=words)
    content = {**application.current_version.content, "platform_name": "改名平台"}
    build.freeze(application, content, cast.actor_of(application, Role.SIGNATORY))
    application = Application.objects.get(pk=application.pk)
    assert measurements.standing(application).current is False
    assert "尚未对本次提交的申报材料完成初审测评" in blockers(application, officer)
    page = Visitor(officer).get(reverse("review:measure", args=[application.uuid]))
    assert "上一版申报材料已测评过" in page.text
    assert page.soup.find(id="id_reason_min_staff")["value"] == "社保记录已核。"


def test_the_page_keeps_what_was_typed_and_says_at_the_field_what_is_wrong(
    officer: Actor, application: Application
) -> None:
    application = accepted(officer, application)
    visitor = Visitor(officer)
    page = visitor.get(reverse("review:measure", args=[application.uuid]))
    assert len(page.soup.select(".measure > li")) == len(measurements.items_of(application))
    wrong = visitor.submit(page, "保存测评", {"decision_min_staff": "no", "operation_note": "运行正常。"})
    assert wrong.status == 422
    assert wrong.errors == ["专职服务人员数：说明：请写明不符合的理由。"]
    assert wrong.soup.find(id="id_operation_note").get_text(strip=True) == "运行正常。"
    assert Measurement.objects.count() == 0
    settled = visitor.submit(wrong, "保存测评", {"reason_min_staff": "3人已离职。", "basic_met": "no"})
    assert "初审测评已保存" in settled.all_text
    kept = Measurement.objects.get()
    assert (
        kept.basic_note == "基本条件测评12项，符合11项，不符合1项（专职服务人员数）。"
    )  # counted anew, as nobody wrote it
    assert kept.operation_note == "运行正常。"


def test_the_sheet_is_printed_for_officers_and_never_for_the_applicant(
    officer: Actor, city: Actor, stranger: Actor, application: Application
) -> None:
    application = accepted(officer, application)
    address = reverse("review:measurement_pdf", args=[application.uuid])
    assert Visitor(officer).get(address).status == 404
    found = {"min_staff": Decision(met=False, reason="查无实据。")}
    build.measure(officer, application, decisions=found)
    text = "".join(pdf.text_of(Visitor(officer).get(address).body).split())
    for words in (
        "初审测评表",
        "一、基本条件",
        "二、运营情况",
        "三、服务业绩",
        "测评结论：不合格",
        "查无实据",
        "人工认定",
    ):
        assert words in text
    people = (
        city,
        cast.person("auditor", Role.AUDITOR),
        stranger,
        cast.actor_of(application),
        cast.person("expert", Role.EXPERT),
    )
    assert [Visitor(one).get(address).status for one in people] == [200, 200, 404, 403, 403]
    assert "初审测评表" not in Visitor(cast.actor_of(application)).get(application.get_absolute_url()).text


def test_the_workbench_shows_the_measurement_to_district_and_city(
    officer: Actor, city: Actor, application: Application
) -> None:
    build.ready(officer, application)
    district.recommend(actor=officer, application=application, opinion="同意推荐。", order=1)
    for reader in (officer, city):
        page = Visitor(reader).get(reverse("review:workbench", args=[application.uuid]))
        assert "基本条件测评12项，符合12项。" in page.text
        assert page.links["初审测评表"] == reverse("review:measurement_pdf", args=[application.uuid])


def test_only_the_own_district_measures(officer: Actor, stranger: Actor, application: Application) -> None:
    application = accepted(officer, application)
    with pytest.raises(Exception, match="经办人办理"):
        district.measure(actor=stranger, application=application, **measuring.proposed(application))
    with pytest.raises(Blocked):
        district.recommend(actor=officer, application=application, opinion="好", order=1)
    assert Visitor(stranger).get(reverse("review:measure", args=[application.uuid])).status == 404
