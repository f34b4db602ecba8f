"""交接经办人: the signatory or the district replaces a filer who has left; everything stays with the organisation."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import actors
from accounts.actors import Actor
from accounts.models import Capacity, Role
from accounts.services import colleagues
from applications.models import Application, Handover
from applications.services import filing, handover, sections, submission
from applications.services.handover import Successor
from lifecycle.errors import Blocked, NotAllowed
from lifecycle.models import Announcement, StepRecord
from tests import cast, drafts
from tests.pages import Visitor

pytestmark = pytest.mark.django_db

NEW = Successor("新经办", "new@example.com", "13800000012")
TYPED = {"name": "新经办", "email": "new@example.com", "phone": "１３８ 0000 0012", "reason": "原经办人已离职。"}


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def signatory(filer: Actor) -> Actor:
    return cast.signatory(filer.organisation)


def hand_over(actor: Actor, filer: Actor, **changed: Any) -> Handover:
    given = {
        "organisation": filer.organisation, "leaving": filer.capacity, "successor": NEW, "reason": "原经办人已离职。",
    } | changed  # fmt: skip
    return handover.hand_over(actor=actor, **given)


def letter() -> Any:
    return drafts.upload("交接函.pdf", "signed")


def active(body: Any) -> set[tuple[str, str]]:
    found = Capacity.objects.active().filter(organisation=body)
    return {(capacity.user.name, capacity.role) for capacity in found}


def test_the_signatory_replaces_the_last_filer_and_the_draft_goes_on(
    filer: Actor, signatory: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    call = cast.open_call(cast.city_officer())
    draft = filing.create(actor=filer, call=call, platform_name="示例平台")
    sections.save(actor=filer, application=draft, key="identity", data={"contact_name": "李敏"}, revision=0)
    session = Visitor(filer)
    assert session.get(draft.get_absolute_url()).status == 200
    with pytest.raises(ValidationError, match="至少保留"):
        colleagues.end(actor=signatory, capacity=filer.capacity)

    made = hand_over(signatory, filer)

    successor = actors.acting(made.successor)
    assert active(filer.organisation) == {("新经办", "filer"), ("signatory", "signatory")}
    assert session.get(draft.get_absolute_url()).status in (
        403,
        404,
    )  # the session that was open died with the capacity
    sections.save(actor=successor, application=draft, key="identity", data={"contact_name": "新经办"}, revision=1)
    assert Visitor(successor).get(draft.get_absolute_url()).status == 200
    with pytest.raises(NotAllowed):
        submission.withdraw(actor=filer, application=draft, reason="不再申报")
    assert Application.objects.get().organisation == filer.organisation


def test_all_concerned_are_told_and_the_record_holds_no_names(filer: Actor, signatory: Actor) -> None:
    made = hand_over(signatory, filer, letter=letter())
    told = Announcement.objects.filter(subject_id=made.uuid)
    assert {(one.user.name, one.kind) for one in told} == {("新经办", "hand_over"), ("filer", "left")}
    record = StepRecord.objects.get(subject_id=made.uuid)
    assert (record.step, record.role, record.reason, record.article) == ("hand_over", "signatory", "", "default")
    assert record.data == {
        "leaving": str(filer.capacity.uuid), "successor": str(made.successor.uuid), "letter": made.letter.sha256,
    }  # fmt: skip
    colleagues.mail_invitation(str(made.successor.uuid))
    assert mail.outbox[0].to == ["new@example.com"]
    assert "/account/password/reset/" in mail.outbox[0].body


def test_whoever_left_acts_in_no_capacity_of_the_organisation_but_elsewhere_as_before(filer: Actor) -> None:
    other = cast.organisation("另一单位", "wuhua")
    Capacity.objects.create(user=filer.user, role=Role.SIGNATORY, organisation=filer.organisation)
    Capacity.objects.create(user=filer.user, role=Role.FILER, organisation=other)
    hand_over(cast.district_officer(), filer, letter=letter())
    assert active(filer.organisation) == {("新经办", "filer")}
    assert active(other) == {("filer", "filer")}


def test_the_district_needs_the_sealed_letter_and_only_reaches_its_own(filer: Actor) -> None:
    officer, far = cast.district_officer(), cast.district_officer("far", "wuhua")
    with pytest.raises(ValidationError, match="交接函"):
        hand_over(officer, filer)
    for stranger in (far, cast.city_officer(), cast.signatory(cast.organisation("另一单位"), "stranger"), filer):
        with pytest.raises((NotAllowed, Blocked)):
            hand_over(stranger, filer, letter=letter())
    assert active(filer.organisation) == {("filer", "filer")}
    made = hand_over(officer, filer, letter=letter())
    assert (made.by_district, made.letter.name) == (True, "交接函.pdf")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=made.pk).update(letter=None)


def test_nobody_left_to_name_is_handed_over_too_and_a_claimable_organisation_is_not(
    filer: Actor, signatory: Actor
) -> None:
    with pytest.raises(Blocked, match="请选择离任的经办人"):
        hand_over(signatory, filer, leaving=None)
    colleagues.close(filer.capacity)
    with pytest.raises(Blocked, match="已经不是该单位的经办人"):
        hand_over(signatory, filer)
    assert hand_over(signatory, filer, leaving=None).left is None
    empty = cast.organisation("名录单位")
    with pytest.raises(Blocked, match="申请认领"):
        hand_over(cast.district_officer(), filer, organisation=empty, leaving=None, letter=letter())


def test_a_filer_is_not_succeeded_by_the_same_address_nor_by_a_colleague_who_is_one(
    filer: Actor, signatory: Actor
) -> None:
    colleagues.add(actor=filer, name="同事", email="colleague@example.com", phone="", role=Role.FILER)
    for email, words in ((filer.user.email.upper(), "不能是离任"), ("Colleague@example.com", "已经有该身份")):
        with pytest.raises(ValidationError, match=words):
            hand_over(signatory, filer, successor=Successor("某", email, ""))
    assert not Handover.objects.exists()
    known = hand_over(signatory, filer, successor=Successor("signatory", signatory.user.email, ""))
    assert known.successor.user == signatory.user


def test_the_signatory_hands_over_by_the_page(filer: Actor, signatory: Actor) -> None:
    visitor = Visitor(signatory)
    page = visitor.get(visitor.get("/applications/people/").links["交接经办人"])
    wrong = visitor.submit(page, "确认交接并发送邮件", TYPED | {"email": "x", "reason": ""})
    assert wrong.status == 422
    assert wrong.soup.find("input", {"name": "name"})["value"] == "新经办"
    assert len(wrong.errors) == 3
    done = visitor.submit(wrong, "确认交接并发送邮件", TYPED | {"leaving": str(filer.capacity.uuid)})
    assert (done.status, done.heading) == (200, filer.organisation.name)
    assert Handover.objects.get().successor.user.phone == "13800000012"
    assert Visitor(filer).get("/applications/people/").status == 403


def test_the_district_finds_an_organisation_of_its_own_by_a_code_however_typed(filer: Actor) -> None:
    far = cast.filer(cast.organisation("远处单位", "wuhua"), "far_filer").organisation
    empty = cast.organisation("没有账号单位")
    visitor = Visitor(cast.district_officer())
    wide = filer.organisation.credit_code.lower().translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    found = visitor.get(f"/applications/handovers/?code={wide}")
    assert (found.heading, filer.organisation.name in found.text) == ("交接经办人", True)
    refused = [visitor.get(f"/applications/handovers/?code={body.credit_code}") for body in (far, empty)]
    assert [(page.status, "本辖区没有这个单位" in page.text) for page in refused] == [(422, True)] * 2
    assert "远处单位" not in refused[0].text
    assert visitor.get(f"/applications/handovers/new/{far.uuid}/").status == 404
    done = visitor.submit(
        found, "确认交接并发送邮件", TYPED | {"leaving": str(filer.capacity.uuid)}, letter=letter_file()
    )  # fmt: skip
    assert "县区主管部门凭交接函办理" in done.text


def letter_file() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("交接函.pdf", drafts.pdf())


def test_a_handover_and_its_letter_are_read_by_those_concerned_only(filer: Actor, signatory: Actor) -> None:
    made = hand_over(cast.district_officer(), filer, letter=letter())
    pages = (made.get_absolute_url(), f"{made.get_absolute_url()}letter/")
    readers = [signatory, actors.acting(made.successor), cast.city_officer(), cast.person("auditor", Role.AUDITOR)]
    for reader in readers:
        assert {Visitor(reader).get(page).status for page in pages} == {200}, reader
    strangers = [cast.district_officer("far", "wuhua"), cast.filer(cast.organisation("另一单位"), "other")]
    for stranger in strangers:
        assert {Visitor(stranger).get(page).status for page in pages} == {404}
    expert = Visitor(cast.person("expert", Role.EXPERT))
    assert {expert.get(page).status for page in pages} == {403}
    assert {Visitor().get(page).heading for page in pages} == {"登录"}
    assert [filer.organisation.name in Visitor(one).get("/applications/handovers/").text for one in (strangers[0], readers[2])] == [False, True]  # fmt: skip
