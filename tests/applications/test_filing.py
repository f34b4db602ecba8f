"""Who may begin an application, what a draft lets itself be changed, and how list batches behave."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts import actors
from accounts.models import Capacity
from accounts.services import colleagues
from applications import editing
from applications.checking import check
from applications.drafts import draft_of
from applications.models import Application, ApplicationVersion, Call, Correction, CorrectionItem
from applications.services import filing, lists, materials, people, sections
from applications.services.list_imports import UPLOADS
from applications.services.sections import StaleSection
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from registry.models import Ban, Platform, Title
from tests import cast, drafts
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return cast.open_call(cast.city_officer())


@pytest.fixture
def filer() -> actors.Actor:
    return cast.filer(cast.organisation())


def create(filer: actors.Actor, call: Call) -> Application:
    return filing.create(actor=filer, call=call, platform_name="示例平台")


def ban(filer: actors.Actor, starts_on: date, ends_on: date) -> Ban:
    code = filer.organisation.credit_code
    full_width = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    return Ban.objects.create(
        credit_code=full_width, operator_name="旧名称", starts_on=starts_on, ends_on=ends_on, reason="取消称号"
    )


def title(filer: actors.Actor, valid_to: date) -> Title:
    body = filer.organisation
    platform = Platform.objects.create(organisation=body, name="示例平台", district=body.district)
    made = Title(
        platform=platform, number="昆示范2024-001", year=2024, sequence=1, platform_name="示例平台",
        operator_name=body.name, credit_code=body.credit_code, district=body.district, decided_on=date(2024, 1, 5),
        valid_from=date(2024, 1, 5), valid_to=valid_to,
    )  # fmt: skip
    made.grant()
    made.save()
    return made


def test_a_running_ban_refuses_by_the_code_with_its_last_day(filer: actors.Actor, call: Call) -> None:
    today = clock.today()
    ban(filer, today - timedelta(days=30), today)
    with pytest.raises(Blocked, match=f"{today.year}年{today.month}月{today.day}日"):
        create(filer, call)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert create(filer, call).state == "draft"


def test_a_lifted_ban_does_not_refuse(filer: actors.Actor, call: Call) -> None:
    today = clock.today()
    lifted = ban(filer, today - timedelta(days=30), today + timedelta(days=30))
    lifted.lifted_at = clock.now()
    lifted.save()
    assert create(filer, call).state == "draft"


def test_a_title_valid_beyond_this_year_refuses(filer: actors.Actor, call: Call) -> None:
    title(filer, date(clock.today().year + 1, 1, 1))
    with pytest.raises(Blocked, match="第十六条"):
        create(filer, call)


def test_in_its_year_of_expiry_a_title_leaves_room(filer: actors.Actor, call: Call) -> None:
    title(filer, date(clock.today().year, 12, 31))
    assert create(filer, call).state == "draft"


def test_one_application_for_an_organisation_and_call(filer: actors.Actor, call: Call) -> None:
    create(filer, call)
    with pytest.raises(Blocked, match="已有一件申报"):
        create(filer, call)
    assert create(cast.filer(cast.organisation("另一单位"), "other"), call).state == "draft"


def test_filing_opens_and_ends_at_exact_instants(filer: actors.Actor, call: Call) -> None:
    instant = timedelta(microseconds=1)
    with clock.frozen(call.opens_at - instant), pytest.raises(Blocked, match="开始"):
        create(filer, call)
    with clock.frozen(call.closes_at), pytest.raises(Blocked, match="截止"):
        create(filer, call)
    with clock.frozen(call.closes_at - instant):
        assert create(filer, call).state == "draft"


def test_an_incomplete_draft_does_not_reach_the_signatory(filer: actors.Actor, call: Call) -> None:
    cast.signatory(filer.organisation)
    application = cast.complete_draft(call, filer.organisation, filer)
    data = drafts.sections(call)["finance"] | {"revenue": "八百万"}
    sections.save(actor=filer, application=application, key="finance", data=data, revision=1)

    with pytest.raises(Blocked, match="还有1处"):
        filing.request_signature(actor=filer, application=application)
    sections.save(actor=filer, application=application, key="finance", data=data | {"revenue": "820"}, revision=2)
    assert filing.request_signature(actor=filer, application=application).state == "awaiting_signature"


def test_without_a_signatory_nobody_can_be_asked(filer: actors.Actor, call: Call) -> None:
    application = cast.complete_draft(call, filer.organisation, filer)
    with pytest.raises(Blocked, match="本单位人员"):
        filing.request_signature(actor=filer, application=application)


def test_a_draft_waiting_for_its_signature_is_closed(filer: actors.Actor, call: Call) -> None:
    cast.signatory(filer.organisation)
    application = cast.complete_draft(call, filer.organisation, filer)
    filing.request_signature(actor=filer, application=application)

    with pytest.raises(WrongStage, match="签字人"):
        sections.save(actor=filer, application=application, key="finance", data={}, revision=1)
    with pytest.raises(WrongStage, match="签字人"):
        lists.write_rows(actor=filer, application=application, kind="staff", rows=[])
    with pytest.raises(WrongStage, match="签字人"):
        materials.remove(actor=filer, material=application.materials.first())


def test_nobody_outside_the_organisation_changes_a_draft(filer: actors.Actor, call: Call) -> None:
    application = create(filer, call)
    outsiders = [cast.filer(cast.organisation("另一单位"), "other"), cast.district_officer(), actors.public]
    for actor in outsiders:
        with pytest.raises(NotAllowed):
            sections.save(actor=actor, application=application, key="finance", data={"revenue": "1"}, revision=0)
    assert not application.sections.exists()


def test_a_return_opens_only_its_items(filer: actors.Actor, call: Call) -> None:
    application = cast.complete_draft(call, filer.organisation, filer)
    version = ApplicationVersion.objects.create(
        application=application,
        number=1,
        content={},
        fingerprint="0" * 64,
        submitted_by=filer.user,
        submitted_at=clock.now(),
    )
    correction = Correction.objects.create(
        application=application, version=version, due_at=clock.now() + timedelta(days=5), returned_by=filer.user
    )
    CorrectionItem.objects.create(correction=correction, part="list", key="staff", defect="缺少职称")
    cast.put_into(application, "returned")

    assert editing.may_edit(application, "list", "staff")
    assert not editing.may_edit(application, "section", "finance")
    with pytest.raises(WrongStage, match="没有要求修改此项"):
        sections.save(actor=filer, application=application, key="finance", data={}, revision=1)
    lists.save_row(
        actor=filer,
        application=application,
        kind="staff",
        values=drafts.lists(call, filer.organisation)["staff"][0] | {"name": "新增"},
    )
    cast.put_into(application, "accepted")
    assert not editing.may_edit(application, "list", "staff")


def test_a_sealed_list_is_copied_on_the_next_change(filer: actors.Actor, call: Call) -> None:
    application = cast.complete_draft(call, filer.organisation, filer)
    sealed = application.batches.get(kind="institutions")
    sealed.sealed_at = clock.now()
    sealed.save()

    lists.delete_row(actor=filer, application=application, kind="institutions", position=2)

    assert sealed.institution_rows.count() == 4
    assert [row["position"] for row in draft_of(application).rows["institutions"]] == [1, 3, 4]


def test_a_confirmed_import_stands_once(filer: actors.Actor, call: Call) -> None:
    application = create(filer, call)
    rows = drafts.lists(call, filer.organisation)["institutions"]
    taken = UPLOADS.upload(
        actor=filer, owner=application, kind="institutions", upload=drafts.workbook("institutions", rows)
    )
    assert not application.batches.exists()
    first = UPLOADS.confirm(actor=filer, taken=taken).batch
    assert UPLOADS.confirm(actor=filer, taken=taken).batch == first
    assert first.institution_rows.count() == 4
    assert first.source == taken.file


def test_a_stale_revision_never_overwrites(filer: actors.Actor, call: Call) -> None:
    application = create(filer, call)
    data = drafts.sections(call)["identity"]
    sections.save(actor=filer, application=application, key="identity", data=data, revision=0)
    with pytest.raises(StaleSection) as stale:
        sections.save(actor=filer, application=application, key="identity", data={"contact_name": "王芳"}, revision=0)
    assert (stale.value.theirs.data["contact_name"], stale.value.yours["contact_name"]) == ("李敏", "王芳")
    again = sections.save(actor=filer, application=application, key="identity", data=data, revision=0)
    assert again.revision == 1


def test_half_typed_text_survives_without_control_characters(filer: actors.Actor, call: Call) -> None:
    application = create(filer, call)
    saved = sections.save(
        actor=filer, application=application, key="finance", revision=0,
        data={"revenue": "ab\x00c", "total_assets": "４８６．２", "state": "certified"},
    )  # fmt: skip
    assert saved.data["revenue"] == "abc"
    assert "state" not in saved.data
    finance = check(draft_of(application)).part("section", "finance")
    assert [problem.anchor for problem in finance.problems if problem.wrong] == ["id_revenue"]
    assert finance.status == "1 处需改正"


def test_only_the_registered_representative_signs_without_a_letter(filer: actors.Actor) -> None:
    given: dict[str, Any] = {"email": "sign@example.com", "phone": ""}
    with pytest.raises(ValidationError) as refusal:
        people.add_signatory(actor=filer, name="周副总", **given)
    words = "登记的法定代表人是示例法人，与此不符。由其他人签字的，身份请选“授权签字人”，并上传授权委托书。"
    assert refusal.value.message_dict == {"name": [words]}
    assert people.add_signatory(actor=filer, name="示例 法人", **given).role == "signatory"
    with_letter = people.add_signatory(
        actor=filer, name="周副总", email="zhou@example.com", phone="", letter=drafts.upload("委托书.pdf", "signed")
    )
    assert with_letter.authorisation_letter.file.name == "委托书.pdf"


def test_a_role_taken_away_ends_at_once_and_may_be_given_again(filer: actors.Actor) -> None:
    signatory = people.add_signatory(actor=filer, name="示例法人", email="sign@example.com", phone="")
    colleagues.end(actor=filer, capacity=signatory)
    assert not Capacity.objects.active().filter(pk=signatory.pk).exists()
    again = people.add_signatory(actor=filer, name="示例法人", email="sign@example.com", phone="")
    assert Capacity.objects.active().filter(pk=again.pk).exists()


def test_the_last_filer_and_ones_own_role_stay(filer: actors.Actor) -> None:
    signatory = actors.acting(people.add_signatory(actor=filer, name="示例法人", email="s@example.com", phone=""))
    with pytest.raises(ValidationError, match="自己"):
        colleagues.end(actor=filer, capacity=filer.capacity)
    with pytest.raises(ValidationError, match="至少保留"):
        colleagues.end(actor=signatory, capacity=filer.capacity)
    colleagues.add(actor=filer, name="同事", email="c@example.com", phone="", role="filer")
    colleagues.end(actor=signatory, capacity=filer.capacity)
    assert not Capacity.objects.active().filter(pk=filer.capacity.pk).exists()
