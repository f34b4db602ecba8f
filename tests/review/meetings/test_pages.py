"""The pages of the collective decision: entry, comparison by another officer, announcement, plaques."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from applications.models import Application
from files import pdf
from lifecycle import chain
from lifecycle.models import Announcement, StepRecord
from registry.models import Plaque, Title
from review.models import Meeting
from review.services import meetings, plaques
from tests import cast
from tests.files import corpus
from tests.review import chamber, stage
from tests.review.chamber import Chamber, certify, decline
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Chamber]:
    with stage.at(stage.MORNING):
        yield Chamber()


def browser(actor: Actor | None = None) -> Client:
    client = Client(headers={"host": "localhost"})
    if actor:
        client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def filled(*rulings: tuple[Application, str, str], **changes: Any) -> dict[str, Any]:
    """The entry form as typed."""
    typed: dict[str, Any] = {
        "kind": "party_group", "held_on": "2026-06-18", "minutes_number": "2026-15", "attendance": "示例局长",
        "minutes": SimpleUploadedFile("纪要.pdf", corpus.pdf()), **changes,
    }  # fmt: skip
    for application, outcome, reason in rulings:
        typed[f"r-{application.uuid}-outcome"], typed[f"r-{application.uuid}-reason"] = outcome, reason
    return typed


def text_of(response: Any) -> str:
    return response.content.decode()


def bytes_of(response: Any) -> bytes:
    """The file of a download; closed, as the server does."""
    data = b"".join(response.streaming_content)
    response.close()
    return data


def test_the_entry_page_lists_what_can_be_decided_and_says_why_not(town: Chamber) -> None:
    free, held, early = town.noticed("甲平台"), town.noticed("乙平台"), town.noticed("丙平台", last=date(2026, 6, 30))
    town.objected(held)
    with stage.at(chamber.ON):
        html = text_of(browser(town.officer).get(reverse("review:meeting_enter", args=[town.call.uuid])))
    assert [f"r-{a.uuid}-outcome" in html for a in (free, held, early)] == [True, False, False]
    assert "有未办结的异议（YY-2026-0001），其他平台不受影响" in html
    assert "“丙平台”公示至2026年6月30日，期满后才能决定（第十五条）" in html


def test_a_meeting_is_entered_confirmed_and_announced_through_the_pages(town: Chamber) -> None:
    first, second = town.noticed("甲平台"), town.noticed("乙平台")
    with stage.at(chamber.ON):
        enterer, other = browser(town.officer), browser(town.second)
        typed = filled((first, "certify", ""), (second, "decline", "服务成效不够突出"))
        entered = enterer.post(reverse("review:meeting_enter", args=[town.call.uuid]), typed)
        meeting = Meeting.objects.get()
        page = text_of(other.get(meeting.get_absolute_url()))
        confirmed = other.post(
            reverse("review:meeting_confirm", args=[meeting.uuid]), {"same_meeting": "on", "same_rulings": "on"}
        )
        announced = enterer.post(
            reverse("review:meeting_announce", args=[meeting.uuid]),
            {"document_number": "昆工信通[2026]12号", "issued_on": "2026-06-18", "portal_url": chamber.PORTAL},
        )
    meeting.refresh_from_db()
    assert [r.status_code for r in (entered, confirmed, announced)] == [302, 302, 302]
    assert "确认与会议纪要一致，使决定生效" in page
    assert (meeting.state, meeting.document_number) == ("announced", chamber.NUMBER)


def test_what_was_typed_stays_when_the_entry_is_refused(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON):
        refused = browser(town.officer).post(
            reverse("review:meeting_enter", args=[town.call.uuid]),
            filled((application, "decline", ""), attendance="示例局长、副局长"),
        )
    html = text_of(refused)
    assert (refused.status_code, Meeting.objects.count()) == (422, 0)
    assert ("请写明“甲平台”不予认定的理由" in html, "示例局长、副局长" in html, 'value="2026-15"' in html) == (
        True,
        True,
        True,
    )


def test_a_ruling_on_a_blocked_platform_sent_past_the_page_is_ignored(town: Chamber) -> None:
    held = town.noticed("甲平台")
    town.objected(held)
    with stage.at(chamber.ON):
        refused = browser(town.officer).post(
            reverse("review:meeting_enter", args=[town.call.uuid]), filled((held, "certify", ""))
        )
    assert (refused.status_code, Meeting.objects.count()) == (422, 0)
    assert "请至少录入一家平台的决定。" in text_of(refused)


def test_the_enterer_sees_why_and_cannot_confirm(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        meeting = town.entered(certify(application))
        client = browser(town.officer)
        page = text_of(client.get(meeting.get_absolute_url()))
        refused = client.post(
            reverse("review:meeting_confirm", args=[meeting.uuid]), {"same_meeting": "on", "same_rulings": "on"}
        )
    assert "录入人不能复核自己录入的集体决策" in page
    assert (refused.status_code, Title.objects.count()) == (409, 0)


def test_confirming_without_comparing_is_refused(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        meeting = town.entered(certify(application))
        refused = browser(town.second).post(
            reverse("review:meeting_confirm", args=[meeting.uuid]), {"same_meeting": "on"}
        )
    assert (refused.status_code, "请对照会议纪要逐家核对决定后勾选。" in text_of(refused)) == (422, True)


def test_sending_back_needs_a_reason_and_frees_the_minutes(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        meeting = town.entered(certify(application))
        client, address = browser(town.second), reverse("review:meeting_reject", args=[meeting.uuid])
        answers = [client.post(address, {"reason": reason}).status_code for reason in ("", "纪要编号抄错")]
        meeting.refresh_from_db()
        assert (answers, meeting.state, town.entered(certify(application)).state) == ([422, 302], "rejected", "entered")


def test_a_signed_copy_with_personal_data_is_not_published_without_a_reason(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        meeting = town.decided(certify(application))
        client, address = browser(town.officer), reverse("review:meeting_announce", args=[meeting.uuid])
        typed = {
            "document_number": chamber.NUMBER,
            "issued_on": "2026-06-18",
            "portal_url": chamber.PORTAL,
            "looked_through": "on",
        }
        copy = signed_copy("联系人张三，手机13812345678")
        refused = client.post(address, {**typed, "signed_document": SimpleUploadedFile("认定文件.pdf", copy)})
        taken = client.post(
            address,
            {
                **typed,
                "override_reason": "号码为单位公开电话",
                "signed_document": SimpleUploadedFile("认定文件.pdf", copy),
            },
        )
        public = bytes_of(browser().get(reverse("review:decision_document", args=[meeting.uuid])))
    meeting.refresh_from_db()
    assert (refused.status_code, "文件中有手机号码共 1 处（138****5678）" in text_of(refused), taken.status_code) == (
        422,
        True,
        302,
    )
    assert (meeting.override_reason, public[:4]) == ("号码为单位公开电话", b"%PDF")
    assert meeting.public_document_id != meeting.signed_document_id
    told = Announcement.objects.filter(kind="announce", body__contains="号码为单位公开电话")
    recorded = StepRecord.objects.get(subject_id=meeting.uuid, step="announce")
    assert (told.exists(), recorded.reason, recorded.data["override_reason"]) == (
        False,
        "",
        chain.digest("号码为单位公开电话"),
    )


def signed_copy(words: str) -> bytes:
    return pdf.render("documents/decision_draft.html", {"addressee": words}, title="认定文件")


def test_a_district_and_an_applicant_see_their_own_part_only(town: Chamber) -> None:
    own, other = town.noticed("甲平台", "panlong"), town.noticed("乙平台", "wuhua")
    with stage.at(chamber.ON):
        before = town.entered(certify(own), decline(other))
        client = browser(chamber.applicant(own))
        closed = client.get(before.get_absolute_url()).status_code
        meetings.confirm(actor=town.second, meeting=before)
        pages = [
            text_of(browser(p).get(before.get_absolute_url())) for p in (chamber.applicant(own), town.district_wuhua)
        ]
        address = reverse("review:meeting_minutes", args=[before.uuid])
        minutes = [
            browser(chamber.applicant(own)).get(address).status_code,
            bytes_of(browser(town.officer).get(address))[:4],
        ]
    assert closed == 404
    assert [("甲平台" in p, "乙平台" in p, "示例副局长" in p) for p in pages] == [
        (True, False, False),
        (False, True, False),
    ]
    assert minutes == [403, b"%PDF"]


def test_the_draft_of_the_decision_lists_the_titles_as_pdf_and_text(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON):
        meeting = town.decided(certify(application))
        client = browser(town.officer)
        text = client.get(reverse("review:meeting_draft_text", args=[meeting.uuid])).content.decode("utf-8-sig")
        paper = bytes_of(client.get(reverse("review:meeting_draft", args=[meeting.uuid])))
    said = "".join(pdf.text_of(paper).split())
    assert set(pdf.fonts_of(paper).values()) == {True}
    for words in ("KMSF-2026-001", "甲平台", "2026-06-18至", "2029-06-18", "集体研究"):
        assert ("".join(words.split()) in said, words in text) == (True, True)


def test_an_unannounced_decision_is_not_public(town: Chamber) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON):
        meeting = town.decided(certify(application))
        before = browser().get(meeting.public_url()).status_code
        meetings.announce(actor=town.officer, meeting=meeting, announcement=chamber.announcement())
        after = browser().get(meeting.public_url())
    assert (before, after.status_code, "甲平台" in text_of(after)) == (404, 200, True)


@pytest.mark.parametrize("name", ["meetings", "meeting_enter", "plaques"])
def test_lists_ask_the_same_number_of_questions_for_one_and_for_many(town: Chamber, name: str) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3 if counts else 1):
            waiting, application = town.noticed(), town.noticed()
            town.objected(waiting)
            number = f"纪要{application.pk}"
            with stage.at(chamber.ON):
                town.decided(certify(application), number_of_minutes=number)
        counts.append(queries_of(town, name))
    assert counts[0] == counts[1]


def queries_of(town: Chamber, name: str) -> int:
    address = reverse(f"review:{name}", args=[town.call.uuid] if name == "meeting_enter" else [])
    with stage.at(chamber.ON):
        client = browser(town.officer)
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
    return len(found)


def test_plaques_are_issued_together_with_a_result_each(town: Chamber) -> None:
    first, second = town.certified("甲平台"), town.certified("乙平台")
    with stage.at(chamber.ON):
        done = second.plaques.get()
        plaques.issue(actor=town.officer, plaque=done, issued_on=clock.today())
        chosen = [str(p.uuid) for p in Plaque.objects.all()]
        page = browser(town.officer).post(
            reverse("review:plaques_issue"), {"issued_on": "2026-06-18", "plaque": chosen}
        )
    assert [p.state for p in Plaque.objects.order_by("sequence")] == ["issued", "issued"]
    assert ("已登记颁发 1 块" in text_of(page), "该事项已由city于" in text_of(page)) == (True, True)
    assert first.plaques.get().issued_on == date(2026, 6, 18)


def test_the_platform_receives_its_plaque_and_reports_it_lost(town: Chamber) -> None:
    application = town.noticed()
    with stage.at(chamber.ON):
        town.announced(certify(application))
        plaque = Plaque.objects.get()
        plaques.issue(actor=town.officer, plaque=plaque, issued_on=clock.today())
        own, other = (
            browser(chamber.applicant(application)),
            browser(cast.signatory(cast.organisation("外人", "wuhua"), "stranger")),
        )
        receive, lost = (reverse(f"review:plaque_{s}", args=[plaque.uuid]) for s in ("receive", "lost"))
        signed = {"received_on": "2026-06-18", "received_by": "示例收件人"}
        answers = [
            other.post(receive, signed).status_code,
            own.post(receive, {**signed, "received_on": "2026-06-17"}).status_code,
        ]
        answers += [own.post(receive, signed).status_code, own.post(receive, signed).status_code]
        answers += [own.post(lost, {"lost_on": "2026-06-18", "reason": "搬迁中遗失"}).status_code]
    plaque.refresh_from_db()
    assert (answers, plaque.state, plaque.received_by) == ([404, 422, 302, 409, 302], "lost", "示例收件人")


def test_an_officer_of_the_city_only_issues(town: Chamber) -> None:
    title = town.certified()
    plaque = title.plaques.get()
    with stage.at(chamber.ON):
        client = browser(town.officer)
        steps = {
            s: client.get(reverse(f"review:plaque_{s}", args=[plaque.uuid])).status_code
            for s in ("issue", "receive", "lost")
        }
    assert steps == {"issue": 200, "receive": 403, "lost": 403}


def test_the_entry_form_works_without_scripts(town: Chamber) -> None:
    town.noticed()
    with stage.at(chamber.ON):
        html = text_of(browser(town.officer).get(reverse("review:meeting_enter", args=[town.call.uuid])))
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", html) == []
