"""Evaluation and rectification through the rendered forms, and what an evaluator's session can reach (Art. 18, 19)."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from registry.models import Title
from supervision.models import Evaluation, Rectification
from supervision.selectors import rectifications as selectors
from supervision.services import evaluations
from tests import cast, drafts
from tests.pages import Page, Visitor
from tests.supervision import evaluations as make
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(make.MORNING):
        yield


def scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drafts.pdf(), "application/pdf")


def commission(city: Visitor, title: Title, actor: Actor) -> Evaluation:
    """From the list over the choice of the platform to the commission."""
    page = city.get(reverse("supervision:evaluations"))
    page = city.get(page.links["委托测评"])
    page = city.get(page.links[f"委托测评：{title.platform_name}"] if f"委托测评：{title.platform_name}" in page.links else reverse("supervision:evaluation_commission", args=[title.uuid]))  # fmt: skip
    typed = {
        "evaluator": actor.user.pk, "body": "云南示例测评有限公司", "assignment": "按测评指标到现场测评。",
        "contract_to": "2026-11-30", "due_on": "2026-10-30",
    }  # fmt: skip
    page = city.submit(page, "委托测评", typed, paper=scan("委托书.pdf"))
    assert "已委托" in page.all_text
    return Evaluation.objects.get(title=title)


def evaluate(evaluator: Visitor, made: Evaluation, failing: tuple[str, ...]) -> Page:
    """From the desk over the declaration to the submission, a draft saved in between."""
    page = evaluator.get(reverse("desk:home"))
    assert made.title.platform_name in page.text
    page = evaluator.get(made.get_absolute_url())
    page = evaluator.submit(page, "声明无利益关系，开始测评", {"clear": "yes"})
    typed = {"proposal": "fail" if failing else "pass", "opinion": "见逐项说明。"}
    for item in made.criteria_set.items:
        typed |= {f"verdict-{item.key}": "unmet" if item.key in failing else "met", f"text-{item.key}": "现场核对。"}
    page = evaluator.submit(page, "保存草稿", {**typed, "text-team": ""})
    assert "草稿已保存" in page.all_text
    page = evaluator.submit(page, "提交测评报告")
    assert any("测评情况" in words for words in page.errors) and page.status == 422
    files = {f"evidence-{key}": scan(f"{key}.pdf") for key in failing}
    return evaluator.submit(page, "提交测评报告", typed, report=scan("测评报告.pdf"), **files)


def ordered(city: Visitor, made: Evaluation) -> Rectification:
    page = city.submit(city.get(reverse("supervision:evaluation_fail", args=[made.uuid])), "测评不合格", {"reason": "两项指标不合格。"})  # fmt: skip
    page = city.get(page.links["责令限期整改"])
    requirements = {f"requirement-{key}": "补齐服务记录。" for key in make.FAILING}
    page = city.submit(page, "责令限期整改", {**requirements, "due_on": "2026-10-01"})
    assert any("不能早于" in words for words in page.errors)
    page = city.submit(page, "责令限期整改", {"due_on": "2026-11-30"})
    assert "已责令限期整改" in page.all_text
    return Rectification.objects.get(evaluation=made)


def reported(title: Title, made: Rectification) -> None:
    """The platform finds the order on its desk and reports."""
    platform = Visitor(build.person(title))
    assert made.number in platform.get(reverse("desk:home")).text
    page = platform.get(made.get_absolute_url())
    page = platform.submit(platform.get(page.links["提交整改报告"]), "提交整改报告", {"text": "已整改。"}, files=scan("整改材料.pdf"))  # fmt: skip
    assert "整改报告已提交" in page.all_text


def test_a_failing_platform_goes_from_the_commission_to_a_failing_recheck() -> None:
    title, actor = build.titled("示范平台"), make.evaluator()
    city, evaluator = Visitor(make.city()), Visitor(actor)
    made = commission(city, title, actor)
    page = evaluate(evaluator, made, make.FAILING)
    assert page.heading == "目前没有待办的测评"
    rectification = ordered(city, made)
    assert evaluator.get(made.get_absolute_url()).status == 403
    reported(title, rectification)
    page = city.get(reverse("supervision:rectification_fail", args=[rectification.uuid]))
    page = city.submit(page, "整改仍不达标", {"recheckers": "李某、张某", "findings": "服务记录仍不完整。"})
    assert "整改仍不达标" in page.text
    assert list(selectors.failed()) == [rectification]
    page = Visitor(build.person(title)).get(rectification.get_absolute_url())
    assert "服务记录仍不完整" in page.text


def test_its_passing_twin_ends_with_a_passing_evaluation() -> None:
    title, actor = build.titled("示范平台"), make.evaluator("专家甲", Role.EXPERT)
    city, evaluator = Visitor(make.city()), Visitor(actor)
    made = commission(city, title, actor)
    evaluate(evaluator, made, ())
    page = city.get(made.get_absolute_url())
    page = city.submit(city.get(page.links["测评合格"]), "测评合格", {"reason": "各项指标合格。"})
    assert Evaluation.objects.get().state == "passed"
    assert "责令限期整改" not in page.links
    page = Visitor(build.person(title)).get(made.get_absolute_url())
    assert "各项指标合格" in page.text and "现场核对" in page.text


def test_a_passing_recheck_closes_a_rectification() -> None:
    made = make.reported()
    city = Visitor(make.city())
    page = city.get(reverse("supervision:rectification_pass", args=[made.uuid]))
    page = city.submit(page, "整改达标", {"recheckers": "李某", "findings": "已补齐。"}, evidence=scan("复查记录.pdf"))
    assert "已办理“整改达标”" in page.all_text
    assert selectors.open_([made.title]) == {}


def addresses(made: Evaluation, title: Title) -> list[str]:
    """Every address about an evaluation that only its evaluator may open, and those of the platform in other rooms."""
    one = [made.uuid]
    return [
        made.get_absolute_url(),
        reverse("supervision:evaluation_findings", args=one),
        reverse("supervision:evaluation_recuse", args=one),
        reverse("supervision:evaluation_dossier", args=one),
        reverse("supervision:evaluation_report", args=[made.uuid, 2025]),
        reverse("supervision:evaluation_file", args=[made.uuid, "commission"]),
        reverse("supervision:evaluation_file", args=[made.uuid, "report"]),
        reverse("supervision:evaluation_file", args=[made.uuid, "benefit"]),
        reverse("registry:title", args=[title.uuid]),
        reverse("supervision:rectifications"),
        reverse("supervision:evaluations"),
        reverse("supervision:report_queue"),
        reverse("registry:platforms"),
    ]


def test_an_evaluator_reaches_nothing_of_a_platform_that_was_not_assigned() -> None:
    title, other = build.titled("甲平台"), build.titled("乙平台")
    with clock.frozen(clock.shanghai(2026, 1, 12, 9)):
        build.filed(other, 2025)
    made = make.begun(other, make.evaluator("另一机构李工"))
    own = Visitor(make.evaluator())
    make.begun(title, make.evaluator())
    answers = {own.get(address).status for address in addresses(made, other)}
    assert answers <= {403, 404}
    for address in (reverse("supervision:my_evaluations"), reverse("desk:home"), reverse("notifications:inbox")):
        assert "乙平台" not in own.get(address).all_text
    other_evaluator = Visitor(make.evaluator("另一机构李工"))
    assert [other_evaluator.get(address).status for address in addresses(made, other)[:6]] == [200] * 6


def test_before_the_declaration_only_the_commission_page_opens() -> None:
    title = build.titled("甲平台")
    made = make.commissioned(title)
    own = Visitor(make.evaluator())
    assert own.get(made.get_absolute_url()).heading == "先声明利益关系"
    assert own.get(reverse("supervision:evaluation_dossier", args=[made.uuid])).status == 404
    evaluations.begin(actor=make.evaluator(), evaluation=made)
    assert own.get(reverse("supervision:evaluation_dossier", args=[made.uuid])).status == 200


@pytest.mark.parametrize("end", ["conclude_pass", "abandon", "recuse"])
def test_after_the_end_nothing_opens_and_nothing_is_listed(end: str) -> None:
    title = build.titled("甲平台")
    made = make.submitted(title) if end == "conclude_pass" else make.begun(title)
    own = Visitor(make.evaluator())
    assert own.get(reverse("supervision:evaluation_dossier", args=[made.uuid])).status == 200
    actor = make.evaluator() if end == "recuse" else make.city()
    getattr(evaluations, end)(actor=actor, evaluation=made, reason="理由。")
    assert {own.get(address).status for address in addresses(made, title)} <= {403, 404}
    for address in (reverse("supervision:my_evaluations"), reverse("desk:home")):
        assert "甲平台" not in own.get(address).all_text


def test_a_platform_does_not_learn_of_an_evaluation_before_its_conclusion() -> None:
    title = build.titled("甲平台")
    made = make.submitted(title, failing=make.FAILING)
    platform = Visitor(build.person(title))
    assert platform.get(made.get_absolute_url()).status == 404
    assert "甲平台" not in platform.get(reverse("supervision:evaluations")).text
    evaluations.conclude_fail(actor=make.city(), evaluation=made, reason="不合格。")
    assert platform.get(made.get_absolute_url()).status == 200
    assert platform.get(reverse("supervision:evaluation_file", args=[made.uuid, "report"])).status == 200
    assert platform.get(reverse("supervision:evaluation_file", args=[made.uuid, "benefit"])).status == 404


def test_district_and_auditor_read_and_change_nothing() -> None:
    made = make.failing(build.titled("甲平台"))
    evaluation = made.evaluation
    for actor in (cast.district_officer(), cast.person("auditor", Role.AUDITOR)):
        reader = Visitor(actor)
        read = [evaluation, made]
        assert [reader.get(one.get_absolute_url()).status for one in read] == [200, 200]
        assert reader.get(reverse("supervision:evaluation_file", args=[evaluation.uuid, "benefit"])).status == 200
        assert reader.get(reverse("supervision:rectification_evidence", args=[made.uuid])).status == 200
        assert reader.client.post(reverse("supervision:rectification_pass", args=[made.uuid])).status_code == 403
    other = Visitor(cast.district_officer("wuhua", "wuhua"))
    assert [other.get(one.get_absolute_url()).status for one in (evaluation, made)] == [404, 404]


def test_the_city_passes_an_evaluation_on_and_sends_one_back() -> None:
    made, second = make.begun(), make.evaluator("另一机构李工")
    first = Visitor(make.evaluator())
    page = first.submit(first.get(reverse("supervision:evaluation_recuse", args=[made.uuid])), "确认回避", {"reason": "有合作。"})  # fmt: skip
    assert "已回避" in page.all_text
    city = Visitor(make.city())
    page = city.get(city.get(made.get_absolute_url()).links["另行委托"])
    typed = {"evaluator": second.user.pk, "body": "另一机构", "contract_to": "2026-11-30", "due_on": "2026-10-30"}
    city.submit(page, "另行委托", typed, paper=scan("委托书.pdf"))
    made = evaluations.begin(actor=second, evaluation=Evaluation.objects.get(pk=made.pk))
    evaluations.submit(actor=second, evaluation=made, entries=make.entries(made))
    page = city.get(city.get(made.get_absolute_url()).links["退回补充测评"])
    city.submit(page, "退回补充测评", {"reason": "请补充满意度依据。", "due_on": "2026-11-10"})
    page = Visitor(second).get(reverse("supervision:evaluation_findings", args=[made.uuid]))
    assert "请补充满意度依据" in page.text
    assert Evaluation.objects.get(pk=made.pk).due_on == date(2026, 11, 10)


def test_a_failed_evaluation_without_order_stays_on_the_desk_of_the_city() -> None:
    made = make.failed(build.titled("甲平台"))
    city = Visitor(make.city())
    assert "责令测评不合格的平台限期整改" in city.get(reverse("desk:home")).text
    ordered = make.rectifications.order(
        actor=make.city(), evaluation=made, requirements=dict.fromkeys(make.FAILING, "改。"), grounds="不合格。", due_on=date(2026, 12, 1)
    )  # fmt: skip
    assert ordered.state == "ordered"
    assert "责令测评不合格的平台限期整改" not in city.get(reverse("desk:home")).text
