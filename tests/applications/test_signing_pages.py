"""The pages from signature to withdrawal, as people use them."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.models import Role
from applications import versions
from applications.models import Application, ListBatch, Material, Section, StaffMember
from tests import cast, drafts
from tests.readings import counted

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def signing(application: Application, **changes: object) -> dict[str, object]:
    fingerprint = versions.fingerprint(versions.content_of(application))
    return {
        "fingerprint": fingerprint, "undertaking": "on", "password": cast.PASSWORD, "version": application.version,
        "form_key": "6f9f2c9e-7d0c-4f5a-9a39-1f2d3c4b5a69",
    } | changes  # fmt: skip


@pytest.fixture
def application() -> Application:
    body = cast.organisation()
    filer = cast.filer(body)
    cast.signatory(body)
    return cast.awaiting_signature(filer)


@pytest.fixture
def signatory(application: Application) -> Client:
    return client_of(cast.actor_of(application, Role.SIGNATORY))


@pytest.fixture
def filer(application: Application) -> Client:
    return client_of(cast.actor_of(application))


def page(application: Application, name: str) -> str:
    return f"{application.get_absolute_url()}{name}"


def test_the_page_reads_what_it_shows_and_checks_once(application: Application, signatory: Client) -> None:
    address = page(application, "signature/")
    signatory.get(address)
    with counted() as reads:
        assert signatory.get(address).status_code == 200
    assert [reads(model) for model in (Section, ListBatch, StaffMember, Material)] == [1, 1, 1, 1]


def test_the_signatory_reads_promises_and_submits(application: Application, signatory: Client) -> None:
    address = page(application, "signature/")
    assert versions.fingerprint(versions.content_of(application)) in signatory.get(address).content.decode()
    answer = signatory.post(address, signing(application), follow=True)
    application.refresh_from_db()
    assert application.state == "submitted"
    assert answer.redirect_chain[-1][0] == page(application, "receipt/")
    assert application.receipt_number in answer.content.decode()


def test_the_same_form_again_leads_to_the_application_and_makes_no_second_version(
    application: Application, signatory: Client
) -> None:
    said = signing(application)
    for _ in range(2):
        signatory.post(page(application, "signature/"), said)
    assert application.versions.count() == 1
    assert signatory.post(page(application, "signature/"), said).url == application.get_absolute_url()


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"password": "wrong"}, "密码不正确"), ({"undertaking": ""}, "请核对后勾选承诺"), ({"password": ""}, "请填写您的登录密码")],
)  # fmt: skip
def test_without_undertaking_or_password_nothing_is_submitted(
    application: Application, signatory: Client, changes: dict[str, str], words: str
) -> None:
    answer = signatory.post(page(application, "signature/"), signing(application, **changes))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    application.refresh_from_db()
    assert application.state == "awaiting_signature"


def test_a_page_read_before_a_change_is_refused(application: Application, signatory: Client) -> None:
    answer = signatory.post(page(application, "signature/"), signing(application, fingerprint="0" * 64))
    assert (answer.status_code, "又有修改" in answer.content.decode()) == (409, True)


def test_the_filer_reads_the_page_but_cannot_submit(application: Application, filer: Client) -> None:
    shown = filer.get(page(application, "signature/")).content.decode()
    assert ("等待法定代表人或授权签字人" in shown, 'name="password"' in shown) == (True, False)
    assert filer.post(page(application, "signature/"), signing(application)).status_code == 403


def test_a_scan_is_taken_in_and_shown_as_fitting(application: Application, signatory: Client) -> None:
    upload = drafts.upload("签章.pdf", "signed")
    upload.content_type = "application/pdf"
    said = {"fingerprint": signing(application)["fingerprint"], "scan": upload}
    answer = signatory.post(page(application, "scan/"), said, follow=True)
    assert "与当前内容对应" in answer.content.decode()


def test_reopening_leads_back_to_the_task_list(application: Application, signatory: Client) -> None:
    answer = signatory.post(page(application, "reopen/"), {"version": application.version, "reason": ""}, follow=True)
    assert "填写申报材料" in answer.content.decode()


def test_withdrawing_without_a_reason_shows_the_form_again(application: Application, filer: Client) -> None:
    address = page(application, "withdraw/")
    answer = filer.post(address, {"version": application.version, "reason": ""})
    assert (answer.status_code, "请填写撤回原因" in answer.content.decode()) == (422, True)
    filer.post(address, {"version": application.version, "reason": "不再申报"})
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_another_organisation_finds_none_of_the_pages(application: Application) -> None:
    stranger = client_of(cast.filer(cast.organisation("另一示例单位", "wuhua"), "stranger"))
    names = ["", "signature/", "report.pdf", "reopen/", "receipt/", "withdraw/", "correction/", "versions/1/"]
    assert {stranger.get(page(application, name)).status_code for name in names} == {404}


def test_correction_pages_from_answers_to_resubmission() -> None:
    application = cast.returned_application()
    filer = client_of(cast.actor_of(application))
    signatory = client_of(cast.actor_of(application, Role.SIGNATORY))
    shown = filer.get(page(application, "correction/"))
    item, seen = shown.context["form"].items[0], shown.context["form"]["revision"].value()
    assert "请更正第1处" in filer.get(application.get_absolute_url()).content.decode()
    filer.post(
        page(application, "correction/"),
        {"revision": seen, f"item_{item.pk}": "已更正。", f"done_{item.pk}": "on", "do": "tell"},
    )
    assert "已更正。" in signatory.get(page(application, "resubmission/")).content.decode()
    answer = signatory.post(page(application, "resubmission/"), signing(application), follow=True)
    assert "第2版" in answer.content.decode()
    assert "没有改动" in filer.get(page(application, "versions/2/")).content.decode()


def test_the_status_page_takes_the_same_queries_for_one_and_for_many_versions(
    django_assert_max_num_queries: object,
) -> None:
    application = cast.submitted_application()
    filer = client_of(cast.actor_of(application))
    filer.get(application.get_absolute_url())
    with django_assert_max_num_queries(40) as one:
        filer.get(application.get_absolute_url())
    first = application.versions.get()
    for number in (2, 3, 4):
        first.pk, first.uuid, first.number = None, uuid4(), number
        first.save(force_insert=True)
    with django_assert_max_num_queries(len(one)):
        filer.get(application.get_absolute_url())


LINK = re.compile(r'<a class="fw-medium break" href="([^"]+)"')


def statuses(person: Client, links: list[str]) -> set[int]:
    """How each link answers; every file is closed again."""
    found = set()
    for link in links:
        answer = person.get(link)
        found.add(answer.status_code)
        answer.close()
    return found


def test_every_material_opens_from_the_page_of_signing(
    application: Application, signatory: Client, filer: Client
) -> None:
    kept = application.materials.filter(removed_at=None)
    for person in (signatory, filer):
        links = LINK.findall(person.get(page(application, "signature/")).content.decode())
        assert len(links) == kept.count() > 0
        assert statuses(person, links) == {200}


def test_the_page_of_signing_shows_what_was_written(application: Application, signatory: Client) -> None:
    shown = signatory.get(page(application, "signature/")).content.decode()
    written = versions.content_of(application)["sections"]["narrative"]
    assert [name for name, text in written.items() if text and text.splitlines()[0] not in shown] == []


def test_a_submitted_version_opens_its_materials_for_its_applicant_and_its_district(
    application: Application, signatory: Client
) -> None:
    signatory.post(page(application, "signature/"), signing(application))
    officer = client_of(cast.district_officer(slug=application.district.slug))
    strange = client_of(cast.filer(cast.organisation("示例他人有限公司"), "stranger"))
    links = {}
    for name, person in (("applicant", signatory), ("officer", officer)):
        links[name] = LINK.findall(person.get(page(application, "versions/1/")).content.decode())
        assert statuses(person, links[name]) == {200}
    assert len(links["applicant"]) == len(links["officer"]) == application.materials.count()
    assert statuses(strange, links["applicant"]) == {404}


def test_only_a_signatory_is_asked_to_submit_and_the_filer_reads_who_is(
    application: Application, signatory: Client, filer: Client
) -> None:
    name = cast.actor_of(application, Role.SIGNATORY).user.name
    asked, waiting = (person.get(application.get_absolute_url()).content.decode() for person in (signatory, filer))
    assert ("核对并提交</a>" in asked, "核对并提交</a>" in waiting) == (True, False)
    assert ("查看送签内容</a>" in asked, "查看送签内容</a>" in waiting) == (False, True)
    assert f"本单位签字人：{name}。" in waiting
