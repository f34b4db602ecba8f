"""The papers: text equal to the source, fonts embedded, fingerprint on every page, personal data masked for reviewers."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.models import Role
from applications import documents, outcomes, papers
from applications.models import Application
from applications.services import submission
from files import pdf, storage
from files.models import IssuedDocument
from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db


def bytes_of(issued: IssuedDocument) -> bytes:
    return storage.path_of(issued.file).read_bytes()


def text_of(issued: IssuedDocument) -> str:
    """The document's text without line breaks and blanks."""
    return re.sub(r"\s", "", pdf.text_of(bytes_of(issued)))


@pytest.fixture(autouse=True)
def printed_dates() -> Iterator[None]:
    """The papers print dates; these tests know them."""
    with clock.frozen(clock.shanghai(2026, 11, 23, 9)):
        yield


@pytest.fixture
def application() -> Application:
    """With short lists: what the papers say does not depend on how long they are."""
    return cast.submitted_application(most=8)


def test_the_report_says_what_was_filed_on_pages_that_bear_the_fingerprint() -> None:
    version = cast.submitted_application().current_version
    assert version is not None
    issued = documents.application_report(version)
    content = bytes_of(issued)
    pages = pdf.text_of(content).split("\f")[:-1]
    text = text_of(issued)
    # 335 enterprises and a dozen other pages; a column that collapsed once made forty of them.
    assert 8 < len(pages) < 25
    assert [version.fingerprint in re.sub(r"\s", "", page) for page in pages] == [True] * len(pages)
    for data in version.content["sections"].values():
        for value in data.values():
            if len(value) > 12:
                assert re.sub(r"\s", "", value) in text
    for row in version.content["lists"]["served"]:
        assert row["credit_code"] in text
    assert "139" + "0001" not in text
    assert set(pdf.fonts_of(content).values()) == {True}


def test_the_paper_that_was_signed_is_the_paper_of_the_version(application: Application) -> None:
    other = cast.organisation("另一示例单位", "wuhua")
    cast.signatory(other, "other_signatory")
    waiting = cast.awaiting_signature(cast.filer(other, "other_filer"), application.call, most=8)
    signed = documents.report_to_sign(waiting)
    submitted = cast.submit(cast.actor_of(waiting, Role.SIGNATORY), waiting)
    assert documents.application_report(submitted.current_version) == signed


def test_reviewers_get_the_report_without_the_contacts_numbers(application: Application) -> None:
    version = application.current_version
    assert "13800000001" in text_of(documents.application_report(version))
    masked = text_of(documents.application_report(version, masked=True))
    assert ("13800000001" in masked, "138****0001" in masked) == (False, True)


def test_the_receipt_names_number_time_version_fingerprint_and_what_comes(application: Application) -> None:
    text = text_of(documents.receipt(application.current_version))
    for words in (
        application.receipt_number,
        "2026年11月23日09:00:00",
        "第1版",
        application.current_version.fingerprint,
        "盘龙区",
        "2026年11月30日24:00前",
        "盘龙区科技和工业信息化局，申报咨询0871-63135193",
    ):
        assert words in text


def test_the_same_data_give_the_same_receipt(application: Application) -> None:
    first = documents.receipt(application.current_version)
    assert documents.receipt(application.current_version) == first


def test_the_letter_of_return_lists_every_defect_and_the_deadline() -> None:
    application = cast.returned_application(parts=(("section", "finance"), ("list", "staff"), ("material", "3")))
    text = text_of(documents.return_letter(application.corrections.get()))
    for words in (
        "示例创新服务有限公司：",
        "资产与财务：请更正第1处。",
        "专职服务人员清单：请更正第2处。",
        "上一年度财务报表：请更正第3处。",
        "2026年11月30日24:00前",
        application.district.bureau,
    ):
        assert words in text


@pytest.mark.parametrize("state", outcomes.EXITS)
def test_every_exit_has_a_letter_with_result_reason_and_contact(application: Application, state: str) -> None:
    submission.withdraw(actor=cast.actor_of(application), application=application, reason="业务调整，不再申报。")
    cast.put_into(application, state)
    text = text_of(documents.exit_letter(application))
    for words in (outcomes.TOLD[state][1], "业务调整，不再申报。", application.receipt_number, "联系"):
        assert words in text


def test_there_is_no_letter_while_the_application_goes_on(application: Application) -> None:
    with pytest.raises(LookupError):
        documents.exit_letter(application)


def status_of(client: Client, document: IssuedDocument) -> int:
    """The answer to a download, whose file is closed."""
    answer = client.get(f"/applications/documents/{document.uuid}/")
    answer.close()
    return answer.status_code


def test_documents_are_served_only_to_those_who_may_see_them(application: Application) -> None:
    issued = documents.receipt(application.current_version)
    internal = IssuedDocument.objects.create(
        kind="internal_note",
        subject_type="application",
        subject_id=application.uuid,
        source_hash="1" * 64,
        title="内部意见",
        file=issued.file,
    )
    people = {
        "applicant": cast.actor_of(application),
        "stranger": cast.filer(cast.organisation("另一示例单位", "wuhua"), "stranger"),
        "district": cast.district_officer(),
        "other district": cast.district_officer("wuhua", "wuhua"),
        "city": cast.city_officer("city2"),
        "auditor": cast.person("auditor", Role.AUDITOR),
        "expert": cast.person("expert", Role.EXPERT),
    }
    seen = {}
    for name, actor in people.items():
        client = Client()
        client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
        seen[name] = tuple(status_of(client, document) for document in (issued, internal))
    assert seen == {
        "applicant": (200, 404), "stranger": (404, 404), "district": (200, 200), "other district": (404, 404),
        "city": (200, 200), "auditor": (200, 200), "expert": (404, 404),
    }  # fmt: skip


def test_rooms_above_open_their_papers_to_the_applicant(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "_for_applicant", set(papers.OWN))
    issued = documents.receipt(application.current_version)
    IssuedDocument.objects.create(
        kind="decision_letter", subject_type="application", subject_id=application.uuid, source_hash="1" * 64,
        title="认定决定", file=issued.file,
    )  # fmt: skip
    assert "认定决定" not in [paper.label for paper in papers.of(application, [])]
    papers.open_to_applicant("decision_letter")
    assert "认定决定" in [paper.label for paper in papers.of(application, [])]
