"""The report of a platform from the first section to the city's desk, and what each step refuses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from supervision.models import AnnualReport
from supervision.reporting import content
from supervision.scans import reports as scans
from supervision.selectors import completeness
from supervision.selectors import reports as selectors
from supervision.services import districts, excuses, report_content, reports
from tests import cast
from tests.supervision import reports as build
from tests.supervision.reports import JANUARY, YEAR
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def january() -> object:
    with clock.frozen(JANUARY):
        yield


def test_a_report_goes_from_the_platform_over_its_district_to_the_city() -> None:
    title, officer, city = build.titled("示范平台"), cast.district_officer(), cast.city_officer("city2")
    report = build.accepted(title, officer)
    sent = build.forwarded(officer, note="已逐家催报。")
    districts.receive(actor=city, report=sent)
    report.refresh_from_db()
    sent.refresh_from_db()
    assert (report.state, report.district_report, report.receipt_number) == ("forwarded", sent, "NB-2027-0001")
    assert (sent.state, sent.number, sent.content["owed"], sent.content["missing"]) == ("received", 1, 1, [])
    [line] = sent.content["reports"]
    assert (line["platform"], line["standing"], line["submitted_on"]) == ("示范平台", "按期", "2027-01-12")


def test_it_cannot_begin_before_the_year_is_over() -> None:
    title = build.titled()
    with clock.frozen(clock.shanghai(2026, 12, 31, 23, 59)), pytest.raises(Blocked, match="自2027年1月1日起填写"):
        build.begun(title)
    with clock.frozen(clock.shanghai(2027, 1, 1)):
        assert build.begun(title).state == "draft"


@pytest.mark.parametrize(
    ("first", "last", "owes"),
    [
        (date(2026, 12, 31), date(2029, 12, 31), True),
        (date(2027, 1, 1), date(2030, 1, 1), False),
        (date(2024, 1, 31), date(2027, 1, 31), True),
        (date(2024, 1, 30), date(2027, 1, 30), False),
    ],
)
def test_only_titles_valid_on_both_days_owe_a_report(first: date, last: date, owes: bool) -> None:
    title = build.titled(valid=(first, last), at=clock.shanghai(2026, 12, 1))
    assert list(selectors.owed_titles(YEAR).values_list("pk", flat=True)) == ([title.pk] if owes else [])
    if owes:
        assert build.begun(title).state == "draft"
    else:
        with pytest.raises(Blocked, match="不需要报送"):
            build.begun(title)


def test_a_title_entered_after_the_last_day_is_not_judged_for_that_year() -> None:
    title = build.titled(at=clock.shanghai(2027, 1, 31, 23, 59))
    build.titled(at=clock.shanghai(2027, 2, 1))
    assert [standing.title for standing in selectors.owed(YEAR)] == [title]


def test_there_is_one_report_for_a_title_and_a_year() -> None:
    title = build.titled()
    build.begun(title)
    with pytest.raises(Blocked, match="已经建立"):
        build.begun(title)
    assert AnnualReport.objects.count() == 1


def test_lists_of_what_stands_are_taken_over_from_the_last_report_and_those_of_the_year_are_not() -> None:
    title = build.titled()
    with clock.frozen(clock.shanghai(2026, 1, 5, 9)):
        build.filed(title, 2025)
    report = build.begun(title)
    assert {one.kind: (len(one.rows), one.origin) for one in report.lists.all()} == {
        "staff": (2, "沿用2025年度报告"),
        "institutions": (1, "沿用2025年度报告"),
    }


def test_an_incomplete_report_says_what_is_missing_and_a_complete_one_goes_to_the_signatory() -> None:
    title = build.titled()
    report = build.begun(title)
    with pytest.raises(Blocked, match="运营管理情况：请填写"):
        reports.request_signature(actor=build.person(title), report=report)
    AnnualReport.objects.get(pk=report.pk).lists.all().delete()
    other = build.titled("另一平台")
    assert build.awaiting(other).state == "awaiting_signature"


def test_a_list_of_another_year_is_refused() -> None:
    title = build.titled()
    report = build.complete(title)
    rows = build.lists(2025)["activities"]
    report_content.write_list(actor=build.person(title), report=report, kind="activities", rows=rows)
    with pytest.raises(Blocked, match="只列2026年度开展的活动"):
        reports.request_signature(actor=build.person(title), report=report)


def test_what_waits_for_the_signatory_is_closed_until_it_is_reopened() -> None:
    title = build.titled()
    report, actor = build.awaiting(title), build.person(title)
    with pytest.raises(WrongStage, match="等待签字人"):
        report_content.save_section(actor=actor, report=report, key="plan", data={"plan": "改"}, revision=1)
    reports.reopen(actor=actor, report=report)
    saved = report_content.save_section(actor=actor, report=report, key="plan", data={"plan": "改"}, revision=1)
    assert (saved.revision, saved.data["plan"]) == (2, "改")


def test_the_signatory_files_exactly_what_was_read() -> None:
    title = build.titled()
    report, actor = build.complete(title), build.person(title)
    read = content.fingerprint(content.content_of(report))
    report_content.save_section(
        actor=actor, report=report, key="plan", data={**build.SECTIONS["plan"], "plan": "改了"}, revision=1
    )
    reports.request_signature(actor=actor, report=report)
    signer = build.person(title, Role.SIGNATORY)
    with pytest.raises(Stale, match="又有修改"):
        reports.submit(actor=signer, report=report, fingerprint=read, received_at=clock.now())
    read = content.fingerprint(content.content_of(report))
    with pytest.raises(NotAllowed):
        reports.submit(actor=actor, report=report, fingerprint=read, received_at=clock.now())
    assert build.sign(AnnualReport.objects.get(pk=report.pk)).state == "submitted"


def test_the_first_filing_fixes_the_time_even_when_it_is_returned() -> None:
    title, officer = build.titled(), cast.district_officer()
    with clock.frozen(clock.shanghai(2027, 1, 31, 23, 59)):
        report = build.filed(title)
    with clock.frozen(clock.shanghai(2027, 2, 20, 9)):
        reports.return_for_completion(actor=officer, report=report, reason="请补充满意度调查材料。")
        again = build.sign(AnnualReport.objects.get(pk=report.pk))
        standing = selectors.standing_of([title], YEAR)[title.pk]
    assert (again.state, again.versions.count(), again.receipt_number) == ("submitted", 2, report.receipt_number)
    assert (standing.verdict, standing.submitted_at) == (selectors.ON_TIME, clock.shanghai(2027, 1, 31, 23, 59))


def test_a_return_says_why() -> None:
    title, officer = build.titled(), cast.district_officer()
    report = build.filed(title)
    with pytest.raises(ValidationError, match="一次性写明"):
        reports.return_for_completion(actor=officer, report=report, reason=" ")
    assert reports.return_for_completion(actor=officer, report=report, reason="请补充。").state == "returned"


def test_only_the_own_district_takes_a_report_in() -> None:
    title = build.titled()
    report = build.filed(title)
    with pytest.raises(NotAllowed):
        reports.accept(actor=cast.district_officer("wuhua", "wuhua"), report=report)
    assert reports.accept(actor=cast.district_officer(), report=report).state == "accepted"


def test_a_report_stays_with_the_district_it_was_filed_with() -> None:
    title, old, new = build.titled(), cast.district_officer(), cast.district_officer("wuhua", "wuhua")
    report = build.filed(title)
    title.platform.district = cast.district("wuhua")
    title.platform.save()
    assert list(selectors.visible_to(new)) == []
    assert list(selectors.visible_to(old)) == [report]
    assert reports.accept(actor=old, report=report).state == "accepted"


def test_a_districts_year_asked_for_alone_is_that_of_the_whole_city() -> None:
    stayed, moved, unfiled, other = (build.titled(slug=slug) for slug in ("panlong", "panlong", "panlong", "wuhua"))
    filed = {title.pk: build.filed(title) for title in (stayed, moved)}
    for title in (moved, unfiled):
        title.platform.district = cast.district("wuhua")
        title.platform.save()
    alone = [completeness.of_district(cast.district(slug), YEAR) for slug in ("wuhua", "panlong")]
    owed = [[(standing.title, standing.report) for standing in one.standings] for one in alone]
    assert owed == [
        [(unfiled, None), (other, None)],
        [(stayed, filed[stayed.pk]), (moved, filed[moved.pk])],
    ]
    assert alone == [one for one in completeness.by_district(YEAR) if one.district.slug in ("panlong", "wuhua")]


def test_a_title_that_was_cancelled_reports_no_more_and_is_reminded_no_more() -> None:
    title = build.titled()
    report = build.awaiting(title)
    assert scans.scan(clock.now()) > 0
    cast.put_into(title, "cancelled")
    title.ended_on = date(2027, 2, 10)
    title.save()
    with clock.frozen(clock.shanghai(2027, 2, 15, 9)):
        assert [standing.closed for standing in selectors.owed(YEAR)] == [True]
        assert scans.scan(clock.now()) == 0
        with pytest.raises(Blocked, match="已被取消"):
            build.sign(report)


def test_supplementary_reports_are_numbered_and_need_something_new() -> None:
    first, second, officer = build.titled("甲平台"), build.titled("乙平台"), cast.district_officer()
    build.accepted(first, officer)
    one = build.forwarded(officer)
    assert [line["platform"] for line in one.content["missing"]] == ["乙平台"]
    with pytest.raises(Blocked, match="不需要补充报送"):
        build.forwarded(officer)
    build.accepted(second, officer)
    two = build.forwarded(officer)
    assert (two.number, [line["platform"] for line in two.content["reports"]], two.content["missing"]) == (
        2,
        ["乙平台"],
        [],
    )


def test_a_district_may_report_that_nobody_reported_once_the_platforms_time_is_over() -> None:
    build.titled("甲平台")
    officer, idle = cast.district_officer(), cast.district_officer("wuhua", "wuhua")
    with pytest.raises(Blocked, match="还没有接收"):
        build.forwarded(officer)
    with pytest.raises(Blocked, match="没有应报送"):
        build.forwarded(idle)
    with clock.frozen(clock.shanghai(2027, 2, 1)):
        sent = build.forwarded(officer)
    assert (sent.content["reports"], [line["platform"] for line in sent.content["missing"]]) == ([], ["甲平台"])


def test_an_accepted_excuse_takes_the_mark_away_and_a_refused_one_leaves_it() -> None:
    title, city = build.titled(), cast.city_officer("city2")
    with clock.frozen(clock.shanghai(2027, 3, 1, 9)):
        assert selectors.standing_of([title], YEAR)[title.pk].verdict.key in ("missing", "undecided")
        first = excuses.file(actor=build.person(title), title=title, year=YEAR, reason="负责人住院。")
        with pytest.raises(Blocked, match="已经提交过说明"):
            excuses.file(actor=build.person(title), title=title, year=YEAR, reason="再说一次。")
        with pytest.raises(ValidationError):
            excuses.refuse(actor=city, excuse=first, reason="")
        excuses.refuse(actor=city, excuse=first, reason="没有证明材料。")
        assert selectors.standing_of([title], YEAR)[title.pk].verdict != selectors.EXCUSED
        second = excuses.file(actor=build.person(title), title=title, year=YEAR, reason="负责人住院，附证明。")
        excuses.accept(actor=city, excuse=second)
        standing = selectors.standing_of([title], YEAR)[title.pk]
    assert (standing.verdict, standing.is_missing, standing.excuse) == (selectors.EXCUSED, False, second)


def test_a_report_in_time_needs_no_excuse() -> None:
    title = build.titled()
    build.filed(title)
    with pytest.raises(Blocked, match="已按期报送"):
        excuses.file(actor=build.person(title), title=title, year=YEAR, reason="说明")
