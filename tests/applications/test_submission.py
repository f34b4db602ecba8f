"""Submitting: the fingerprint that was read, the edge of the deadline, the receipt, sealed lists, and going back."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications import versions
from applications.models import Application, ApplicationVersion, ListBatch, Material, Section, StaffMember
from applications.services import lists, sections, signing, submission
from lifecycle import deadlines, engine
from lifecycle.errors import AlreadyDone, Blocked, NotAllowed, Stale, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.models import Announcement, Counter, StepRecord
from registry.models import Ban
from tests import cast, drafts
from tests.readings import counted
from timekeeping import clock
from timekeeping.dates import chinese_deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def signatory(filer: Actor) -> Actor:
    return cast.signatory(filer.organisation)


@pytest.fixture
def application(filer: Actor, signatory: Actor) -> Application:
    return cast.awaiting_signature(filer)


def fingerprint_of(application: Application) -> str:
    return versions.fingerprint(versions.content_of(application))


def submit(actor: Actor, application: Application, **changes: object) -> ApplicationVersion:
    said = {"fingerprint": fingerprint_of(application), "received_at": clock.now()} | changes
    return submission.submit(actor=actor, application=application, **said)


def test_submitting_freezes_what_was_read_and_gives_a_receipt_number(
    application: Application, signatory: Actor
) -> None:
    shown = fingerprint_of(application)
    version = submit(signatory, application)
    application.refresh_from_db()
    record = StepRecord.objects.get(subject_id=application.uuid, step="submit")
    assert (application.state, application.current_version, version.number) == ("submitted", version, 1)
    assert application.receipt_number == f"KM-{clock.now().year}-0001"
    assert (version.fingerprint, versions.fingerprint(version.content)) == (shown, shown)
    assert record.data["version"] == str(version.uuid)
    assert (record.data["fingerprint"], record.data["scan"]) == (shown, "")


def test_what_is_filed_is_read_once(application: Application, signatory: Actor) -> None:
    shown = fingerprint_of(application)
    with counted() as reads:
        submission.submit(actor=signatory, application=application, fingerprint=shown, received_at=clock.now())
    assert [reads(model) for model in (Section, ListBatch, StaffMember, Material)] == [1, 2, 1, 1]


def test_a_request_that_arrived_before_the_end_is_in_time_however_long_it_waited(
    application: Application, signatory: Actor
) -> None:
    end = application.closes_at
    with clock.frozen(end + timedelta(seconds=3)):
        version = submit(signatory, application, received_at=end - timedelta(milliseconds=100))
    assert version.submitted_at == end - timedelta(milliseconds=100)


def test_a_request_at_the_very_end_is_late_and_says_when_it_came(application: Application, signatory: Actor) -> None:
    end = application.closes_at
    with clock.frozen(end), pytest.raises(Blocked, match=r"截止（本次提交于.*到达服务器）"):
        submit(signatory, application, received_at=end)
    application.refresh_from_db()
    assert (application.state, application.versions.count(), Counter.objects.count()) == ("awaiting_signature", 0, 0)


def test_content_changed_after_reading_is_refused(application: Application, signatory: Actor) -> None:
    shown = fingerprint_of(application)
    application.sections.filter(key="finance").update(data={"total_assets": "1"})
    with pytest.raises(Stale, match="又有修改"):
        submit(signatory, application, fingerprint=shown)
    assert application.versions.count() == 0


def test_the_same_form_twice_leads_to_the_same_receipt(application: Application, signatory: Actor) -> None:
    key = FormKey(uuid.uuid4(), "a" * 64)
    submit(signatory, application, key=key)
    with pytest.raises(AlreadyDone) as again:
        submit(signatory, application, key=key)
    assert again.value.url == application.get_absolute_url()
    assert (application.versions.count(), Counter.objects.get(kind="receipt").last) == (1, 1)


def test_a_second_form_after_submission_is_told_who_submitted_when(application: Application, signatory: Actor) -> None:
    submit(signatory, application)
    with pytest.raises(WrongStage, match=r"signatory.*确认并提交申报"):
        submit(signatory, application)


def test_receipt_numbers_have_no_gap_when_a_submission_fails(application: Application, signatory: Actor) -> None:
    submit(signatory, application)
    other = cast.filer(cast.organisation("另一示例单位", "wuhua"), "other_filer")
    other_signatory = cast.signatory(other.organisation, "other_signatory")
    second = cast.awaiting_signature(other, application.call)
    with pytest.raises(Blocked):
        submit(other_signatory, second, received_at=second.closes_at)
    submit(other_signatory, second)
    second.refresh_from_db()
    assert second.receipt_number == f"KM-{clock.now().year}-0002"


def test_only_a_signatory_of_the_organisation_submits(application: Application, filer: Actor) -> None:
    stranger = cast.signatory(cast.organisation("另一示例单位", "wuhua"), "stranger")
    for actor in (filer, stranger):
        with pytest.raises(NotAllowed):
            submit(actor, application)


def test_a_ban_that_came_after_the_draft_stops_the_submission(application: Application, signatory: Actor) -> None:
    today = clock.today()
    ban = Ban.objects.create(
        credit_code=application.organisation.credit_code, operator_name="示例", starts_on=today, reason="测试",
        ends_on=today + timedelta(days=1),
    )  # fmt: skip
    with pytest.raises(Blocked, match="第十九条"):
        submit(signatory, application)
    ban.delete()
    submit(signatory, application)


def test_a_ban_is_judged_on_the_day_the_request_arrived(application: Application, signatory: Actor) -> None:
    today = clock.today()
    midnight = clock.shanghai(today.year, today.month, today.day) + timedelta(days=1)
    Ban.objects.create(
        credit_code=application.organisation.credit_code, operator_name="示例", starts_on=today, reason="测试", ends_on=today,
    )  # fmt: skip
    with clock.frozen(midnight + timedelta(seconds=2)):
        with pytest.raises(Blocked, match="第十九条"):
            submit(signatory, application, received_at=midnight - timedelta(milliseconds=100))
        submit(signatory, application, received_at=midnight)


def test_missing_content_is_found_again_at_submission(application: Application, signatory: Actor) -> None:
    application.sections.filter(key="undertaking").delete()
    with pytest.raises(Blocked, match="需要填写或者更正"):
        submit(signatory, application)


def test_those_concerned_are_told_of_the_submission(application: Application, signatory: Actor, filer: Actor) -> None:
    officer = cast.district_officer()
    submit(signatory, application)
    assert {a.user for a in Announcement.objects.filter(kind="submit")} == {filer.user, officer.user}


def test_who_must_act_is_told_by_when_in_the_words_of_the_page(application: Application, signatory: Actor) -> None:
    [told] = Announcement.objects.filter(kind="request_signature", user=signatory.user)
    due = deadlines.due(application)
    assert f"办理期限：{chinese_deadline(due.instant)}前，{due.row.label}。" in told.body.splitlines()
    version = submit(signatory, application)
    [told] = Announcement.objects.filter(kind="submit", user__username="filer")
    assert ("办理期限" in told.body, version.number) == (False, 1)


def test_a_term_that_has_passed_is_not_told(application: Application) -> None:
    with clock.frozen(application.closes_at):
        assert deadlines.fixed_term(application) is None
    with clock.frozen(application.closes_at - timedelta(seconds=1)):
        row, instant = deadlines.fixed_term(application)
    assert (row.name, instant) == ("submit", application.closes_at)


def test_submitted_lists_are_sealed_and_closed(application: Application, signatory: Actor, filer: Actor) -> None:
    version = submit(signatory, application)
    batch = application.batches.get(kind="served")
    assert batch.sealed_at == clock.now()
    assert batch.rows_hash == versions.chain.digest(version.content["lists"]["served"])
    with pytest.raises(WrongStage):
        lists.delete_row(actor=filer, application=application, kind="served", position=1)
    assert len(versions.content_of(Application.objects.get())["lists"]["served"]) == len(
        version.content["lists"]["served"]
    )


def test_a_scan_counts_only_for_the_fingerprint_printed_on_it(application: Application, signatory: Actor) -> None:
    shown = fingerprint_of(application)
    scan = signing.attach_scan(
        actor=signatory, application=application, upload=drafts.upload("签章.pdf", "signed"), fingerprint=shown
    )
    submit(signatory, application)
    record = StepRecord.objects.get(subject_id=application.uuid, step="submit")
    assert (scan.fingerprint, record.data["scan"]) == (shown, scan.file.sha256)


def test_a_scan_for_other_content_is_refused(application: Application, signatory: Actor) -> None:
    with pytest.raises(Stale):
        signing.attach_scan(
            actor=signatory, application=application, upload=drafts.upload("签章.pdf", "signed"), fingerprint="0" * 64
        )
    assert application.signed_scans.count() == 0


def test_a_reopened_draft_may_be_edited_and_its_scan_no_longer_counts(
    application: Application, signatory: Actor, filer: Actor
) -> None:
    signing.attach_scan(
        actor=signatory, application=application, upload=drafts.upload("签章.pdf", "signed"),
        fingerprint=fingerprint_of(application),
    )  # fmt: skip
    submission.reopen(actor=signatory, application=application, reason="请核对资产总额")
    finance = application.sections.get(key="finance")
    sections.save(
        actor=filer, application=application, key="finance", data=finance.data | {"total_assets": "490"},
        revision=finance.revision,
    )  # fmt: skip
    cast.request_signature(filer, application)
    submit(signatory, application)
    assert StepRecord.objects.get(subject_id=application.uuid, step="submit").data["scan"] == ""


def test_withdrawing_needs_a_reason(application: Application, filer: Actor) -> None:
    with pytest.raises(ValidationError):
        submission.withdraw(actor=filer, application=application, reason="  ")
    submission.withdraw(actor=filer, application=application, reason="业务调整，本年度不再申报")
    application.refresh_from_db()
    assert application.state == "withdrawn"


@pytest.mark.parametrize("state", engine.step_of("application", "withdraw").sources)
def test_an_applicant_may_withdraw_at_any_time_before_the_decision(
    application: Application, filer: Actor, state: str
) -> None:
    cast.put_into(application, state)
    submission.withdraw(actor=filer, application=application, reason="不再申报")
    application.refresh_from_db()
    assert application.state == "withdrawn"


@pytest.mark.parametrize("state", ["certified", "declined", "not_recommended", "withdrawn"])
def test_a_decided_application_is_not_withdrawn(application: Application, filer: Actor, state: str) -> None:
    cast.put_into(application, state)
    with pytest.raises(WrongStage):
        submission.withdraw(actor=filer, application=application, reason="不再申报")


def test_a_withdrawn_application_makes_room_for_a_new_one(application: Application, filer: Actor) -> None:
    submission.withdraw(actor=filer, application=application, reason="重新填报")
    again = cast.complete_draft(application.call, filer.organisation, filer, "示例平台二")
    assert again.state == "draft"
