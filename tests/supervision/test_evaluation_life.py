"""An evaluation from the commission to the conclusion, what each step refuses, and what opens to its evaluator when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Capacity, Role
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.models import Announcement, StepRecord
from regulation.evaluation import DEFAULT_CRITERIA, Criteria, Criterion, from_pin
from review.models import ExpertProfile
from supervision import grants
from supervision.models import Evaluation
from supervision.scans import evaluations as scans
from supervision.selectors import evaluations as selectors
from supervision.services import evaluations
from tests import cast
from tests.supervision import evaluations as make
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(make.MORNING):
        yield


def test_an_evaluation_goes_from_the_commission_to_a_passing_conclusion() -> None:
    title, actor = build.titled("示范平台"), make.evaluator()
    made = make.commissioned(title, actor)
    assert (made.state, list(grants.held())) == ("commissioned", [])
    made = evaluations.begin(actor=actor, evaluation=made)
    assert (made.state, list(grants.held())) == ("in_progress", [("evaluate", actor.user.pk, title.pk)])
    made = evaluations.submit(actor=actor, evaluation=made, entries=make.entries(made))
    assert (made.state, made.late, len(list(grants.held()))) == ("submitted", False, 1)
    made = evaluations.conclude_pass(actor=make.city(), evaluation=made, reason="合格。")
    assert (made.state, made.conclusion, list(grants.held())) == ("passed", "合格。", [])


def test_the_platform_and_its_district_learn_the_conclusion_and_its_evaluator_nothing_more() -> None:
    title, officer = build.titled(), cast.district_officer()
    made = make.failed(title)
    told = Announcement.objects.filter(subject_id=made.uuid, kind="conclude_fail")
    people = {build.person(title).user, build.person(title, Role.SIGNATORY).user, officer.user}
    assert {one.user for one in told} == people
    assert {one.user for one in Announcement.objects.filter(kind="commission")} == {made.evaluator}


def test_a_known_interest_shuts_an_evaluator_out() -> None:
    title, actor = build.titled(), make.evaluator()
    organisation = title.platform.organisation
    with pytest.raises(Blocked, match="工作单位即运营单位"):
        make.commissioned(title, actor, body=organisation.name, body_code=organisation.credit_code)
    Capacity.objects.create(
        user=actor.user, role=Role.FILER, organisation=organisation, valid_from=date(2020, 1, 1), valid_to=date(2025, 1, 1)
    )  # fmt: skip
    with pytest.raises(Blocked, match="持有其账号身份"):
        make.commissioned(title, actor)
    Capacity.objects.filter(organisation=organisation, user=actor.user).update(valid_to=date(2023, 9, 8))
    assert make.commissioned(title, actor).state == "commissioned"


def test_an_interest_found_after_the_commission_stops_the_beginning() -> None:
    title, actor = build.titled(), make.evaluator("专家甲", Role.EXPERT)
    made = make.commissioned(title, actor)
    profile = ExpertProfile.objects.create(user=actor.user, employer=title.platform.organisation.name, field="财税")
    with pytest.raises(Blocked, match="有利益关系"):
        evaluations.begin(actor=actor, evaluation=made)
    assert list(grants.held()) == []
    profile.delete()
    assert evaluations.begin(actor=actor, evaluation=made).state == "in_progress"


def test_only_the_assigned_person_begins_writes_and_hands_in() -> None:
    made, stranger = make.commissioned(), make.evaluator("另一机构李工")
    with pytest.raises(NotAllowed):
        evaluations.begin(actor=stranger, evaluation=made)
    made = evaluations.begin(actor=make.person(made), evaluation=made)
    with pytest.raises(NotAllowed):
        evaluations.save_draft(actor=stranger, evaluation=made, entries=make.entries(made))
    with pytest.raises(NotAllowed):
        evaluations.submit(actor=make.city(), evaluation=made, entries=make.entries(made))
    assert evaluations.submit(actor=make.person(made), evaluation=made, entries=make.entries(made)).state == "submitted"


def test_one_evaluation_of_a_title_at_a_time_and_only_of_titles_in_force() -> None:
    title = build.titled()
    make.commissioned(title)
    with pytest.raises(Blocked, match="尚未办结"):
        make.commissioned(title)
    old = build.titled(valid=(date(2023, 9, 1), date(2026, 9, 8)))
    with pytest.raises(Blocked, match="不在有效期内"):
        make.commissioned(old)
    last_day = build.titled(valid=(date(2023, 9, 9), date(2026, 9, 9)))
    assert make.commissioned(last_day).state == "commissioned"


def test_a_city_officer_cannot_be_asked_to_evaluate() -> None:
    title, officer = build.titled(), make.city()
    with pytest.raises(Blocked, match="没有受托第三方或者评审专家的身份"):
        make.commissioned(title, officer)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"body": " "}, "body"),
        ({"assignment": ""}, "assignment"),
        ({"contract_to": date(2026, 9, 8)}, "contract_to"),
        ({"due_on": date(2026, 11, 9)}, "due_on"),
        ({"due_on": date(2026, 9, 8)}, "due_on"),
    ],
)
def test_crooked_terms_are_refused_at_their_field(given: dict[str, object], field: str) -> None:
    title, actor = build.titled(), make.evaluator()
    with pytest.raises(ValidationError) as refused:
        make.commissioned(title, actor, **given)
    assert list(refused.value.error_dict) == [field]
    assert make.commissioned(title, actor, due_on=date(2026, 11, 8)).due_on == date(2026, 11, 8)


def test_an_incomplete_form_names_every_gap_and_a_draft_need_not_be_complete() -> None:
    made = make.begun()
    partly = replace(make.entries(made), opinion="", report=None, proposal="", findings={"operation": ("met", "")})
    with pytest.raises(ValidationError) as refused:
        evaluations.submit(actor=make.person(made), evaluation=made, entries=partly)
    expected = {f"verdict-{item.key}" for item in DEFAULT_CRITERIA.items[1:]} | {
        "text-operation",
        "proposal",
        "opinion",
        "report",
    }
    assert set(refused.value.error_dict) == expected
    kept = evaluations.save_draft(actor=make.person(made), evaluation=made, entries=partly)
    assert (kept.state, kept.revision, kept.findings.get().verdict) == ("in_progress", 1, "met")


def test_a_failing_proposal_names_what_fails() -> None:
    made = make.begun()
    with pytest.raises(ValidationError, match="各项指标都合格"):
        evaluations.submit(
            actor=make.person(made), evaluation=made, entries=replace(make.entries(made), proposal="fail")
        )
    handed = evaluations.submit(actor=make.person(made), evaluation=made, entries=make.entries(made))
    with pytest.raises(Blocked, match="没有不合格的指标"):
        evaluations.conclude_fail(actor=make.city(), evaluation=handed, reason="不合格。")
    assert evaluations.conclude_pass(actor=make.city(), evaluation=handed, reason="合格。").state == "passed"


def test_two_pages_do_not_overwrite_each_other() -> None:
    made = make.begun()
    entries = make.entries(made)
    evaluations.save_draft(actor=make.person(made), evaluation=made, entries=entries, revision=0)
    with pytest.raises(Stale, match="另一个页面"):
        evaluations.save_draft(actor=make.person(made), evaluation=made, entries=entries, revision=0)


def test_what_was_handed_in_is_closed_until_it_goes_back() -> None:
    made = make.submitted()
    with pytest.raises(WrongStage):
        evaluations.save_draft(actor=make.person(made), evaluation=made, entries=make.entries(made))
    last = clock.today() + timedelta(days=90)
    back = evaluations.send_back(actor=make.city(), evaluation=made, reason="请补充满意度的依据。", due_on=last)
    assert (back.state, back.due_on, back.contract_to, back.submitted_at) == ("in_progress", last, last, None)
    again = evaluations.submit(actor=make.person(made), evaluation=back, entries=make.entries(back, ("team",)))
    assert (again.state, again.proposal) == ("submitted", "fail")
    assert list(selectors.tampered()) == []


def test_a_conclusion_and_a_recusal_say_why() -> None:
    made = make.submitted()
    with pytest.raises(ValidationError):
        evaluations.conclude_pass(actor=make.city(), evaluation=made, reason=" ")
    other = make.begun()
    with pytest.raises(ValidationError):
        evaluations.recuse(actor=make.person(other), evaluation=other, reason="")


def test_another_evaluator_takes_over_from_the_beginning() -> None:
    made = make.begun()
    first = make.person(made)
    evaluations.save_draft(actor=first, evaluation=made, entries=make.entries(made))
    made = evaluations.recuse(actor=first, evaluation=made, reason="所在单位与平台有合作。")
    assert (made.state, list(grants.held())) == ("recused", [])
    second = make.evaluator("另一机构李工")
    made = evaluations.reassign(actor=make.city(), evaluation=made, terms=make.terms(second), paper=make.paper())
    assert (made.state, made.evaluator, made.declared_at, made.proposal, made.findings.count()) == ("commissioned", second.user, None, "", 0)  # fmt: skip
    with pytest.raises(NotAllowed):
        evaluations.begin(actor=first, evaluation=made)
    assert evaluations.begin(actor=second, evaluation=made).state == "in_progress"
    assert list(selectors.visible_to(first)) == []


def test_whoever_stepped_aside_is_not_asked_again_and_another_is() -> None:
    made = make.begun()
    first, second, third = make.person(made), make.evaluator("另一机构李工"), make.evaluator("第三机构赵工")
    made = evaluations.recuse(actor=first, evaluation=made, reason="所在单位与平台有合作。")
    with pytest.raises(ValidationError, match="测评机构王工已就本次测评申请回避"):
        evaluations.reassign(actor=make.city(), evaluation=made, terms=make.terms(first), paper=make.paper())
    made = evaluations.reassign(actor=make.city(), evaluation=made, terms=make.terms(second), paper=make.paper())
    made = evaluations.recuse(actor=second, evaluation=made, reason="亲属在平台任职。")
    with pytest.raises(ValidationError, match="测评机构王工已就本次测评申请回避"):
        evaluations.reassign(actor=make.city(), evaluation=made, terms=make.terms(first), paper=make.paper())
    made = evaluations.reassign(actor=make.city(), evaluation=made, terms=make.terms(third), paper=make.paper())
    assert (made.state, made.evaluator) == ("commissioned", third.user)


def test_an_abandoned_evaluation_closes_the_files_and_makes_room_for_another() -> None:
    title = build.titled()
    made = make.begun(title)
    evaluations.abandon(actor=make.city(), evaluation=made, reason="受托单位改制。")
    assert list(grants.held()) == []
    assert make.commissioned(title).state == "commissioned"


def test_a_contract_opens_the_files_on_its_days_only() -> None:
    title, actor = build.titled(), make.evaluator()
    later = make.commissioned(title, actor, contract_from=date(2026, 9, 10))
    with pytest.raises(Blocked, match="委托期限自2026年9月10日起"):
        evaluations.begin(actor=actor, evaluation=later)
    with clock.frozen(clock.shanghai(2026, 9, 10)):
        begun = evaluations.begin(actor=actor, evaluation=later)
        assert list(selectors.open_titles(actor)) == [title]
    with clock.frozen(clock.shanghai(2026, 11, 8, 23, 59)):
        assert list(selectors.open_titles(actor)) == [title]
    with clock.frozen(clock.shanghai(2026, 11, 9)):
        assert list(selectors.open_titles(actor)) == []
        late = evaluations.submit(actor=actor, evaluation=begun, entries=make.entries(begun))
        assert (late.state, late.late) == ("submitted", True)


def test_files_open_to_the_evaluator_of_this_title_and_to_nobody_else() -> None:
    title, other = build.titled("甲平台"), build.titled("乙平台")
    actor, stranger = make.evaluator(), make.evaluator("另一机构李工")
    made = make.begun(title, actor)
    make.begun(other, stranger)
    assert list(selectors.open_titles(actor)) == [title]
    assert list(selectors.open_titles(stranger)) == [other]
    assert [list(selectors.open_titles(p)) for p in (make.city(), build.person(title), cast.person("auditor", Role.AUDITOR))] == [[], [], []]  # fmt: skip
    handed = evaluations.submit(actor=actor, evaluation=made, entries=make.entries(made))
    evaluations.conclude_pass(actor=make.city(), evaluation=handed, reason="合格。")
    assert list(selectors.open_titles(actor)) == []


def test_a_grant_without_an_evaluation_opens_nothing() -> None:
    title, actor = build.titled(), make.evaluator()
    grants.let_evaluate(actor.user, title)
    assert list(selectors.open_titles(actor)) == []


def test_who_sees_which_evaluation() -> None:
    title, other = build.titled("甲平台"), build.titled("乙平台", "wuhua")
    done, running = make.failed(title), make.begun(other, make.evaluator("另一机构李工"))
    auditor, sysadmin = cast.person("auditor", Role.AUDITOR), cast.person("sysadmin", Role.SYSADMIN)
    seen = {
        "city": list(selectors.visible_to(make.city())),
        "auditor": list(selectors.visible_to(auditor)),
        "district": list(selectors.visible_to(cast.district_officer())),
        "other district": list(selectors.visible_to(cast.district_officer("wuhua", "wuhua"))),
        "platform": list(selectors.visible_to(build.person(title))),
        "other platform": list(selectors.visible_to(build.person(other))),
        "evaluator": list(selectors.visible_to(make.person(done))),
        "sysadmin": list(selectors.visible_to(sysadmin)),
    }
    assert seen == {
        "city": [running, done], "auditor": [running, done], "district": [done], "other district": [running],
        "platform": [done], "other platform": [], "evaluator": [done], "sysadmin": [],
    }  # fmt: skip


def test_the_record_names_evaluator_and_seal() -> None:
    made = make.passed()
    data = {record.step: record.data for record in StepRecord.objects.filter(subject_id=made.uuid)}
    assert data["commission"]["evaluator"] == str(made.evaluator.uuid)
    assert data["submit"]["seal"] == data["conclude_pass"]["seal"] == selectors.seal(made)


def test_reminders_come_once_each_and_the_city_is_told_when_it_is_late() -> None:
    made = make.begun()
    told = []
    moments = [(10, 5, 9), (10, 7, 0), (10, 7, 0), (10, 9, 9), (10, 10, 0), (10, 20, 0)]
    for month, day, hour in moments:
        moment = clock.shanghai(2026, month, day, hour)
        with clock.frozen(moment):
            scans.scan(moment)
        told.append(Announcement.objects.filter(kind__startswith="evaluation_").count())
    assert made.due_on == date(2026, 10, 9)
    assert told == [0, 1, 1, 2, 4, 4]
    late = Announcement.objects.filter(kind="evaluation_overdue")
    assert {one.user for one in late} == {made.evaluator, make.city().user}


def test_nobody_is_reminded_of_what_was_handed_in() -> None:
    make.submitted()
    late = clock.shanghai(2026, 12, 1)
    with clock.frozen(late):
        assert scans.scan(late) == 0


def test_lists_take_a_constant_number_of_queries() -> None:
    make.failed()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as counted:
            [(one.title.platform.district.name, one.unmet) for one in selectors.listed(make.city())]
        counts.append(len(counted))
        make.passed(None, make.evaluator("另一机构李工"))
    assert counts[0] == counts[1]
    assert [one.unmet for one in selectors.listed(make.city())] == [0, 0, 2]


def test_criteria_are_data_that_survive_pinning() -> None:
    assert from_pin(DEFAULT_CRITERIA.pin()) == DEFAULT_CRITERIA
    with pytest.raises(ValueError, match="重复"):
        Criteria("x", (Criterion("a", "甲", ""), Criterion("a", "乙", "")))
    assert DEFAULT_CRITERIA.items[0].basis == "参照第七条第（二）项"
    assert DEFAULT_CRITERIA.check({"unknown": ("met", "x")})["unknown"] == "测评指标中没有这一项"


def test_the_database_refuses_a_second_open_evaluation() -> None:
    made = make.commissioned()
    twin = Evaluation.objects.get(pk=made.pk)
    twin.pk, twin.uuid = None, "00000000-0000-4000-8000-000000000009"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
