"""A rectification from the order to the recheck: deadlines, reports sent back, and what endings ask."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from files import pdf, storage
from lifecycle import deadlines
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Announcement
from supervision.documents import rectifications as documents
from supervision.models import Rectification
from supervision.scans import evaluations as scans
from supervision.selectors import rectifications as selectors
from supervision.services import rectifications
from supervision.services.rectifications import Recheck
from tests import cast
from tests.supervision import evaluations as make
from tests.supervision import reports as build
from timekeeping import clock
from timekeeping.workdays import WorkCalendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with clock.frozen(make.MORNING):
        yield


def test_a_failed_evaluation_leads_to_an_order_a_report_and_a_passing_recheck() -> None:
    made = make.ordered()
    assert (made.state, made.number) == ("ordered", "ZG-2026-0001")
    assert [item.label for item in made.items.all()] == ["服务业绩", "公益性和低收费服务"]
    made = make.reported(rectification=made)
    assert (made.state, made.reports.get().late, made.reports.get().files.count()) == ("reported", False, 1)
    made = rectifications.pass_recheck(actor=make.city(), rectification=made, recheck=make.recheck("已补齐。"))
    assert (made.state, made.findings, list(selectors.failed())) == ("passed", "已补齐。", [])


def test_its_failing_twin_is_a_ground_that_endings_find() -> None:
    title = build.titled()
    made = make.failing(title)
    assert made.state == "failed"
    with CaptureQueriesContext(connection) as counted:
        found = [(one.title.platform.organisation.name, one.evaluation.conclusion) for one in selectors.failed()]
    assert (found, len(counted)) == ([(title.platform.organisation.name, "两项指标不合格。")], 1)


def test_open_rectifications_are_known_by_title_in_one_query() -> None:
    first, second, third = build.titled(), build.titled(), build.titled()
    made, waiting = make.ordered(first), make.reported(second)
    with CaptureQueriesContext(connection) as counted:
        found = selectors.open_([first, second, third])
    assert (found, len(counted)) == ({first.pk: made, second.pk: waiting}, 1)
    rectifications.pass_recheck(actor=make.city(), rectification=waiting, recheck=make.recheck())
    assert selectors.open_([second]) == {}


def test_the_deadline_is_not_shorter_than_thirty_working_days() -> None:
    evaluation = make.failed()
    first = rectifications.earliest_due()
    # 30 working days after 9 September 2026: Mid-Autumn and National Day are holidays, their make-up days are worked.
    assert deadlines.workdays_left(first) == 30
    given = {"actor": make.city(), "evaluation": evaluation, "requirements": dict.fromkeys(make.FAILING, "改。"), "grounds": "不合格。"}  # fmt: skip
    with pytest.raises(ValidationError, match="整改期限不能早于"):
        rectifications.order(**given, due_on=first - timedelta(days=1))
    assert rectifications.order(**given, due_on=first).due_on == first


def test_an_unpublished_year_counts_twice_as_many_calendar_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "calendar", WorkCalendar)
    assert rectifications.earliest_due(date(2026, 12, 1)) == date(2027, 1, 30)


def test_every_failing_criterion_gets_its_requirement() -> None:
    evaluation = make.failed()
    with pytest.raises(ValidationError) as refused:
        rectifications.order(
            actor=make.city(), evaluation=evaluation, requirements={"benefit": "改。"}, grounds=" ", due_on=date(2027, 1, 30)
        )  # fmt: skip
    assert set(refused.value.error_dict) == {"requirement-performance", "grounds"}
    assert Rectification.objects.count() == 0


def test_one_order_for_one_failed_evaluation_and_none_for_a_passed_one() -> None:
    made = make.ordered()
    given = {"requirements": dict.fromkeys(make.FAILING, "改。"), "grounds": "不合格。", "due_on": date(2027, 1, 30)}
    with pytest.raises(Blocked, match="已经责令整改"):
        rectifications.order(actor=make.city(), evaluation=made.evaluation, **given)
    with pytest.raises(Blocked, match="结论为不合格"):
        rectifications.order(actor=make.city(), evaluation=make.passed(actor=make.evaluator("另一机构")), **given)


def test_a_title_that_is_over_is_not_ordered_to_rectify() -> None:
    title = build.titled(valid=(date(2023, 9, 9), date(2026, 9, 9)))
    evaluation = make.failed(title)
    given = {"actor": make.city(), "evaluation": evaluation, "requirements": dict.fromkeys(make.FAILING, "改。"), "grounds": "不合格。", "due_on": date(2027, 1, 30)}  # fmt: skip
    with clock.frozen(clock.shanghai(2026, 9, 10)), pytest.raises(Blocked, match="不在有效期内"):
        rectifications.order(**given)
    assert rectifications.order(**given).state == "ordered"


def test_only_the_platform_itself_reports_and_only_with_proof() -> None:
    made = make.ordered()
    other = build.titled("别的平台")
    given = {"rectification": made, "text": "已整改。", "received_at": clock.now()}
    with pytest.raises(NotAllowed):
        rectifications.report(actor=build.person(other), uploads=[make.proof("a.pdf")], **given)
    with pytest.raises(ValidationError):
        rectifications.report(actor=build.person(made.title), uploads=[], **given)
    report = rectifications.report(
        actor=build.person(made.title, Role.SIGNATORY), uploads=[make.proof("a.pdf")], **given
    )
    assert (report.number, report.files.get().file.name) == (1, "a.pdf")


@pytest.mark.parametrize(("day", "late"), [(0, False), (1, True)])
def test_a_report_after_the_last_day_is_taken_and_marked(day: int, late: bool) -> None:
    made = make.ordered(due_on=date(2026, 12, 1))
    with clock.frozen(clock.shanghai(2026, 12, 1 + day)):
        made = make.reported(rectification=made)
    assert (made.state, made.reports.get().late) == ("reported", late)


def test_without_a_report_it_fails_only_after_the_deadline() -> None:
    made = make.ordered(due_on=date(2026, 12, 1))
    recheck = Recheck(date(2026, 12, 1), "李某", "逾期未提交整改报告。")
    with clock.frozen(clock.shanghai(2026, 12, 1, 23, 59)), pytest.raises(Blocked, match="未到"):
        rectifications.find_failing(actor=make.city(), rectification=made, recheck=recheck)
    with clock.frozen(clock.shanghai(2026, 12, 2)):
        found = rectifications.find_failing(actor=make.city(), rectification=made, recheck=recheck)
    assert (found.state, found.reports.count()) == ("failed", 0)
    with pytest.raises(WrongStage):
        make.reported(rectification=found)


def test_a_report_may_go_back_with_a_later_last_day_never_an_earlier_one() -> None:
    made = make.reported(rectification=make.ordered(due_on=date(2026, 12, 1)))
    with pytest.raises(ValidationError, match="不能早于"):
        rectifications.send_back(actor=make.city(), rectification=made, reason="请补充。", due_on=date(2026, 11, 30))
    with clock.frozen(clock.shanghai(2026, 12, 2)), pytest.raises(ValidationError, match="请给出新的期限"):
        rectifications.send_back(actor=make.city(), rectification=made, reason="请补充。")
    with clock.frozen(clock.shanghai(2026, 12, 2)):
        made = rectifications.send_back(
            actor=make.city(), rectification=made, reason="请补充。", due_on=date(2026, 12, 31)
        )
        again = make.reported(rectification=made)
    assert [(one.number, one.late) for one in again.reports.all()] == [(1, False), (2, False)]
    assert again.due_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"rechecked_on": date(2026, 9, 8)}, "rechecked_on"),
        ({"rechecked_on": date(2026, 9, 10)}, "rechecked_on"),
        ({"recheckers": " "}, "recheckers"),
        ({"findings": ""}, "findings"),
    ],
)
def test_a_recheck_says_when_who_and_what(given: dict[str, object], field: str) -> None:
    made = make.reported()
    wanted = {"rechecked_on": date(2026, 9, 9), "recheckers": "李某", "findings": "已补齐。"}
    with pytest.raises(ValidationError) as refused:
        rectifications.pass_recheck(actor=make.city(), rectification=made, recheck=Recheck(**{**wanted, **given}))
    assert list(refused.value.error_dict) == [field]
    assert (
        rectifications.pass_recheck(actor=make.city(), rectification=made, recheck=Recheck(**wanted)).state == "passed"
    )


def test_who_sees_which_rectification() -> None:
    title = build.titled("甲平台")
    made = make.ordered(title)
    other = build.titled("乙平台", "wuhua")
    assert list(selectors.visible_to(build.person(title))) == [made]
    assert list(selectors.visible_to(cast.district_officer())) == [made]
    assert list(selectors.visible_to(cast.person("auditor", Role.AUDITOR))) == [made]
    for actor in (build.person(other), cast.district_officer("wuhua", "wuhua"), make.person(made.evaluation)):
        assert list(selectors.visible_to(actor)) == []


def test_a_platform_is_reminded_three_days_and_one_day_before_and_the_city_when_it_is_late() -> None:
    make.ordered(due_on=date(2026, 12, 1))
    told = []
    for month, day in ((11, 28), (11, 29), (11, 30), (12, 1), (12, 1), (12, 2), (12, 20)):
        moment = clock.shanghai(2026, month, day)
        with clock.frozen(moment):
            scans.scan(moment)
        told.append(Announcement.objects.filter(kind__startswith="rectification_").count())
    assert told == [0, 2, 2, 4, 4, 7, 7]


def test_the_order_is_a_paper_with_every_requirement_the_deadline_and_the_head_of_the_record() -> None:
    made = make.ordered(due_on=date(2026, 12, 1))
    text = pdf.text_of(storage.path_of(documents.order(made).file).read_bytes())
    flat = "".join(text.split())
    for words in ("责令限期整改通知书", "服务业绩：补齐服务记录并重新公示。", "2026年12月1日24:00前", "第十九条", "ZG-2026-0001", "记录链摘要"):  # fmt: skip
        assert words in flat
    assert documents.order(made) == documents.order(Rectification.objects.get(pk=made.pk))
