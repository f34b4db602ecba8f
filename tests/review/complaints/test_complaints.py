"""Complaints (Art. 21): by anybody at any time, with receipt, follow page, handling, answer; who complained stays apart."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import actors
from accounts.actors import Actor
from accounts.models import Capacity, Role
from lifecycle.errors import Blocked, NotAllowed
from lifecycle.models import Announcement, StepRecord
from review import scans
from review.invariants import complaints as invariants
from review.models import ComplainantIdentity, Complaint, ComplaintEvidence, IdentityOpening
from review.selectors import complaints as selectors
from review.services import complaints, identities
from review.services.complaints import Report
from review.services.filing_limits import TooManyFiled
from review.services.objections import Objector
from tests import cast
from tests.files import corpus
from tests.pages import Visitor
from timekeeping import clock

pytestmark = pytest.mark.django_db

SENDER = Objector("李某某", "13922223333", "li@example.org", "官渡区示例巷9号")
SECRETS = ("李某某", "13922223333", "li@example.org", "官渡区示例巷9号")
MONDAY = clock.shanghai(2026, 7, 6, 9)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def city() -> Actor:
    return cast.city_officer()


@pytest.fixture
def auditor() -> Actor:
    return cast.person("auditor", Role.AUDITOR)


def filed(*, signed: str = "person", evidence: tuple[object, ...] = (), address: str = "192.0.2.7") -> Complaint:
    says = Report("platform", "该平台未实际开展服务。", signed, named="某示例平台", evidence=evidence)
    sender = None if signed == "anonymous" else SENDER
    return complaints.file(actor=actors.public, says=says, complainant=sender, address=address)


def page_of(actor: Actor | None, address: str) -> tuple[int, str]:
    client = Client()
    if actor:
        client.force_login(actor.user)
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def opened(actor: Actor, complaint: Complaint, reason: str = "") -> tuple[int, str]:
    client = Client()
    client.force_login(actor.user)
    answer = client.post(f"{complaint.get_absolute_url()}identity/", {"reason": reason})
    return answer.status_code, answer.content.decode()


def test_from_the_public_form_to_the_answer_through_rendered_forms(city: Actor) -> None:
    public, officer = Visitor(), Visitor(city)
    form = public.get("/review/complaints/new/")
    typed = {
        "about": "platform", "named": "某示例平台", "content": "未实际开展服务。", "signed": "person", "name": "李某某",
        "phone": "13922223333", "consent": "on",
    }  # fmt: skip
    receipt = public.submit(form, "提交，领取回执", typed)
    assert (receipt.heading, "TS-2026-0001" in receipt.text) == ("投诉举报已提交", True)
    complaint = Complaint.objects.get()
    handled = officer.submit(officer.get(f"{complaint.get_absolute_url()}handle/"), "受理办理")
    assert "已受理。" in handled.text
    answered = officer.submit(
        officer.get(f"{complaint.get_absolute_url()}answer/"),
        "答复",
        {"findings": "查阅了台账", "answer_text": "已责成整改。"},
    )
    assert "已答复。" in answered.text
    follow = public.submit(
        public.get("/review/complaints/follow/"), "查询", {"number": "ts-2026-0001", "secret": "139 2222 3333"}
    )
    assert ("已责成整改。" in follow.text, "查阅了台账" in follow.text) == (True, False)


def test_a_nameless_complaint_is_followed_by_its_code_and_keeps_nothing_of_the_sender(city: Actor) -> None:
    public = Visitor()
    typed = {
        "about": "authority", "content": "办事推诿。", "signed": "anonymous", "name": "李某某", "phone": "13922223333",
        "consent": "on",
    }  # fmt: skip
    receipt = public.submit(public.get("/review/complaints/new/"), "提交，领取回执", typed)
    complaint = Complaint.objects.get()
    assert (complaint.signed, ComplainantIdentity.objects.count()) == ("anonymous", 0)
    code = selectors.code_of(complaint)
    assert code in receipt.text
    complaints.handle(actor=city, complaint=complaint)
    complaints.answer(actor=city, complaint=complaint, answer_text="已调查。")
    found = public.submit(
        public.get("/review/complaints/follow/"), "查询", {"number": complaint.receipt_number, "secret": code.lower()}
    )
    assert "已调查。" in found.text


@pytest.mark.parametrize("secret", ["", "00000000", "13900000000"])
def test_a_wrong_code_phone_or_number_get_the_same_answer(secret: str) -> None:
    complaint = filed()
    words = [
        Client().post("/review/complaints/follow/", {"number": number, "secret": secret or "x"}).status_code
        for number in (complaint.receipt_number, "TS-2026-9999")
    ]
    assert words == [422, 422]
    assert selectors.by_receipt(complaint.receipt_number, "13922223333") == complaint


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"content": ""}, "请填写反映内容"),
        ({"about": ""}, "请选择反映对象"),
        ({"named": ""}, "请写明所反映的平台或单位名称"),
        ({"name": ""}, "实名反映的，请填写姓名"),
        ({"phone": ""}, "实名反映的，请填写姓名"),
        ({"consent": ""}, "请阅读个人信息处理说明"),
        ({"website": "http://spam.example"}, "应保持空白"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(typed: dict[str, str], words: str) -> None:
    full = {
        "about": "platform", "named": "某示例平台", "content": "未实际开展服务。", "signed": "person", "name": "李某某",
        "phone": "13922223333", "consent": "on",
    }  # fmt: skip
    answer = Client().post("/review/complaints/new/", {**full, **typed})
    page = answer.content.decode()
    assert (answer.status_code, words in page, Complaint.objects.count()) == (422, True, 0)
    assert ("某示例平台" in page) is (typed.get("named") != "")


def test_the_sixth_complaint_of_a_day_from_one_address_is_refused_and_another_address_goes_on() -> None:
    for _ in range(5):
        filed()
    with pytest.raises(TooManyFiled) as refused:
        filed()
    assert "每天最多在网上提交5件投诉举报" in refused.value.message
    assert filed(address="192.0.2.8").receipt_number == "TS-2026-0006"


def test_a_complaint_begun_at_a_title_is_about_it() -> None:
    from tests.supervision.changes import Town

    title = Town().title
    public = Visitor()
    form = public.get(f"/review/complaints/new/?title={title.token}")
    assert form.soup.select_one("#id_named")["value"] == title.platform_name
    public.submit(form, "提交，领取回执", {"content": "未开展服务。", "signed": "anonymous", "consent": "on"})
    assert Complaint.objects.get().title == title


def test_the_city_registers_letters_with_the_moment_of_receipt(city: Actor) -> None:
    at = clock.shanghai(2026, 7, 3, 15)
    says = Report("authority", "来信反映推诿。", "anonymous")
    letter = complaints.register(actor=city, says=says, complainant=None, channel="letter", received_at=at)
    assert (letter.channel, letter.received_at, letter.state) == ("letter", at, "received")
    with pytest.raises(ValidationError):
        complaints.register(
            actor=city, says=says, complainant=None, channel="letter", received_at=clock.shanghai(2026, 7, 7)
        )


def test_only_the_handler_answers_until_the_handler_has_left(city: Actor) -> None:
    second = cast.city_officer("second")
    complaint = complaints.handle(actor=city, complaint=filed())
    with pytest.raises(Blocked, match="由经办人city答复"):
        complaints.answer(actor=second, complaint=complaint, answer_text="已处理")
    Capacity.objects.filter(user=city.user).update(ended_at=clock.now())
    assert complaints.answer(actor=second, complaint=complaint, answer_text="已处理").handler == second.user


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.EXPERT, Role.SYSADMIN])
def test_nobody_but_city_and_auditor_reads_complaints(role: Role, auditor: Actor, city: Actor) -> None:
    complaint = filed()
    scope = {"district": cast.district()} if role == Role.DISTRICT_OFFICER else {}
    other = cast.person("other", role, **scope)
    statuses = [page_of(who, complaint.get_absolute_url())[0] for who in (other, auditor, city)]
    assert statuses == [403, 200, 200]


def test_no_page_message_or_record_says_who_complained(city: Actor, auditor: Actor) -> None:
    complaint = filed(evidence=(cast.stored_file("李某某的证据.pdf"),))
    complaints.handle(actor=city, complaint=complaint)
    complaints.answer(actor=city, complaint=complaint, answer_text="已处理", findings="属实")
    pages = [page_of(who, a)[1] for who in (city, auditor) for a in (complaint.get_absolute_url(), "/review/desk/complaints/?tab=all")]  # fmt: skip
    told = json.dumps(list(Announcement.objects.values_list("title", "body", "url")), ensure_ascii=False)
    records = serializers.serialize("json", StepRecord.objects.all(), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in "".join([*pages, told, records])] == []
    outside = Announcement.objects.filter(user=None).order_by("pk")
    assert {a.email for a in outside} == {"li@example.org"}
    steps = ("提交投诉举报", "受理办理", "答复")
    assert [a.title for a in outside] == [f"{step}：投诉举报 TS-2026-0001" for step in steps]


def test_an_auditor_opens_the_identity_with_a_reason_on_the_chained_record(auditor: Actor, city: Actor) -> None:
    complaint = filed()
    assert opened(auditor, complaint)[0] == 422 and IdentityOpening.objects.count() == 0
    status, page = opened(auditor, complaint, "核查投诉办理")
    assert (status, "李某某" in page) == (200, True)
    record = StepRecord.objects.get(subject_type="disclosure")
    assert (record.step, record.article, record.user, record.reason, record.data) == (
        "inspect", "21", auditor.user, "核查投诉办理", {"complaint": str(complaint.uuid)},
    )  # fmt: skip


def test_the_reason_of_an_opening_must_not_name_the_sender(auditor: Actor) -> None:
    complaint = filed()
    with pytest.raises(ValidationError):
        identities.open_identity(actor=auditor, case=complaint, reason="看看是不是李某某")
    assert (IdentityOpening.objects.count(), StepRecord.objects.filter(subject_type="disclosure").count()) == (0, 0)


def test_files_of_the_sender_open_only_after_the_identity(auditor: Actor) -> None:
    complaint = filed(evidence=(cast.stored_file("证据.pdf"),))
    address = f"{complaint.get_absolute_url()}evidence/{complaint.evidence.get().uuid}/"
    assert page_of(auditor, address)[0] == 302
    opened(auditor, complaint, "核查投诉办理")
    client = Client()
    client.force_login(auditor.user)
    served = client.get(address)
    assert (served.status_code, served.getvalue()[:4]) == (200, b"%PDF")


def test_only_the_handler_adds_evidence_while_handling(city: Actor) -> None:
    complaint = filed()
    with pytest.raises(NotAllowed):
        complaints.add_evidence(actor=city, complaint=complaint, file=cast.stored_file())
    complaints.handle(actor=city, complaint=complaint)
    complaints.add_evidence(actor=city, complaint=complaint, file=cast.stored_file(), note="台账")
    assert ComplaintEvidence.objects.get().from_complainant is False


def test_the_city_is_reminded_once_and_told_once_when_it_is_overdue(city: Actor) -> None:
    complaint = filed()
    for at in (clock.shanghai(2026, 7, 9, 8), clock.shanghai(2026, 7, 9, 12), clock.shanghai(2026, 7, 14, 8)):
        with clock.frozen(at):
            scans.scan(at)
            scans.scan(at)
    rows = Announcement.objects.filter(subject_id=complaint.uuid, kind__in=["complaint_due", "complaint_overdue"])
    assert sorted((row.kind, row.occasion) for row in rows) == [
        ("complaint_due", "2026-07-13"), ("complaint_overdue", "2026-07-13"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda: Complaint.objects.filter(signed="person").update(sequence=9), "编号不连续"),
        (lambda: ComplainantIdentity.objects.all().delete(), "没有投诉人信息"),
        (lambda: Complaint.objects.update(signed="anonymous"), "却留有投诉人信息"),
        (lambda: Complaint.objects.update(answer_text=""), "没有答复内容"),
        (lambda: Complaint.objects.update(handler=None), "没有经办人"),
    ],
)
def test_each_invariant_turns_red(city: Actor, break_it: Callable[[], object], words: str) -> None:
    complaint = complaints.handle(actor=city, complaint=filed())
    complaints.add_evidence(actor=city, complaint=complaint, file=cast.stored_file())
    complaints.answer(actor=city, complaint=complaint, answer_text="已处理")
    filed(signed="anonymous")
    assert list(invariants.check()) == []
    break_it()
    assert [line for line in invariants.check() if words in line] != []


def test_the_queue_costs_the_same_with_one_complaint_and_with_many(
    city: Actor, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = Client()
    client.force_login(city.user)
    filed()
    with django_assert_max_num_queries(30) as one:
        client.get("/review/desk/complaints/")
    for _ in range(4):
        filed()
    with django_assert_max_num_queries(len(one)):
        assert client.get("/review/desk/complaints/").content.decode().count("TS-2026-") == 5


SENT = {
    "about": "platform", "named": "某示例平台", "content": "未实际开展服务。", "signed": "person", "name": "李某某",
    "phone": "13922223333", "email": "", "address": "", "consent": "on",
}  # fmt: skip


def sent(browser: Client | None = None, **changed: Any) -> str:
    """Where a complaint sent through the page leads to; from a browser of its own unless one is given."""
    answer = (browser or Client()).post("/review/complaints/new/", {**SENT, **changed}, REMOTE_ADDR="192.0.2.1")
    assert answer.status_code == 302
    return answer["Location"]


def test_going_back_and_sending_the_same_again_leads_to_the_first_receipt() -> None:
    browser = Client()
    assert sent(browser) == sent(browser)
    assert (Complaint.objects.count(), ComplainantIdentity.objects.count()) == (1, 1)


def test_the_same_words_and_name_from_another_browser_do_not_tell_who_complained() -> None:
    first, guessed, nobody = sent(), sent(), sent(name="王某某")
    assert len({first, guessed, nobody}) == 3
    assert Complaint.objects.count() == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "另有新的情况。"},
        {"about": "other"},
        {"named": "另一示例平台"},
        {"signed": "unit"},
        {"name": "王某某"},
        {"phone": "13911113333"},
        {"email": "li@example.org"},
        {"address": "官渡区示例巷9号"},
        {"evidence_1": SimpleUploadedFile("证据.pdf", corpus.pdf(), "application/pdf")},
    ],
)
def test_whatever_says_more_or_comes_from_others_is_a_complaint_of_its_own(changed: dict[str, Any]) -> None:
    browser = Client()
    first, other = sent(browser), sent(browser, **changed)
    assert (Complaint.objects.count(), first == other) == (2, False)


def test_the_same_words_without_a_name_never_lead_to_the_receipt_of_another() -> None:
    browser = Client()
    first, other = sent(browser, signed="anonymous"), sent(browser, signed="anonymous")
    assert (Complaint.objects.count(), first == other) == (2, False)


def test_after_the_answer_the_same_words_are_a_new_complaint() -> None:
    browser = Client()
    first = sent(browser)
    Complaint.objects.update(state="answered")
    assert (sent(browser) == first, Complaint.objects.count()) == (False, 2)


def test_a_registered_letter_in_the_same_words_has_no_receipt_to_lead_to(city: Actor) -> None:
    says = Report("platform", SENT["content"], "person", named=SENT["named"])
    complaints.register(
        actor=city, says=says, complainant=Objector("李某某", "13922223333"), channel="letter", received_at=MONDAY
    )
    sent()
    assert Complaint.objects.count() == 2
