"""What a collective decision needs, and what it does (Art. 14, 15)."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from lifecycle.errors import Blocked, WrongStage
from lifecycle.models import Announcement, StepRecord
from registry import invariants
from registry.models import Plaque, Title
from review.models import Inspection, Inspector, Meeting, Panel, PanelCase, ScoreSheet
from review.services import meetings
from tests import cast
from tests.review import chamber, stage
from tests.review.chamber import Chamber, announcement, certify, decline, defer, minutes
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Chamber]:
    """A chamber on 1 June 2026, when the notices begin."""
    with stage.at(stage.MORNING):
        yield Chamber()


def words_of(refused: pytest.ExceptionInfo[ValidationError], field: str) -> list[str]:
    return [word for error in refused.value.error_dict[field] for word in error.messages]


def test_a_decision_before_the_notice_has_ended_is_refused(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(clock.shanghai(2026, 6, 15, 23, 59)), pytest.raises(ValidationError) as refused:
        town.entered(certify(application), held_on=date(2026, 6, 15))
    assert words_of(refused, "rulings") == [
        "“甲平台”公示至2026年6月15日，期满后才能决定（第十五条）",
        "“甲平台”公示至2026年6月15日，会议不能早于期满（第十五条）",
    ]


def test_the_day_after_the_notice_it_may_be_decided(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(stage.AFTER):
        meeting = town.decided(certify(application), held_on=date(2026, 6, 16))
    application.refresh_from_db()
    assert (meeting.state, application.state) == ("confirmed", "certified")


def test_a_meeting_held_before_the_end_cannot_be_entered_later(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON), pytest.raises(ValidationError) as refused:
        town.entered(certify(application), held_on=date(2026, 6, 15))
    assert words_of(refused, "rulings") == ["“甲平台”公示至2026年6月15日，会议不能早于期满（第十五条）"]


def test_an_open_objection_holds_only_the_platform_it_names(town: Chamber) -> None:
    held, free = town.noticed("甲平台"), town.noticed("乙平台")
    town.objected(held)
    with stage.at(chamber.ON):
        with pytest.raises(ValidationError) as refused:
            town.entered(certify(held), certify(free))
        town.decided(certify(free))
    held.refresh_from_db(), free.refresh_from_db()
    assert words_of(refused, "rulings") == ["“甲平台”有未办结的异议（YY-2026-0001），其他平台不受影响"]
    assert (held.state, free.state) == ("on_notice", "certified")


@pytest.mark.parametrize("says", [{"signed": "anonymous"}, {"received_at": clock.shanghai(2026, 6, 16)}])
def test_an_anonymous_or_late_objection_holds_nobody(town: Chamber, says: dict[str, object]) -> None:
    application = town.noticed()
    town.objected(application, **says)
    with stage.at(chamber.ON):
        town.decided(certify(application))
    application.refresh_from_db()
    assert application.state == "certified"


def test_an_objection_after_the_entry_stops_the_confirmation_of_everything(town: Chamber) -> None:
    held, free = town.noticed("甲平台"), town.noticed("乙平台")
    with stage.at(chamber.ON):
        meeting = town.entered(certify(held), certify(free))
        town.objected(held)
        with pytest.raises(Blocked):
            meetings.confirm(actor=town.second, meeting=meeting)
    held.refresh_from_db(), free.refresh_from_db(), meeting.refresh_from_db()
    assert (held.state, free.state, meeting.state, meeting.confirmed_by) == ("on_notice", "on_notice", "entered", None)
    assert (Title.objects.count(), Plaque.objects.count(), list(invariants.check())) == (0, 0, [])


def test_the_same_person_does_not_confirm_and_another_does(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        meeting = town.entered(certify(application))
        with pytest.raises(Blocked) as refused:
            meetings.confirm(actor=town.officer, meeting=meeting)
        confirmed = meetings.confirm(actor=town.second, meeting=meeting)
    assert refused.value.reasons == ["录入人不能复核自己录入的集体决策，请由另一名市局经办人复核"]
    assert (confirmed.entered_by, confirmed.confirmed_by) == (town.officer.user, town.second.user)


def also_city_officer(user: User) -> object:
    """The person in a second capacity at the city."""
    from accounts import actors
    from accounts.models import Capacity

    return actors.acting(Capacity.objects.create(user=user, role=Role.CITY_OFFICER, valid_from=clock.today()))


def had_a_hand_as(part: str, town: Chamber, application: object) -> object:
    """A city officer who once was that in the case."""
    if part == "县区经办人":
        user = StepRecord.objects.get(subject_id=application.uuid, step="recommend").user
        return also_city_officer(user)
    person = cast.city_officer("handy")
    if part == "评审专家":
        moment = clock.now()
        panel = Panel(call=town.call, name="组", declare_due_at=moment, score_due_at=moment)
        panel.__dict__["state"] = "scoring"
        panel.save()
        case = PanelCase.objects.create(panel=panel, application=application)
        sheet = ScoreSheet(case=case, expert=person.user)
        sheet.__dict__["state"] = "assigned"
        sheet.save()
    elif part == "现场核查员":
        inspection = Inspection(application=application, visit_on=clock.today(), place="示例路1号")
        inspection.__dict__["state"] = "planned"
        inspection.save()
        Inspector.objects.create(inspection=inspection, user=person.user, is_lead=True)
    else:
        from review.services import objections

        objection = town.objected(application, signed="anonymous")
        objections.treat_as_lead(actor=person, objection=objection, reason="匿名，留作线索")
    return person


@pytest.mark.parametrize("part", ["评审专家", "现场核查员", "异议经办人", "县区经办人"])
def test_who_had_a_hand_in_the_case_neither_enters_nor_confirms(town: Chamber, part: str) -> None:
    application = town.noticed("甲平台")
    person = had_a_hand_as(part, town, application)
    words = f"您曾任“甲平台”的{part}，不能录入或复核其集体决策"
    with stage.at(chamber.ON):
        with pytest.raises(ValidationError) as refused:
            meetings.enter(actor=person, call=town.call, minutes=minutes(), rulings=[certify(application)])
        meeting = town.entered(certify(application))
        with pytest.raises(Blocked) as blocked:
            meetings.confirm(actor=person, meeting=meeting)
        meetings.confirm(actor=town.second, meeting=meeting)
    assert (words_of(refused, "rulings"), blocked.value.reasons) == ([words], [words])


def test_every_ruling_takes_its_effect_and_numbers_have_no_gap(town: Chamber) -> None:
    first, second, third, fourth = (town.noticed(f"{n}平台") for n in "甲乙丙丁")
    with stage.at(chamber.ON):
        meeting = town.decided(certify(first), decline(second), defer(third), certify(fourth))
    states = []
    for application in (first, second, third, fourth):
        application.refresh_from_db()
        states.append(application.state)
    titles = [(t.platform_name, t.number, t.valid_from, t.valid_to) for t in Title.objects.order_by("sequence")]
    assert states == ["certified", "declined", "deferred", "certified"]
    assert titles == [
        ("甲平台", "KMSF-2026-001", date(2026, 6, 18), date(2029, 6, 18)),
        ("丁平台", "KMSF-2026-002", date(2026, 6, 18), date(2029, 6, 18)),
    ]
    assert [p.serial for p in Plaque.objects.order_by("sequence")] == ["KMSF-P-2026-001", "KMSF-P-2026-002"]
    assert (list(invariants.check()), meeting.items.filter(title__isnull=False).count()) == ([], 2)


def test_all_steps_of_a_decision_are_one_act(town: Chamber) -> None:
    first, second = town.noticed(), town.noticed()
    with stage.at(chamber.ON):
        meeting = town.decided(certify(first), decline(second))
    act = StepRecord.objects.get(subject_id=meeting.uuid, step="confirm").act_id
    steps = StepRecord.objects.filter(act_id=act).values_list("subject_type", "step")
    assert sorted(steps) == [
        ("application", "certify"), ("application", "decline"), ("meeting", "confirm"), ("plaque", "allot"), ("title", "grant"),
    ]  # fmt: skip


def test_a_withdrawal_after_the_entry_stops_the_confirmation(town: Chamber) -> None:
    from applications.services import submission

    leaver, stayer = town.noticed(), town.noticed()
    with stage.at(chamber.ON):
        meeting = town.entered(certify(leaver), certify(stayer))
        submission.withdraw(actor=chamber.applicant(leaver), application=leaver, reason="自愿撤回")
        with pytest.raises(WrongStage):
            meetings.confirm(actor=town.second, meeting=meeting)
    stayer.refresh_from_db()
    assert (stayer.state, Title.objects.count()) == ("on_notice", 0)


def test_a_deferred_platform_is_certified_by_a_later_meeting(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        town.decided(defer(application))
        meeting = town.decided(certify(application), number_of_minutes="2026-16")
    application.refresh_from_db()
    assert (application.state, meeting.items.get().title.number) == ("certified", "KMSF-2026-001")


def test_a_deferred_platform_is_not_deferred_again(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON):
        town.decided(defer(application))
        application.refresh_from_db()
        with pytest.raises(ValidationError) as refused:
            town.entered(defer(application), number_of_minutes="2026-16")
    assert words_of(refused, "rulings") == ["目前状态为“暂缓认定”，不能办理“暂缓认定”"]


def test_an_application_stands_on_one_unconfirmed_meeting_only(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON):
        meeting = town.entered(certify(application))
        with pytest.raises(ValidationError) as refused:
            town.entered(certify(application), number_of_minutes="2026-16")
        meetings.reject(actor=town.second, meeting=meeting, reason="漏列回避人员")
        again = town.entered(certify(application))
    assert words_of(refused, "rulings") == ["“甲平台”已录入待复核的会议（2026-15）"]
    assert (again.state, Meeting.objects.get(pk=meeting.pk).state) == ("entered", "rejected")


def test_minutes_are_entered_once(town: Chamber) -> None:
    first, second = town.noticed(), town.noticed()
    with stage.at(chamber.ON):
        town.decided(certify(first))
        with pytest.raises(ValidationError) as refused:
            town.entered(certify(second))
    assert words_of(refused, "minutes_number") == ["这份会议纪要已经录入。"]


@pytest.mark.parametrize("ruling", [decline, defer])
def test_a_refusal_needs_its_reason(town: Chamber, ruling: object) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON), pytest.raises(ValidationError) as refused:
        town.entered(ruling(application, " "))
    assert len(words_of(refused, "rulings")) == 1


def test_a_meeting_in_the_future_or_without_rulings_is_refused(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        with pytest.raises(ValidationError) as future:
            town.entered(certify(application), held_on=date(2026, 6, 19))
        with pytest.raises(ValidationError) as empty:
            town.entered()
    assert words_of(future, "held_on") == ["会议日期不能晚于今天。"]
    assert words_of(empty, "rulings") == ["请至少录入一家平台的决定。"]


def test_a_renewal_starts_on_the_day_after_the_old_end_and_a_gap_stays_a_gap(town: Chamber) -> None:
    running, lapsed = town.noticed("甲平台"), town.noticed("乙平台")
    for application, last in ((running, date(2026, 9, 30)), (lapsed, date(2026, 5, 31))):
        earlier_title(application, last)
    with stage.at(chamber.ON):
        town.decided(certify(running), certify(lapsed))
    terms = {t.platform_name: (t.valid_from, t.valid_to) for t in Title.objects.filter(year=2026)}
    assert terms == {
        "甲平台": (date(2026, 10, 1), date(2029, 10, 1)),
        "乙平台": (date(2026, 6, 18), date(2029, 6, 18)),
    }


def earlier_title(application: object, last: date) -> Title:
    """A title of 2023 that ends on the day."""
    from registry.models import Platform

    body = application.organisation
    platform = Platform.objects.create(organisation=body, name=application.platform_name, district=body.district)
    sequence = Title.objects.filter(year=2023).count() + 1
    title = Title(
        platform=platform, number=f"KMSF-2023-{sequence:03d}", year=2023, sequence=sequence, platform_name=platform.name,
        operator_name=body.name, credit_code=body.credit_code, district=body.district, decided_on=date(2023, 6, 1),
        valid_from=date(2023, 6, 1), valid_to=last, document_number="昆工信通〔2023〕9号",
    )  # fmt: skip
    title.__dict__["state"] = "granted"
    title.save()
    return title


def test_the_announcement_needs_a_number_in_form_of_the_year_and_unused(town: Chamber) -> None:
    first, second = town.noticed(), town.noticed()
    with stage.at(chamber.ON):
        one, two = town.decided(certify(first)), town.decided(certify(second), number_of_minutes="2026-16")
        refusals = []
        for number in ("昆工信通[2026]第12号", "昆工信通〔2025〕12号"):
            with pytest.raises(ValidationError) as refused:
                meetings.announce(actor=town.officer, meeting=one, announcement=announcement(number))
            refusals += words_of(refused, "document_number")
        meetings.announce(actor=town.officer, meeting=one, announcement=announcement("昆工信通 [2026] 12号"))
        with pytest.raises(ValidationError) as used:
            meetings.announce(actor=town.officer, meeting=two, announcement=announcement())
    one.refresh_from_db()
    assert refusals == [
        "文号格式应为“昆工信通〔2026〕1号”：年份四位，序号不加“第”、不补零，请更正",
        "文号的年份应与印发日期一致，请核对。",
    ]
    assert (one.state, one.document_number) == ("announced", "昆工信通〔2026〕12号")
    assert words_of(used, "document_number") == ["昆工信通〔2026〕12号 已用于另一次决定。"]
    assert list(Title.objects.order_by("sequence").values_list("document_number", flat=True)) == [chamber.NUMBER, ""]


def test_the_date_of_the_document_lies_between_meeting_and_today(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        meeting = town.decided(certify(application))
        for day in (date(2026, 6, 17), date(2026, 6, 19)):
            says = meetings.Announcement(chamber.NUMBER, day, chamber.PORTAL)
            with pytest.raises(ValidationError) as refused:
                meetings.announce(actor=town.officer, meeting=meeting, announcement=says)
            assert words_of(refused, "issued_on") == ["印发日期应在会议日期2026年6月18日至今天之间。"]


def test_the_platform_is_told_of_the_announcement_once(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON):
        town.announced(certify(application))
    told = Announcement.objects.filter(subject_type="title", kind="announce")
    assert sorted(told.values_list("user__username", flat=True)) == ["filer1", "signatory1"]
    assert {(t.title, t.url) for t in told} == {("认定结果已公告：甲平台", Title.objects.get().get_absolute_url())}
