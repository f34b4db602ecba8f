"""The expert's sheet: interests first, drafts that never count, what may be typed, one lock, nobody else's scores."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from applications.models import Application, Call
from applications.models.application import ApplicationUserObjectPermission
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.models import StepRecord
from review.invariants import panels as invariants
from review.models import Panel, Score, ScoreSheet
from review.services import scoring
from review.services.scoring import Entries
from tests import cast
from tests.pages import Visitor
from tests.review import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def members() -> list[Actor]:
    return making.experts()


@pytest.fixture
def application(call: Call, city: Actor) -> Application:
    return making.admitted(call, city)


@pytest.fixture
def panel(call: Call, city: Actor, members: list[Actor], application: Application) -> Panel:
    return making.started(call, city, members, [application])


@pytest.fixture
def sheet(panel: Panel, application: Application, members: list[Actor]) -> ScoreSheet:
    return making.sheet_of(panel, application, members[0])


@pytest.fixture
def scored(sheet: ScoreSheet, members: list[Actor]) -> ScoreSheet:
    return scoring.declare_clear(actor=members[0], sheet=sheet)


def test_the_dossier_opens_with_the_declaration_and_not_before(sheet: ScoreSheet, members: list[Actor]) -> None:
    expert = Visitor(members[0])
    dossier = f"{sheet.get_absolute_url()}dossier/"
    assert expert.get(dossier).status == 404
    page = expert.get(sheet.get_absolute_url())
    assert page.heading == "先声明利益关系"
    page = expert.submit(page, "声明无利益关系，打开材料", {"clear": "yes"})
    assert page.heading == sheet.case.application.platform_name
    opened = expert.get(dossier)
    assert (opened.status, "620" in opened.text) == (200, True)
    assert all(secret not in opened.text for secret in ("13800000001", "138****0001", "secret@example.com"))


def test_a_declaration_without_the_tick_opens_nothing(sheet: ScoreSheet, members: list[Actor]) -> None:
    expert = Visitor(members[0])
    expert.submit(expert.get(sheet.get_absolute_url()), "声明无利益关系，打开材料")
    sheet.refresh_from_db()
    assert (sheet.state, ApplicationUserObjectPermission.objects.count()) == ("assigned", 0)


def test_another_expert_finds_neither_sheet_nor_dossier(scored: ScoreSheet, members: list[Actor]) -> None:
    for stranger in (members[1], making.expert("unassigned")):
        visitor = Visitor(stranger)
        address = scored.get_absolute_url()
        assert [visitor.get(a).status for a in (address, f"{address}dossier/", f"{address}recuse/")] == [404, 404, 404]
    assert Visitor(members[0]).get(scored.get_absolute_url()).status == 200


def test_a_recused_expert_can_no_longer_score_nor_read(scored: ScoreSheet, members: list[Actor]) -> None:
    expert = Visitor(members[0])
    page = expert.get(f"{scored.get_absolute_url()}recuse/")
    expert.submit(page, "确认回避", {"reason": "发现配偶在申报单位任职"})
    address = scored.get_absolute_url()
    assert [expert.get(a).status for a in (address, f"{address}dossier/")] == [403, 404]
    with pytest.raises(NotAllowed, match="您已申请回避，不能评分"):
        scoring.save_draft(actor=members[0], sheet=scored, entries=making.entries())
    assert ApplicationUserObjectPermission.objects.count() == 0
    assert list(invariants.check()) == []


def test_others_scores_stay_hidden_until_the_end(
    panel: Panel, application: Application, members: list[Actor], city: Actor
) -> None:
    other = making.score(members[1], making.sheet_of(panel, application, members[1]), "0.9", basics="11.5")
    own = making.score(members[0], making.sheet_of(panel, application, members[0]), "0.7")
    text = Visitor(members[0]).get(own.get_absolute_url()).text
    assert all(words not in text for words in (str(other.total), members[1].user.username, "11.5"))
    assert str(own.total) in text


@pytest.mark.parametrize("typed", ["NaN", "1e309", "-1", "101", "33.333", "16", "8.25", "九", "95", "９５"])
def test_impossible_points_are_refused_at_the_field_and_kept(
    scored: ScoreSheet, members: list[Actor], typed: str
) -> None:
    expert = Visitor(members[0])
    page = expert.submit(
        expert.get(scored.get_absolute_url()), "保存草稿", {"points-basics": typed, "opinion": "先写一点"}
    )
    field = page.soup.select_one("#id_points-basics")
    assert (page.status, len(page.errors), field["value"]) == (422, 1, typed)
    assert page.soup.select_one("#id_opinion").text.strip() == "先写一点"
    assert Score.objects.filter(points__isnull=False).count() == 0


def test_full_width_digits_are_understood(scored: ScoreSheet, members: list[Actor]) -> None:
    expert = Visitor(members[0])
    page = expert.submit(expert.get(scored.get_absolute_url()), "保存草稿", {"points-basics": "１２．５"})
    assert (page.status, Score.objects.get(item="basics").points) == (200, 12.5)


def test_a_draft_saved_from_an_older_page_is_refused(scored: ScoreSheet, members: list[Actor]) -> None:
    expert = Visitor(members[0])
    old = expert.get(scored.get_absolute_url())
    expert.submit(expert.get(scored.get_absolute_url()), "保存草稿", {"points-basics": "12"})
    stale = expert.submit(old, "保存草稿", {"points-basics": "9"})
    assert (stale.status, Score.objects.get(item="basics").points) == (409, 12)
    with pytest.raises(Stale):
        scoring.save_draft(actor=members[0], sheet=scored, entries=making.entries(), revision=0)


def test_a_draft_takes_the_same_queries_for_one_item_and_for_all(scored: ScoreSheet, members: list[Actor]) -> None:
    whole, taken = making.entries("0.5"), []
    for given in (Entries({"basics": Decimal(3)}, {"basics": "先写一点"}), whole):
        with CaptureQueriesContext(connection) as asked:
            scoring.save_draft(actor=members[0], sheet=scored, entries=given)
        taken.append(len(asked))
    kept = {score.item: (score.points, score.note) for score in Score.objects.all()}
    assert kept == {item: (points, whole.notes.get(item, "")) for item, points in whole.points.items()}
    assert taken[0] == taken[1]


def test_an_incomplete_sheet_is_not_submitted(scored: ScoreSheet, members: list[Actor]) -> None:
    with pytest.raises(ValidationError) as refused:
        scoring.lock(actor=members[0], sheet=scored, entries=Entries({"basics": None}, opinion=""))
    assert len(refused.value.message_dict) == 12
    scored.refresh_from_db()
    assert (scored.state, scored.total) == ("scoring", None)


def test_a_submitted_sheet_cannot_be_changed(scored: ScoreSheet, members: list[Actor]) -> None:
    expert = Visitor(members[0])
    old = expert.get(scored.get_absolute_url())
    making.score(members[0], scored)
    late = expert.submit(old, "保存草稿", {"points-basics": "15"})
    assert (late.status, Score.objects.get(item="basics").points) == (409, 12)
    with pytest.raises(WrongStage):
        scoring.lock(actor=members[0], sheet=scored, entries=making.entries("1"))
    assert StepRecord.objects.filter(step="lock").count() == 1


def test_saving_leads_to_the_next_case_and_skipping_keeps_nothing(
    call: Call, city: Actor, members: list[Actor]
) -> None:
    cases = [making.admitted(call, city) for _ in range(2)]
    panel = making.started(call, city, members, cases)
    first, second = (making.sheet_of(panel, case, members[0]) for case in cases)
    for sheet in (first, second):
        scoring.declare_clear(actor=members[0], sheet=sheet)
    expert = Visitor(members[0])
    page = expert.submit(expert.get(first.get_absolute_url()), "保存并下一件", {"points-basics": "12"})
    assert page.heading == cases[1].platform_name
    page = expert.submit(page, "暂跳过", {"points-basics": "3"})
    assert (page.heading, Score.objects.filter(points__isnull=False).count()) == (cases[0].platform_name, 1)


def test_only_the_assigned_expert_writes(scored: ScoreSheet, members: list[Actor], city: Actor) -> None:
    for stranger in (members[1], city):
        with pytest.raises(NotAllowed):
            scoring.save_draft(actor=stranger, sheet=scored, entries=making.entries())


def test_a_known_conflict_cannot_be_declared_away(sheet: ScoreSheet, members: list[Actor]) -> None:
    profile = members[0].user.expert_profile
    profile.employer_code = sheet.case.application.organisation.credit_code
    profile.save()
    with pytest.raises(Blocked, match="工作单位即申报单位，请申请回避"):
        scoring.declare_clear(actor=members[0], sheet=sheet)
    scoring.recuse(actor=members[0], sheet=sheet, reason="本单位申报")


def test_an_officer_reopens_only_with_a_reason(scored: ScoreSheet, members: list[Actor], city: Actor) -> None:
    making.score(members[0], scored)
    officer = Visitor(city)
    page = officer.get(officer.get(scored.get_absolute_url()).links["退回重评"])
    assert officer.submit(page, "退回重评").status == 422
    officer.submit(page, "退回重评", {"reason": "专家来函更正"})
    scored.refresh_from_db()
    assert (scored.state, scored.total) == ("scoring", None)


def test_passing_saves_answer_in_words(scored: ScoreSheet, members: list[Actor]) -> None:
    expert = Visitor(members[0])
    expert.client = type(expert.client)()
    expert.client.force_login(members[0].user)
    address = f"{scored.get_absolute_url()}save/"
    good = expert.client.post(address, {"points-basics": "12", "revision": "0"})
    old = expert.client.post(address, {"points-basics": "13", "revision": "0"})
    bad = expert.client.post(address, {"points-basics": "abc", "revision": "1"})
    assert (good.status_code, good.json()) == (200, {"revision": 1})
    assert [old.status_code, bad.status_code] == [409, 422]


def test_an_auditor_reads_and_changes_nothing(scored: ScoreSheet) -> None:
    from accounts.models import Role

    auditor = Visitor(cast.person("auditor", Role.AUDITOR))
    assert auditor.get(scored.get_absolute_url()).status == 200
    assert auditor.get(f"{scored.get_absolute_url()}void/").status == 403
