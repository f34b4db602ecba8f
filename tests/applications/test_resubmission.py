"""Answering a return: item by item, nothing else touched, in time; a new version under the same receipt number."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from accounts.models import Role
from applications import corrections, versions
from applications.models import Application, ApplicationVersion, Correction, ListBatch, Material, Section, StaffMember
from applications.services import answers, lists, sections, submission
from applications.services.answers import Reply, StaleAnswers
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Announcement, Counter, StepRecord
from tests import cast
from tests.readings import counted
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return cast.returned_application()


@pytest.fixture
def filer(application: Application) -> Actor:
    return cast.actor_of(application)


@pytest.fixture
def signatory(application: Application) -> Actor:
    return cast.actor_of(application, Role.SIGNATORY)


def current(application: Application) -> Correction:
    correction = corrections.current(application)
    assert correction
    return correction


def answer_all(actor: Actor, application: Application, text: str = "已更正。") -> None:
    correction = current(application)
    answers.save_answers(
        actor=actor,
        correction=correction,
        answers={item.pk: Reply(text, done=True) for item in correction.items.all()},
        seen=answers.revision(correction),
    )


def change(actor: Actor, application: Application, **fields: str) -> None:
    section = application.sections.get(key="finance")
    sections.save(
        actor=actor, application=application, key="finance", data=section.data | fields, revision=section.revision
    )


def resubmit(actor: Actor, application: Application, **changes: object) -> ApplicationVersion:
    fingerprint = versions.fingerprint(versions.content_of(application))
    said = {"fingerprint": fingerprint, "received_at": clock.now()} | changes
    return submission.resubmit(actor=actor, application=application, **said)


def test_a_corrected_application_becomes_a_new_version_under_the_same_number(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    change(filer, application, total_assets="490.00")
    answer_all(filer, application)
    number = application.receipt_number
    version = resubmit(signatory, application)
    application.refresh_from_db()
    record = StepRecord.objects.get(subject_id=application.uuid, step="resubmit")
    assert (application.state, application.receipt_number, version.number) == ("submitted", number, 2)
    assert Counter.objects.get(kind="receipt").last == 1
    assert current_answered(application) == clock.now()
    assert record.data["version"] == str(version.uuid)
    assert [(c.label, c.old, c.new) for c in changes_of(application)] == [
        ("上年末资产总额", "486.20 万元", "490.00 万元")
    ]


def current_answered(application: Application) -> object:
    return application.corrections.get().answered_at


def changes_of(application: Application) -> list[versions.Change]:
    first, second = application.versions.order_by("number")
    return versions.difference(first.content, second.content)


def test_what_is_filed_again_is_read_once(application: Application, filer: Actor, signatory: Actor) -> None:
    answer_all(filer, application)
    shown = versions.fingerprint(versions.content_of(application))
    with counted() as reads:
        submission.resubmit(actor=signatory, application=application, fingerprint=shown, received_at=clock.now())
    assert [reads(model) for model in (Section, ListBatch, StaffMember, Material)] == [1, 2, 1, 1]


def test_every_item_needs_an_answer(application: Application, filer: Actor, signatory: Actor) -> None:
    with pytest.raises(Blocked, match="还有 1 项没有填写补正说明或者没有勾选“已补正”"):
        resubmit(signatory, application)
    answer_all(filer, application)
    resubmit(signatory, application)


def test_a_part_that_was_not_returned_cannot_be_edited(application: Application, filer: Actor) -> None:
    with pytest.raises(WrongStage):
        lists.delete_row(actor=filer, application=application, kind="served", position=1)
    change(filer, application, total_assets="490.00")


def test_a_change_outside_the_returned_parts_is_refused(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    answer_all(filer, application)
    section = application.sections.get(key="service")
    section.data = section.data | {"satisfaction": "99"}
    section.save()
    with pytest.raises(Blocked, match="未退回的内容有改动：用户满意度（自评）"):
        resubmit(signatory, application)
    assert application.versions.count() == 1


def test_a_late_correction_is_refused_and_says_which_version_is_judged(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    answer_all(filer, application)
    due = application.correction_due_at
    assert due
    with clock.frozen(due), pytest.raises(Blocked, match=r"补正期限已于.*届满.*按已提交的第1版审核"):
        resubmit(signatory, application, received_at=due)
    with clock.frozen(due + timedelta(seconds=2)):
        resubmit(signatory, application, received_at=due - timedelta(milliseconds=100))


def test_only_the_signatory_resubmits(application: Application, filer: Actor, signatory: Actor) -> None:
    answer_all(filer, application)
    with pytest.raises(NotAllowed):
        resubmit(filer, application)
    resubmit(signatory, application)


def test_answers_written_over_a_colleagues_are_refused(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    correction = current(application)
    [item] = correction.items.all()
    seen = answers.revision(correction)
    answers.save_answers(actor=filer, correction=correction, answers={item.pk: Reply("甲")}, seen=seen)
    with pytest.raises(StaleAnswers, match="另一位同事") as stale:
        answers.save_answers(actor=signatory, correction=correction, answers={item.pk: Reply("乙")}, seen=seen)
    assert stale.value.theirs == {item.pk: Reply("甲")}
    assert current(application).items.get().answer == "甲"


def test_answers_of_a_finished_correction_stay(application: Application, filer: Actor, signatory: Actor) -> None:
    answer_all(filer, application)
    correction = current(application)
    resubmit(signatory, application)
    with pytest.raises(WrongStage):
        answers.save_answers(actor=filer, correction=correction, answers={}, seen=answers.revision(correction))


def test_the_signatory_is_told_once_per_state_of_the_answers(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    answer_all(filer, application)
    for _ in range(2):
        answers.ask_to_resubmit(actor=filer, correction=current(application))
    assert [a.user for a in Announcement.objects.filter(kind="correction_ready")] == [signatory.user]


def test_registered_data_changed_meanwhile_do_not_block_the_correction(
    application: Application, filer: Actor, signatory: Actor
) -> None:
    answer_all(filer, application)
    application.organisation.legal_representative = "新任法人"
    application.organisation.save()
    version = resubmit(signatory, Application.objects.get(pk=application.pk))
    assert version.content["organisation"]["legal_representative"] == "示例法人"


def test_the_corrected_list_is_a_new_batch_and_the_sealed_one_stays() -> None:
    application = cast.returned_application(parts=(("list", "staff"),))
    filer, signatory = cast.actor_of(application), cast.actor_of(application, Role.SIGNATORY)
    sealed = application.batches.get(kind="staff")
    lists.delete_row(actor=filer, application=application, kind="staff", position=20)
    answer_all(filer, application)
    version = resubmit(signatory, application)
    assert [b.number for b in application.batches.filter(kind="staff").order_by("number")] == [1, 2]
    assert sealed.staffmember_rows.count() == 20
    assert len(version.content["lists"]["staff"]) == 19
    assert [(c.label, c.new) for c in changes_of(application)] == [("专职服务人员清单：删除一行", "")]
