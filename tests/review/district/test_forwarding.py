"""Forwarding 附件2: exactly the sealed rows, once, in time, by its district; the city begins there."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from applications.models import Application, Call
from applications.services import calls, submission
from desk import agenda, waiting
from lifecycle import deadlines, engine
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.models import Announcement, StepRecord
from review import invariants
from review.models import Recommendation, SummarySheet
from review.selectors import queues, summaries
from review.services import district, intake
from tests import cast
from tests.review import build
from tests.review.sheets import mark_of, sheet_of
from timekeeping import clock

pytestmark = pytest.mark.django_db
LETTER = "盘工信〔2026〕12号"


def seal(officer: Actor, sheet: SummarySheet) -> SummarySheet:
    return district.keep_scan(actor=officer, sheet=sheet, file=build.pdf(), fingerprint=mark_of(sheet))


def send(officer: Actor, sheet: SummarySheet, letter: str = LETTER) -> SummarySheet:
    return district.forward(actor=officer, sheet=sheet, letter_number=letter)


def fresh(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_the_city_can_do_nothing_before_the_sheet_is_forwarded(call: Call, officer: Actor, city: Actor) -> None:
    case = cast.recommended_application(call, officer)
    words = "目前状态为“县区已推荐，待报送”，不能办理“市级受理”"
    assert engine.blockers(case, "admit", city) == [words]
    for act in (intake.admit, lambda **k: intake.find_ineligible(ground="7(4)", reason="x", **k)):
        with pytest.raises(WrongStage, match="县区已推荐，待报送"):
            act(actor=city, application=case)
    [result] = intake.admit_all(actor=city, applications=[(case, case.version)])
    assert "县区已推荐，待报送" in result.refused
    assert queues.Queue(city, queues.Choice()).counts["mine"] == 0
    cast.forward(call, officer)
    assert queues.Queue(city, queues.Choice()).counts["mine"] == 1
    assert intake.admit(actor=city, application=fresh(case)).state == "admitted"


def test_forwarding_freezes_the_rows_tells_the_city_and_starts_its_term(
    call: Call, officer: Actor, city: Actor
) -> None:
    case = cast.recommended_application(call, officer)
    sheet = sheet_of(call, officer)
    rows = summaries.rows_of(sheet)
    seal(officer, sheet)
    assert Announcement.objects.filter(user=city.user).count() == 0
    with clock.frozen(clock.shanghai(2026, 12, 1, 10)):
        sheet = send(officer, sheet, "盘工信[2026]12号")
        case = fresh(case)
        due = deadlines.due(case)
    assert (sheet.letter_number, sheet.rows, sheet.state) == (LETTER, rows, "forwarded")
    assert due is not None
    assert (due.row.name, due.instant) == ("admit", clock.shanghai(2026, 12, 9))
    record = StepRecord.objects.get(subject_type="summary", step="forward")
    assert record.data == {
        "letter_number": LETTER, "cases": 1, "fingerprint": sheet.fingerprint, "scan": sheet.scan.sha256,
    }  # fmt: skip
    assert Announcement.objects.filter(user=city.user, subject_type="summary").count() == 1
    assert list(invariants.check()) == []


def test_what_was_sealed_is_what_is_forwarded(call: Call, officer: Actor) -> None:
    cast.recommended_application(call, officer, name="示例甲", order=1)
    sheet = sheet_of(call, officer)
    with pytest.raises(Blocked, match="尚未上传盖章扫描件"):
        send(officer, sheet)
    seen = mark_of(sheet)
    seal(officer, sheet)
    cast.recommended_application(call, officer, name="示例乙", order=2)
    with pytest.raises(Blocked, match="盖章后汇总表又有变动"):
        send(officer, sheet)
    with pytest.raises(Stale, match="重新打印、盖章"):
        district.keep_scan(actor=officer, sheet=sheet, file=build.pdf(), fingerprint=seen)
    seal(officer, sheet)
    assert len(send(officer, sheet).rows) == 2


def test_a_scan_that_takes_the_place_of_another_is_recorded_and_both_files_stay(call: Call, officer: Actor) -> None:
    cast.recommended_application(call, officer)
    sheet = sheet_of(call, officer)
    mark, files = mark_of(sheet), [build.pdf("一.pdf"), build.pdf("二.pdf")]
    for file in files:
        district.keep_scan(actor=officer, sheet=sheet, file=file, fingerprint=mark)
    first, second = (file.sha256 for file in files)
    records = StepRecord.objects.filter(subject_type="summary", step="seal").order_by("sequence")
    assert [(record.user, record.data) for record in records] == [
        (officer.user, {"scan": first, "instead_of": "", "fingerprint": mark}),
        (officer.user, {"scan": second, "instead_of": first, "fingerprint": mark}),
    ]
    assert SummarySheet.objects.get(pk=sheet.pk).scan == files[1]
    assert list(invariants.check()) == []
    SummarySheet.objects.filter(pk=sheet.pk).update(scan=files[0])
    assert list(invariants.check()) == [f"推荐汇总表 {sheet.uuid} 的盖章扫描件不是记录中最后上传的一份"]


def test_a_letter_number_has_a_form_and_is_used_once_per_district(call: Call, officer: Actor, stranger: Actor) -> None:
    cast.recommended_application(call, officer, name="示例甲", order=1)
    sheet = seal(officer, sheet_of(call, officer))
    for wrong in ("", "盘工信2026年12号", "盘工信〔2026〕012号"):
        with pytest.raises(ValidationError, match="文号格式应如"):
            send(officer, sheet, wrong)
    send(officer, sheet)
    cast.recommended_application(call, officer, name="示例乙", order=2)
    second = seal(officer, sheet_of(call, officer, 2))
    with pytest.raises(ValidationError, match="已用于另一次报送"):
        send(officer, second)
    cast.recommended_application(call, stranger, name="示例丙", slug="wuhua")
    assert send(stranger, seal(stranger, sheet_of(call, stranger))).letter_number == LETTER
    assert send(officer, second, "盘工信〔2026〕13号").number == 2


def test_forwarding_must_be_in_time_like_recommending_and_the_city_may_extend(
    call: Call, officer: Actor, city: Actor
) -> None:
    case = cast.recommended_application(call, officer)
    sheet = seal(officer, sheet_of(call, officer))
    end = call.district_due_at
    with clock.frozen(end):
        with pytest.raises(Blocked, match=f"{case.platform_name}：县区推荐已于"):
            send(officer, sheet)
        assert [one.pk for one in queues.silent()] == [case.pk]
        calls.extend(
            actor=city, call=call, document_number="昆工信通〔2026〕9号", reason="县区未及时报送。", district=cast.district(),
            district_due_at=end + timedelta(days=5),
        )  # fmt: skip
        assert queues.silent() == []
        send(officer, SummarySheet.objects.get(pk=sheet.pk))
    assert fresh(case).state == "forwarded"


def test_what_is_late_goes_only_after_an_extension_and_does_not_keep_the_rest(
    call: Call, officer: Actor, city: Actor
) -> None:
    back = cast.forwarded_application(call, officer, name="示例翠湖")
    doubts = [intake.Doubt("act", "sample", "请说明。")]
    until = (call.district_due_at + timedelta(days=20)).date()
    intake.send_back(actor=city, application=back, doubts=doubts, due_on=until)
    left = cast.recommended_application(call, officer, name="示例滇池", order=2)
    with clock.frozen(call.district_due_at + timedelta(hours=1)):
        visitor = Client()
        visitor.force_login(officer.user)
        sheet = sheet_of(call, officer, 2)
        alone = visitor.get(sheet.get_absolute_url()).content.decode()
        answers = {"act-sample": "已电话核实。"}
        district.recommend(actor=officer, application=fresh(back), opinion="再次推荐。", order=3, answers=answers)
        both = visitor.get(sheet.get_absolute_url()).content.decode()
        url = reverse("review:withdraw_recommendation", args=[left.uuid])
        assert ("有 1 件推荐已过县区推荐截止" in alone, url in alone) == (True, False)
        assert ("其余 1 件仍可按期报送" in both, url in both) == (True, True)
        with pytest.raises(Blocked, match=r"示例滇池.*不能再报送.*先撤回这件推荐") as refused:
            send(officer, seal(officer, sheet))
        assert "示例翠湖" not in str(refused.value)
        district.withdraw_recommendation(
            actor=officer, application=fresh(left), reason="已过县区推荐截止，待延长后再推荐"
        )
        sent = send(officer, seal(officer, sheet_of(call, officer, 2)))
    assert (fresh(back).state, fresh(left).state, len(sent.rows)) == ("forwarded", "accepted", 1)


def test_the_receipt_stamp_decides_not_the_moment_the_lock_was_free(call: Call, officer: Actor) -> None:
    late = build.submitted(call, name="示例乙")
    build.ready(officer, late)
    cast.recommended_application(call, officer, name="示例甲")
    sheet = seal(officer, sheet_of(call, officer))
    before = call.district_due_at - timedelta(microseconds=1)
    with clock.frozen(call.district_due_at + timedelta(seconds=5)):
        sent = district.forward(actor=officer, sheet=sheet, letter_number=LETTER, received_at=before)
        district.recommend(actor=officer, application=late, opinion="同意。", order=2, received_at=before)
    assert sent.forwarded_at == before


def test_one_officer_is_faster_and_the_other_is_told(call: Call, officer: Actor, colleague: Actor) -> None:
    cast.recommended_application(call, officer)
    sheet = seal(officer, sheet_of(call, officer))
    send(officer, sheet)
    with pytest.raises(WrongStage, match="办理“报送推荐汇总表”"):
        send(colleague, sheet, "盘工信〔2026〕13号")
    with pytest.raises(WrongStage, match="不能再修改"):
        seal(colleague, sheet)


def test_another_district_cannot_touch_the_sheet(call: Call, officer: Actor, stranger: Actor) -> None:
    cast.recommended_application(call, officer)
    sheet = sheet_of(call, officer)
    for act in (lambda: seal(stranger, sheet), lambda: send(stranger, seal(officer, sheet))):
        with pytest.raises(NotAllowed):
            act()
    assert send(officer, sheet).state == "forwarded"


def test_a_recommendation_taken_back_leaves_an_open_sheet_and_stays_marked_on_a_forwarded_one(
    call: Call, officer: Actor, city: Actor
) -> None:
    early = cast.recommended_application(call, officer, name="示例甲", order=1)
    late = cast.recommended_application(call, officer, name="示例乙", order=2)
    district.withdraw_recommendation(actor=officer, application=early, reason="材料需复核")
    cast.forward(call, officer)
    intake.admit(actor=city, application=fresh(late))
    sheet = sheet_of(call, officer)
    assert [line.since for line in summaries.lines(sheet)] == [""]
    district.withdraw_recommendation(actor=officer, application=fresh(late), reason="发现材料不实的线索")
    assert [(line.cells[1], line.since) for line in summaries.lines(sheet)] == [("示例乙服务平台", "已撤回")]
    assert list(invariants.check()) == []


def test_an_application_withdrawn_by_its_applicant_does_not_go_along(call: Call, officer: Actor) -> None:
    gone = cast.recommended_application(call, officer, name="示例甲", order=1)
    cast.recommended_application(call, officer, name="示例乙", order=2)
    seal(officer, sheet_of(call, officer))
    submission.withdraw(actor=cast.actor_of(gone), application=gone, reason="今年暂不申报")
    sheet = sheet_of(call, officer)
    with pytest.raises(Blocked, match="盖章后汇总表又有变动"):
        send(officer, sheet)
    sent = send(officer, seal(officer, sheet))
    assert [row["platform"] for row in sent.rows] == ["示例乙服务平台"]
    made = Recommendation.objects.get(application=gone)
    assert (made.sheet, made.get_ended_as_display()) == (None, "申报单位已撤回")
    assert list(invariants.check()) == []


def test_a_case_sent_back_and_recommended_again_goes_on_a_new_sheet(call: Call, officer: Actor, city: Actor) -> None:
    case = cast.forwarded_application(call, officer)
    doubt = intake.Doubt("act", "sample", "请核实第3号样本企业。")
    intake.send_back(actor=city, application=case, doubts=[doubt])
    district.recommend(
        actor=officer, application=case, opinion="再次推荐。", order=1, answers={"act-sample": "已电话核实。"}
    )
    first, second = (sheet_of(call, officer, number) for number in (1, 2))
    assert [line.since for line in summaries.lines(first)] == ["市局已退回"]
    assert ([line.since for line in summaries.lines(second)], second.state) == ([""], "open")


def test_the_desks_say_what_is_to_be_forwarded_and_by_when(call: Call, officer: Actor, city: Actor) -> None:
    case = cast.recommended_application(call, officer)
    sheet = sheet_of(call, officer)
    [owed] = [task for task in agenda.tasks(officer) if task.subject.SUBJECT == "summary"]
    assert (owed.duty.words, owed.url) == ("汇总推荐，盖章后报送市局", sheet.get_absolute_url())
    assert owed.due is not None
    assert owed.due.instant == call.district_due_at
    for person in (city, cast.actor_of(case)):
        [group] = [one for one in waiting.waiting(person) if one.life == "application"]
        assert (group.state, group.who, group.count) == ("recommended", "县区主管部门", 1)
    district.withdraw_recommendation(actor=officer, application=case, reason="材料需复核")
    assert [task.subject.SUBJECT for task in agenda.tasks(officer)] == ["application"]


@pytest.mark.parametrize("spoil", ["row", "fingerprint", "unforwarded"])
def test_verify_finds_a_sheet_that_is_not_what_was_forwarded(call: Call, officer: Actor, spoil: str) -> None:
    application = cast.forwarded_application(call, officer)
    assert list(invariants.check()) == []
    sheet = sheet_of(call, officer)
    match spoil:
        case "row":
            made = Recommendation.objects.get()
            made.summary["opinion"] = "改写"
            made.save()
            words = f"推荐汇总表 {sheet.uuid} 所列推荐与报送的内容不符"
        case "fingerprint":
            rows = [{**sheet.rows[0], "opinion": "改写"}]
            SummarySheet.objects.update(rows=rows)
            words = f"推荐汇总表 {sheet.uuid} 的内容与报送时的指纹不符"
        case _:
            Recommendation.objects.update(withdrawn_at=clock.now())
            words = f"申报 {application.uuid} 已到市局，但没有随推荐汇总表报送"
    assert words in list(invariants.check())
