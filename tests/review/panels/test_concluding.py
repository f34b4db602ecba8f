"""Concluding a panel (Art. 12): exact ranking, reasons for everybody left out, ties decided in writing, late conflicts."""

from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.actors import Actor
from applications.models import Application, Call
from applications.models.application import ApplicationUserObjectPermission
from lifecycle import chain
from lifecycle.errors import Blocked, WrongStage
from lifecycle.models import StepRecord
from review import invariants
from review.models import Panel, PanelCase, ScoreSheet
from review.selectors import ranking
from review.services import panels, scoring
from review.services.panels import Choice
from tests.review import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def members() -> list[Actor]:
    return making.experts()


@pytest.fixture
def applications(call: Call, city: Actor) -> list[Application]:
    return [making.admitted(call, city) for _ in range(2)]


@pytest.fixture
def panel(call: Call, city: Actor, members: list[Actor], applications: list[Application]) -> Panel:
    return making.started(call, city, members, applications)


def choose(applications: list[Application], *selected: Application, reason: str = "名次在后，名额有限") -> list[Choice]:
    return [Choice(a.uuid, a in selected, "" if a in selected else reason) for a in applications]


def conclude(city: Actor, panel: Panel, choices: list[Choice], **extra: object) -> Panel:
    return panels.conclude(actor=city, panel=panel, choices=choices, cut_reason="按名次择优", **extra)


def test_the_best_are_shortlisted_and_the_others_get_their_reason(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    better, worse = applications
    making.score_all(panel, members, {better: "0.9", worse: "0.7"})
    conclude(city, panel, choose(applications, better))
    for application in applications:
        application.refresh_from_db()
    panel.refresh_from_db()
    assert [a.state for a in applications] == ["shortlisted", "not_shortlisted"]
    assert [row["application"] for row in panel.ranking["cases"]] == [str(better.uuid), str(worse.uuid)]
    assert list(PanelCase.objects.filter(panel=panel).values_list("rank", "shortlisted")) == [(1, True), (2, False)]
    record = StepRecord.objects.get(step="conclude", subject_type="panel")
    assert record.data == {"ranking": chain.digest(panel.ranking)}
    assert StepRecord.objects.get(step="not_shortlist").reason == "名次在后，名额有限"
    assert ApplicationUserObjectPermission.objects.count() == 0
    assert list(invariants.check()) == []


def test_the_mean_is_exact(city: Actor, panel: Panel, members: list[Actor], applications: list[Application]) -> None:
    first, second = applications
    for member, basics in zip(members, ("10", "10", "10.5"), strict=True):
        making.score(member, making.sheet_of(panel, first, member), "0.8", basics=basics)
        making.score(member, making.sheet_of(panel, second, member), "0.8", basics="10")
    conclude(city, panel, choose(applications, first))
    panel.refresh_from_db()
    means = [Fraction(row["mean"]) for row in panel.ranking["cases"]]
    assert means[0] - means[1] == Fraction(1, 6)


def test_a_draft_never_counts_and_an_open_sheet_blocks_the_conclusion(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    first, second = applications
    making.score_all(panel, members, {first: "0.9"})
    making.score_all(panel, members[:2], {second: "0.7"})
    last = making.sheet_of(panel, second, members[2])
    scoring.declare_clear(actor=members[2], sheet=last)
    scoring.save_draft(actor=members[2], sheet=last, entries=making.entries("1"))
    with pytest.raises(Blocked, match="1份评分未提交"):
        conclude(city, panel, choose(applications, first))
    making.score(members[2], last, "0.7")
    conclude(city, panel, choose(applications, first))
    assert (
        PanelCase.objects.get(application=second).mean == PanelCase.objects.get(application=second).sheets.first().total
    )


def test_everybody_left_out_needs_a_reason(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    better, worse = applications
    making.score_all(panel, members, {better: "0.9", worse: "0.7"})
    with pytest.raises(ValidationError) as refused:
        conclude(city, panel, choose(applications, better, reason=" "))
    assert list(refused.value.message_dict) == [f"reason-{worse.uuid}"]
    panel.refresh_from_db()
    assert (panel.state, panel.ranking) == ("scoring", None)


def test_a_tie_that_the_published_rule_cannot_resolve_needs_a_written_decision(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    making.score_all(panel, members, dict.fromkeys(applications, "0.8"))
    with pytest.raises(ValidationError) as refused:
        conclude(city, panel, choose(applications, applications[0]))
    assert list(refused.value.message_dict) == ["tie-1"]
    conclude(city, panel, choose(applications, applications[0]), tie_reasons={1: "经集体研究，优先公益性服务占比高者"})
    panel.refresh_from_db()
    assert panel.ranking["ties"] == {"1": "经集体研究，优先公益性服务占比高者"}
    assert [row["place"] for row in panel.ranking["cases"]] == [1, 1]


def test_equal_means_are_ordered_by_the_published_rule(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    first, second = applications
    for member in members:
        making.score(member, making.sheet_of(panel, first, member), "0.8", volume="5", basics="13")
        making.score(member, making.sheet_of(panel, second, member), "0.8", volume="7", basics="11")
    ranked = ranking.compute(panel, _cases(panel))
    assert [(r.case.application, r.place.decided_by) for r in ranked] == [
        (second, "performance"),
        (first, "performance"),
    ]


def test_a_case_below_the_floor_is_listed_only_with_a_reason(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    better, worse = applications
    making.score_all(panel, members, {better: "0.9", worse: "0.5"})
    with pytest.raises(ValidationError, match=r"低于60\.00分"):
        conclude(city, panel, [Choice(a.uuid, True) for a in applications])
    conclude(city, panel, [Choice(better.uuid, True), Choice(worse.uuid, True, "服务县域薄弱环节，经研究列入")])
    worse.refresh_from_db()
    assert worse.state == "shortlisted"


def test_points_never_make_up_for_a_condition_of_article_7(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    better, worse = applications
    making.score_all(panel, members, {better: "1", worse: "0.9"})
    version = better.current_version
    version.content["facts"]["full_time_staff"] = 14
    version.save()
    with pytest.raises(ValidationError, match="不能以得分弥补"):
        conclude(city, panel, choose(applications, better, worse))
    conclude(city, panel, choose(applications, worse))
    better.refresh_from_db()
    assert better.state == "not_shortlisted"


def test_a_conflict_found_late_voids_the_sheet_recomputes_and_stays_on_record(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    first, second = applications
    making.score_all(panel, members, {first: "0.8", second: "0.8"})
    biased = making.sheet_of(panel, second, members[0])
    scoring.reopen(actor=city, sheet=biased, reason="专家申请更正")
    making.score(members[0], biased, "1")
    assert ranking.compute(panel, _cases(panel))[0].case.application == second
    scoring.void(actor=city, sheet=biased, reason="查明该专家为申报单位顾问")
    with pytest.raises(Blocked, match="还缺1名专家的评分"):
        conclude(city, panel, choose(applications, first))
    substitute = making.expert("substitute")
    replacement = panels.replace(actor=city, sheet=biased, expert=substitute.user)
    making.score(substitute, replacement, "0.7")
    conclude(city, panel, choose(applications, first))
    biased.refresh_from_db()
    assert (biased.state, biased.conflict) == ("voided", "查明该专家为申报单位顾问")
    assert [row["application"] for row in Panel.objects.get().ranking["cases"]] == [str(first.uuid), str(second.uuid)]
    assert list(invariants.check()) == []


def test_a_conflict_found_after_the_conclusion_is_recomputed_beside_the_kept_ranking(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    first, second = applications
    for member in members:
        making.score(member, making.sheet_of(panel, first, member), "0.8")
    for member, share in zip(members, ("1", "0.75", "0.75"), strict=True):
        making.score(member, making.sheet_of(panel, second, member), share)
    conclude(city, panel, choose(applications, second))
    scoring.void(actor=city, sheet=making.sheet_of(panel, second, members[0]), reason="事后查明利益关系")
    panel.refresh_from_db()
    voided = [str(u) for u in ScoreSheet.objects.filter(state="voided").values_list("uuid", flat=True)]
    assert ranking.recomputed(panel)[str(second.uuid)][0] == 1
    assert ranking.recomputed(panel, without=voided)[str(second.uuid)][0] == 2
    assert list(invariants.check()) == []


def test_an_application_withdrawn_during_review_leaves_and_its_sheets_are_voided(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    stays, leaves = applications
    making.score_all(panel, members, {stays: "0.9"})
    scoring.declare_clear(actor=members[0], sheet=making.sheet_of(panel, leaves, members[0]))
    making.take(making.applicant(leaves), leaves, "withdraw", "不再申报")
    conclude(city, panel, choose([stays], stays))
    assert set(ScoreSheet.objects.filter(case__application=leaves).values_list("state", flat=True)) == {"voided"}
    assert ApplicationUserObjectPermission.objects.count() == 0
    assert list(invariants.check()) == []


def test_a_panel_concludes_once(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    making.score_all(panel, members, {applications[0]: "0.9", applications[1]: "0.7"})
    conclude(city, panel, choose(applications, *applications))
    with pytest.raises(WrongStage, match="确定推荐认定名单"):
        conclude(city, panel, choose(applications, *applications))


def test_a_score_changed_past_the_product_is_found_and_blocks_the_conclusion(
    city: Actor, panel: Panel, members: list[Actor], applications: list[Application]
) -> None:
    making.score_all(panel, members, {applications[0]: "0.9", applications[1]: "0.7"})
    sheet = making.sheet_of(panel, applications[1], members[0])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE review_score SET points = 15 WHERE sheet_id = %s AND item = 'basics'", [sheet.pk])
    with pytest.raises(Blocked, match="不符"):
        conclude(city, panel, choose(applications, *applications))
    assert [line for line in invariants.check() if str(sheet.uuid) in line]


def _cases(panel: Panel) -> list[PanelCase]:
    from review.selectors.panels import cases_of

    return cases_of(Panel.objects.get(pk=panel.pk))
