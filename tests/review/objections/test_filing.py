"""Filing, numbers, receipt, look-up and the day's limit (Art. 14)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from files.models import StoredFile
from lifecycle.errors import NotAllowed
from registry.invariants import gaps
from review.documents.objections import receipt_pdf
from review.models import Notice, Objection, ObjectorIdentity
from review.selectors import objections as selectors
from review.services import objections
from review.services.filing_limits import TooManyFiled
from tests.files import corpus
from tests.review import stage
from tests.review.stage import City

HOSTILE = "<script>alert(1)</script>{{ settings.SECRET_KEY }}{% load x %}"
TYPED = {
    "platform": "1", "content": "服务企业数与实际不符。", "signed": "person", "name": "张某某", "phone": "13911112222",
    "email": "", "address": "", "consent": "on", "website": "", "named": "",
}  # fmt: skip


def post(notice: Notice, client: Client | None = None, **changes: object) -> object:
    client = client or Client(REMOTE_ADDR=str(changes.pop("address_of", "192.0.2.1")))
    return client.post(f"/review/notices/{notice.uuid}/object/", {**TYPED, **changes})


def test_receipt_numbers_have_no_gap_and_the_year_of_receipt(city: City) -> None:
    notice = city.published()
    numbers = [city.objection(notice).receipt_number for _ in range(3)]
    assert numbers == ["YY-2026-0001", "YY-2026-0002", "YY-2026-0003"]
    assert list(gaps("objection", Objection.objects.values_list("year", "sequence"))) == []


def test_the_public_files_by_the_form_and_reaches_its_receipt(city: City) -> None:
    notice = city.published()
    answer = post(notice)
    assert answer.status_code == 302
    objection = Objection.objects.get()
    assert answer["Location"] == f"/review/objections/receipt/{objection.uuid}/{selectors.mac(objection)}/"
    page = Client().get(answer["Location"])
    assert page.status_code == 200 and "YY-2026-0001" in page.content.decode()
    assert "no-store" in page["Cache-Control"] and page["Referrer-Policy"] == "no-referrer"
    assert Client().get(f"/review/objections/receipt/{objection.uuid}/{'0' * 40}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("platform", "", "请选择有异议的平台"),
        ("platform", "99", "有异议的平台"),
        ("content", " ", "请填写异议内容"),
        ("name", "", "请填写真实姓名或单位全称"),
        ("phone", "12", "联系电话"),
        ("signed", "anonymous", "以何种名义提出"),
        ("signed", "unit", "以单位名义提出的，请上传加盖公章的异议书扫描件"),
        ("consent", "", "请阅读并同意个人信息处理说明后提交"),
        ("website", "http://spam.example", "应保持空白"),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(city: City, field: str, value: str, words: str) -> None:
    answer = post(city.published(), **{field: value})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and Objection.objects.count() == 0
    if field != "content":
        assert TYPED["content"] in page


def test_the_sixth_objection_of_a_day_is_refused_with_other_channels(city: City) -> None:
    notice = city.published()
    for _ in range(5):
        assert post(notice).status_code == 302
    sixth = post(notice)
    page = sixth.content.decode()
    assert sixth.status_code == 429 and int(sixth["Retry-After"]) > 0
    assert "请改用信函、来访或电话方式" in page and "0871-63135193" in page and TYPED["content"] in page
    assert Objection.objects.count() == 5
    assert post(notice, address_of="192.0.2.2").status_code == 302
    with stage.at(stage.MORNING + timedelta(days=1)):
        assert post(notice).status_code == 302
    assert Objection.objects.count() == 7


def test_a_forged_forwarding_header_does_not_lift_the_limit(city: City) -> None:
    notice = city.published()
    for number in range(5):
        headers = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}
        Client(REMOTE_ADDR="192.0.2.1").post(f"/review/notices/{notice.uuid}/object/", TYPED, **headers)
    assert post(notice).status_code == 429


def test_a_refused_objection_keeps_no_file_and_counts_nothing(city: City) -> None:
    notice = city.published()
    for _ in range(5):
        city.objection(notice)
    files = StoredFile.objects.count()
    with pytest.raises(TooManyFiled):
        city.objection(notice)
    assert (Objection.objects.count(), StoredFile.objects.count()) == (5, files)


def test_a_double_click_files_once_and_leads_to_the_same_receipt(city: City) -> None:
    notice = city.published()
    form = Client().get(f"/review/notices/{notice.uuid}/object/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', form).group(1)
    first, second = post(notice, form_key=key), post(notice, form_key=key)
    assert first["Location"] == second["Location"]
    assert Objection.objects.count() == 1


def test_going_back_and_sending_the_same_again_leads_to_the_first_receipt(city: City) -> None:
    notice, browser = city.published(), Client()
    first, again = post(notice, browser), post(notice, browser)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert Objection.objects.count() == 1


def test_the_same_words_and_name_from_another_browser_do_not_tell_who_objected(city: City) -> None:
    notice = city.published()
    first, guessed, nobody = post(notice), post(notice), post(notice, name="李某某")
    assert len({first["Location"], guessed["Location"], nobody["Location"]}) == 3
    assert Objection.objects.count() == 3
    pages = [Client().get(answer["Location"]).content.decode() for answer in (guessed, nobody)]
    assert ["YY-2026-0001" in page for page in pages] == [False, False]


@pytest.mark.parametrize(
    "changed",
    [
        {"content": "另有新的情况。"},
        {"phone": "13911113333"},
        {"name": "李某某"},
        {"email": "zhang@example.com"},
        {"platform": "other", "named": "示例未列单位"},
        {"evidence_1": SimpleUploadedFile("证据.pdf", corpus.pdf(), "application/pdf")},
    ],
)
def test_whatever_says_more_or_comes_from_others_is_an_objection_of_its_own(
    city: City, changed: dict[str, Any]
) -> None:
    notice, browser = city.published(), Client()
    first, other = post(notice, browser), post(notice, browser, **changed)
    assert (other.status_code, other["Location"] == first["Location"]) == (302, False)
    assert Objection.objects.count() == 2


def test_after_the_answer_the_same_words_are_a_new_objection(city: City) -> None:
    notice, browser = city.published(), Client()
    post(notice, browser)
    Objection.objects.update(state="answered")
    assert post(notice, browser).status_code == 302
    assert Objection.objects.count() == 2


def test_hostile_text_stays_text(city: City) -> None:
    notice = city.published()
    post(notice, content=HOSTILE, name=HOSTILE[:100])
    objection = Objection.objects.get()
    assert objection.content == HOSTILE
    client = Client()
    client.force_login(city.officer.user)
    page = client.get(objection.get_absolute_url()).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;{{ settings.SECRET_KEY }}" in page
    assert post(notice, content=HOSTILE, consent="").content.decode().count("<script>alert") == 0


def test_a_late_objection_is_received_and_says_so(city: City) -> None:
    notice = city.published()
    with stage.at(stage.AFTER):
        assert "公示已于2026年6月15日期满" in Client().get(f"/review/notices/{notice.uuid}/object/").content.decode()
        receipt = Client().get(post(notice)["Location"]).content.decode()
    assert "不暂停认定程序" in receipt


def test_the_follow_page_answers_the_right_pair_only(city: City) -> None:
    objection = city.objection(city.published())
    right = follow(objection.receipt_number.lower().replace("-", "-"), "139 1111 2222")
    assert right.status_code == 200 and "已收到" in right.content.decode()
    wrong = [follow("YY-2026-0001", "13800000009"), follow("YY-2026-9999", "13911112222"), follow("乱写", "x")]
    bodies = {re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in wrong}
    bodies = {re.sub(r"csrfmiddlewaretoken[^>]*", "", body) for body in bodies}
    assert {answer.status_code for answer in wrong} == {422} and len(bodies) == 1


def test_guessing_ends_at_the_days_limit_even_for_a_right_answer(city: City) -> None:
    objection = city.objection(city.published())
    for number in range(20):
        assert follow(f"YY-2026-{number + 100:04d}", "13911112222").status_code == 422
    assert follow(objection.receipt_number, "13911112222").status_code == 429
    assert follow(objection.receipt_number, "13911112222", address="192.0.2.77").status_code == 200


def test_the_follow_page_shows_the_answer_and_no_identity(city: City) -> None:
    objection = city.objection(city.published())
    objections.investigate(actor=city.officer, objection=objection)
    objections.find_unfounded(actor=city.officer, objection=objection, **stage.CONCLUSION)
    page = follow(objection.receipt_number, "13911112222").content.decode()
    assert stage.CONCLUSION["answer_text"] in page
    assert "张某某" not in page and stage.CONCLUSION["findings"] not in page


def test_the_receipt_pdf_names_the_objection_and_never_the_objector(city: City) -> None:
    from files import pdf, storage

    objection = city.objection(city.published())
    text = pdf.text_of(storage.path_of(receipt_pdf(objection).file).read_bytes())
    assert "YY-2026-0001" in text
    assert not any(secret in text for secret in ("张某某", "13911112222", "zhang@example.org"))


def test_a_registered_letter_is_not_received_in_the_future(city: City) -> None:
    notice = city.published()
    said = objections.Statement(
        notice=notice, signed="person", content="来信", application=notice.items.get().application
    )
    given = {"says": said, "objector": stage.OBJECTOR, "channel": "letter"}
    with pytest.raises(ValidationError) as future:
        objections.register(actor=city.officer, **given, received_at=stage.MORNING + timedelta(minutes=1))
    assert list(future.value.message_dict) == ["received_at"]
    letter = objections.register(actor=city.officer, **given, received_at=stage.MORNING)
    assert (letter.channel, ObjectorIdentity.objects.get().consented_at) == ("letter", None)
    with pytest.raises(NotAllowed):
        objections.register(actor=stage.public, **given, received_at=stage.MORNING)


def test_draft_notices_take_no_objections(city: City) -> None:
    notice = city.drafted()
    assert Client().get(f"/review/notices/{notice.uuid}/object/").status_code == 404
    assert post(notice).status_code == 404


def follow(number: str, phone: str, address: str = "192.0.2.50") -> object:
    return Client(REMOTE_ADDR=address).post("/review/objections/follow/", {"number": number, "phone": phone})
