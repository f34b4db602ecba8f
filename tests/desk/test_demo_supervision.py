"""What the demo city shows of the three years after the plaque: each story of supervision stands in it and is lawful."""

from collections import Counter
from datetime import timedelta

import pytest

from accounts import actors
from accounts.models import Capacity, Organisation, Role
from applications import standing as applicants
from desk import agenda, dates, waiting
from desk.demo.names import BODIES
from lifecycle.models import StepRecord
from registry import standing
from registry.models import Amendment, Ban, Claim, Plaque, Title, TitleImport
from review.models import Complaint
from supervision.models import (
    Activity,
    AnnualReport,
    Change,
    Check,
    DistrictReport,
    Ending,
    Evaluation,
    Invitation,
    Rectification,
    Resolution,
)  # fmt: skip
from supervision.selectors import candidates, changes, reports
from tests.demo_city import DemoCity
from timekeeping import clock

pytestmark = pytest.mark.usefixtures("demo_city")


def of(number: int) -> Title:
    """The newest title of an organisation by its number in the demo."""
    return Title.objects.filter(credit_code=BODIES[number - 1].credit_code).latest("valid_to")


def stands(number: int) -> str:
    return standing.standing(of(number), clock.today()).key


def city_officer() -> actors.Actor:
    return actors.acting(Capacity.objects.active().filter(role=Role.CITY_OFFICER).earliest("pk"))


def test_old_titles_were_confirmed_by_another_officer_before_the_first_january(demo_city: DemoCity) -> None:
    assert sorted(TitleImport.objects.values_list("state", flat=True)) == ["confirmed", "rejected", "uploaded"]
    book = TitleImport.objects.get(state="confirmed")
    assert book.uploaded_by != book.confirmed_by
    registered = StepRecord.objects.filter(subject_type="title", step="register")
    assert {record.at.year for record in registered} == {2022}
    assert len(registered) == Title.objects.filter(sequence__isnull=True).count() == 3
    assert {standing.verdict.key for standing in reports.owed(2022)} == {"on_time", "late", "missing"}


def test_operators_claimed_their_accounts_and_one_claim_waits_for_its_district(demo_city: DemoCity) -> None:
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["approved", "approved", "filed"]
    claimed = Claim.objects.filter(state="approved").values_list("organisation", flat=True)
    roles = Counter(Capacity.objects.active().filter(organisation__in=claimed).values_list("role", flat=True))
    assert roles == {Role.FILER: 2, Role.SIGNATORY: 2}
    waits = Claim.objects.get(state="filed").organisation
    officer = actors.acting(Capacity.objects.active().filter(district=waits.district).earliest("pk"))
    assert "approve" in [task.duty.step for task in agenda.tasks(officer) if task.subject.SUBJECT == "claim"]


@pytest.mark.parametrize(
    ("year", "verdicts"),
    [
        (2022, {"on_time": 1, "late": 1, "missing": 1}),
        (2023, {"on_time": 5, "late": 1, "excused": 1, "missing": 1}),
        (2024, {"on_time": 8, "late": 1, "missing": 1}),
    ],
)
def test_reports_came_in_time_late_excused_or_never(demo_city: DemoCity, year: int, verdicts: dict[str, int]) -> None:
    assert Counter(standing.verdict.key for standing in reports.owed(year)) == verdicts


def test_the_next_reports_are_owed_by_every_title_that_will_be_in_force(demo_city: DemoCity) -> None:
    owed = reports.owed(clock.today().year)
    assert {standing.verdict.key for standing in owed} == {"coming"}
    assert len(owed) >= 8


def test_a_report_was_returned_and_kept_the_time_of_its_first_filing(demo_city: DemoCity) -> None:
    returned = StepRecord.objects.filter(subject_type="annual_report", step="return_for_completion")
    kept = AnnualReport.objects.filter(uuid__in=returned.values("subject_id"))
    assert {report.state for report in kept} == {"forwarded"}
    assert {report.first_submitted_at < report.due_at for report in kept if report.first_submitted_at} == {True}


def test_districts_forwarded_with_supplementary_reports_and_one_of_them_late(demo_city: DemoCity) -> None:
    assert set(DistrictReport.objects.values_list("state", flat=True)) == {"received"}
    assert DistrictReport.objects.filter(number=2).count() >= 3
    late = [one for one in DistrictReport.objects.filter(number=1) if one.forwarded_at >= one.district_due_at]
    assert [(one.district.slug, one.year) for one in late] == [("dongchuan", 2025)]
    [own] = [s for s in reports.owed(2025) if s.title.district.slug == "dongchuan"] or [None]
    assert own is None or own.verdict.key == "on_time"


def test_districts_checked_and_one_second_look_is_owed(demo_city: DemoCity) -> None:
    assert Counter(Check.objects.values_list("state", flat=True)) == {"recorded": 2, "followed_up": 1}
    [owed] = Check.objects.filter(state="recorded", follow_up_by__isnull=False)
    assert owed.follow_up_by > clock.today()


def test_activities_had_present_absent_and_excused_and_one_is_to_come(demo_city: DemoCity) -> None:
    assert Counter(Activity.objects.values_list("state", flat=True)) == {"concluded": 3, "announced": 1}
    marks = set(Invitation.objects.filter(activity__state="concluded").values_list("state", flat=True))
    assert marks == {"present", "absent", "excused"}
    coming = Activity.objects.get(state="announced")
    assert coming.starts_at > clock.now()
    assert set(coming.invitations.values_list("state", flat=True)) == {"served", "leave_asked"}


def test_repeated_absence_is_proposed_and_nobody_decided_it(demo_city: DemoCity) -> None:
    found = {(c.title, c.ground) for c in candidates.listed(city_officer())}
    assert (of(45), "absences") in found
    assert not Ending.objects.filter(title=of(45)).exists()


def test_evaluations_stand_at_every_stage(demo_city: DemoCity) -> None:
    states = Counter(Evaluation.objects.values_list("state", flat=True))
    assert states == {"passed": 1, "failed": 2, "in_progress": 1, "commissioned": 1, "recused": 1}
    evaluator = actors.acting(Capacity.objects.active().get(role=Role.EVALUATOR))
    assert sorted(task.duty.step for task in agenda.tasks(evaluator)) == ["begin", "submit"]


def test_one_rectification_is_under_way_and_one_failed_for_good(demo_city: DemoCity) -> None:
    assert Counter(Rectification.objects.values_list("state", flat=True)) == {"ordered": 1, "failed": 1}
    under_way = Rectification.objects.get(state="ordered")
    assert under_way.due_at > clock.now()
    assert (under_way.title, Rectification.objects.get(state="failed").title) == (of(39), of(44))


def test_the_failed_one_waits_for_the_second_officer_of_the_decision(demo_city: DemoCity) -> None:
    ending = Ending.objects.get(title=of(44))
    assert (ending.state, ending.ground) == ("referred", "failed_rectification")
    entered = Resolution.objects.get(state="entered")
    confirms = actors.acting(Capacity.objects.get(user__username="city4"))
    assert "resolution" in {task.subject.SUBJECT for task in agenda.tasks(confirms)}
    assert entered.entered_by.username == "city1"


def test_a_cancelled_platform_is_banned_for_three_years_and_its_plaque_is_back(demo_city: DemoCity) -> None:
    title = of(43)
    assert stands(43) == "cancelled"
    ban = Ban.objects.get(title=title)
    assert ban.standing(clock.today()) == ("执行中", "bad")
    assert (ban.ends_on.year - ban.starts_on.year, ban.document_number) == (3, title.ended_document)
    assert Plaque.objects.get(title=title).state == "recovered"
    body = Organisation.objects.get(credit_code=title.credit_code)
    assert any("第十九条" in words or "不得" in words for words in applicants.obstacles(body, clock.today()))


def test_a_revoked_platform_has_neither_ban_nor_recalled_plaque(demo_city: DemoCity) -> None:
    assert stands(19) == "revoked"
    assert not Ban.objects.filter(title=of(19)).exists()
    assert Plaque.objects.get(title=of(19)).state == "received"


def test_an_overturned_decision_gave_title_dates_and_plaque_back(demo_city: DemoCity) -> None:
    title = of(46)
    assert Ending.objects.get(title=title).state == "overturned"
    assert (title.state, title.ended_on) == ("granted", None)
    assert Plaque.objects.get(title=title).state == "received"


def test_a_title_expired_one_was_renewed_without_and_one_with_a_gap(demo_city: DemoCity) -> None:
    assert stands(42) == "expired"
    old, new = Title.objects.filter(credit_code=BODIES[46].credit_code).order_by("valid_from")
    assert new.valid_from == old.valid_to + timedelta(days=1)
    old, new = Title.objects.filter(credit_code=BODIES[47].credit_code).order_by("valid_from")
    assert new.valid_from > old.valid_to + timedelta(days=1)


def test_a_platform_moved_to_another_district_and_keeps_its_history_in_the_old(demo_city: DemoCity) -> None:
    title = of(24)
    assert title.platform.district.slug == "dianchi"
    assert set(Amendment.objects.filter(title=title).values_list("kind", flat=True)) == {"district", "address"}
    assert AnnualReport.objects.get(title=title, year=2025).district.slug == "jinning"


def test_a_change_was_filed_late_and_others_are_on_their_way(demo_city: DemoCity) -> None:
    states = Counter(Change.objects.values_list("state", flat=True))
    assert states == {"registered": 2, "returned": 1, "filed": 1, "referred": 1}
    registered = Change.objects.filter(state="registered")
    verdicts = changes.timeliness_of(registered)
    late = {change.title: verdicts[change.pk].late for change in registered}
    assert late == {of(24): False, of(12): True}


def test_complaints_were_answered_and_are_under_way(demo_city: DemoCity) -> None:
    assert sorted(Complaint.objects.values_list("state", flat=True)) == ["answered", "handling", "received"]
    assert Counter(Complaint.objects.values_list("signed", flat=True)) == {"person": 2, "anonymous": 1}


def test_an_applicant_of_a_district_with_an_extension_reads_its_own_last_day(demo_city: DemoCity) -> None:
    ends = {}
    for username in ("applicant01", "city1"):
        actor = actors.acting(Capacity.objects.get(user__username=username))
        ends[username] = [day.on for day in dates.calendar_of(actor) if day.words.endswith("年度申报截止")]
    assert ends["applicant01"] == [clock.today() + timedelta(days=9)]
    assert ends["city1"] == []


def test_every_role_with_cases_sees_what_waits_for_whom(demo_city: DemoCity) -> None:
    for role in (Role.FILER, Role.SIGNATORY, Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR):
        held = [actors.acting(c) for c in Capacity.objects.active().filter(role=role)[:25]]
        assert any(waiting.waiting(actor) for actor in held), role
