"""The register, its data, and the check of a title, as everybody sees them."""

import csv
import gzip
import re
from datetime import datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Organisation
from files import pdf
from registry import exports
from registry.models import Title
from regulation.facts_json import to_json
from tests import cast
from tests.regulation.cases import BARELY
from tests.review import chamber
from tests.review.chamber import Chamber, certify
from timekeeping import clock

pytestmark = pytest.mark.django_db

CANARIES = {
    "contact_name": "金丝雀某", "contact_phone": "13912345678", "contact_email": "canary@example.com",
    "legal_representative": "法定金丝雀",
}  # fmt: skip


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def without_values(response: HttpResponse) -> str:
    """The page without what differs in every answer: the form's token and what was typed."""
    return re.sub(r' value="[^"]*"', "", text_of(response))


def expire(title: Title) -> datetime:
    """A morning after the title's last day."""
    return clock.shanghai(title.valid_to.year, title.valid_to.month, title.valid_to.day, 9) + timedelta(days=1)


def test_the_check_page_says_valid_and_from_when_on_not_any_more(town: Chamber, client: Client) -> None:
    title = town.certified("甲平台")
    valid = text_of(client.get(title.public_url()))
    with clock.frozen(expire(title)):
        expired = text_of(client.get(title.public_url()))
    assert [re.findall(r"<strong>(.+?)</strong>", page)[0] for page in (valid, expired)] == ["有效", "已到期"]
    assert ("2029年6月18日" in valid, "下载认定信息查询凭证" in valid, "下载认定信息查询凭证" in expired) == (
        True,
        True,
        False,
    )


def test_a_guessed_token_and_an_unannounced_title_are_not_found(town: Chamber, client: Client) -> None:
    town.decided(certify(town.noticed("甲平台")))
    title = Title.objects.get()
    addresses = [
        reverse("registry:check", args=["x" * 24]),
        title.public_url(),
        reverse("registry:public_proof", args=[title.token]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert title.number not in text_of(client.get(reverse("registry:register")))


def test_a_title_is_found_by_number_and_operator_however_they_are_typed(town: Chamber, client: Client) -> None:
    title = town.certified()
    for number, code in ((title.number, title.credit_code), (title.number.lower(), f" {title.credit_code.lower()} ")):
        answer = client.post(reverse("registry:lookup"), {"number": number, "credit_code": code})
        assert (answer.status_code, answer["Location"]) == (302, title.public_url())


def test_wrong_and_absent_get_the_same_answer(town: Chamber, client: Client) -> None:
    title, other = town.certified(), town.certified()
    town.decided(certify(town.noticed()), number_of_minutes="未公告")
    unannounced = Title.objects.get(document_number="")
    asked = [
        (title.number, other.credit_code), ("KMSF-2026-999", title.credit_code), ("随便", "不是代码"),
        (unannounced.number, unannounced.credit_code),
    ]  # fmt: skip
    answers = [client.post(reverse("registry:lookup"), {"number": n, "credit_code": c}) for n, c in asked]
    assert ({a.status_code for a in answers}, len({without_values(a) for a in answers})) == ({200}, 1)
    kept = [re.findall(r'<input type="text"[^>]* value="([^"]*)"', text_of(a)) for a in answers]
    assert kept == [list(typed) for typed in asked]


def test_whoever_guesses_too_often_waits_and_a_right_answer_costs_nothing(town: Chamber, client: Client) -> None:
    title = town.certified()
    right = {"number": title.number, "credit_code": title.credit_code}
    wrong = {**right, "number": "KMSF-2026-999"}
    assert [client.post(reverse("registry:lookup"), right).status_code for _ in range(25)] == [302] * 25
    assert [client.post(reverse("registry:lookup"), wrong).status_code for _ in range(21)] == [200] * 20 + [429]
    refused = client.post(reverse("registry:lookup"), right)
    assert (refused.status_code, refused["Retry-After"]) == (429, str(15 * 3600))
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert client.post(reverse("registry:lookup"), right).status_code == 302


def test_the_register_is_narrowed_by_every_filter(town: Chamber, client: Client) -> None:
    training = {"facts": {**to_json(BARELY), "functions": {"training": {}, "information": {}}}}
    town.certified("甲平台", "panlong", **training)
    town.certified("乙平台", "wuhua", facts={**to_json(BARELY), "functions": {"financing": {}}})
    queries = {
        "": {"甲", "乙"}, "district=panlong": {"甲"}, "function=training": {"甲"}, "function=financing": {"乙"}, "q=乙平": {"乙"},
        "year=2026": {"甲", "乙"}, "standing=valid": {"甲", "乙"}, "standing=expired": set(), "district=nowhere": {"甲", "乙"},
    }  # fmt: skip
    found = {}
    for query in queries:
        html = text_of(client.get(f"{reverse('registry:register')}?{query}"))
        found[query] = {name for name in "甲乙" if f"{name}平台</a>" in html}
    assert found == queries


def test_the_open_data_are_the_list_as_filtered_and_nothing_else(town: Chamber, client: Client) -> None:
    title = town.certified("=甲平台")
    town.certified("乙平台", "wuhua")
    address = f"{reverse('registry:open_data', args=['csv'])}?district=panlong"
    [header, row] = csv.reader(StringIO(client.get(address).content.decode("utf-8-sig")))
    book = load_workbook(BytesIO(client.get(reverse("registry:open_data", args=["xlsx"])).content))
    assert (tuple(header), row[:3]) == (exports.HEADER, [title.number, "'=甲平台", f"'{title.operator_name}"])
    assert [[c.value for c in r][:2] for r in book.active.iter_rows(min_row=2)] == [
        ["KMSF-2026-001", "=甲平台"], ["KMSF-2026-002", "乙平台"],
    ]  # fmt: skip
    assert book.active["B2"].data_type == "s"


def test_figures_count_titles_in_force_by_district(town: Chamber, client: Client) -> None:
    first = town.certified("甲平台", "panlong")
    town.certified("乙平台", "wuhua")
    now = text_of(client.get(reverse("registry:statistics")))
    with clock.frozen(expire(first)):
        later = text_of(client.get(reverse("registry:statistics")))
    assert [re.findall(r"有效的市级示范平台 <b class=\"num\">(\d+)</b>", page) for page in (now, later)] == [
        ["2"],
        ["0"],
    ]


@pytest.mark.parametrize("name", ["register", "statistics"])
def test_lists_ask_the_same_number_of_questions_for_one_and_for_many(town: Chamber, client: Client, name: str) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            town.certified()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"registry:{name}")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_nothing_public_shows_personal_data(town: Chamber, client: Client) -> None:
    application = town.noticed("甲平台")
    Organisation.objects.filter(pk=application.organisation_id).update(**CANARIES)
    meeting = town.announced(certify(application), attendance="出席金丝雀", vote="13800138000")
    title = meeting.items.get().title
    pages = [reverse("registry:register"), reverse("registry:statistics"), title.public_url(), meeting.public_url()]
    pages += [reverse("registry:open_data", args=["csv"]), reverse("desk:public_home"), reverse("desk:announcements")]
    said = "".join(text_of(client.get(address)) for address in pages)
    said += "".join(
        str(c.value)
        for r in load_workbook(BytesIO(client.get(reverse("registry:open_data", args=["xlsx"])).content)).active
        for c in r
    )
    proof = client.get(reverse("registry:public_proof", args=[title.token]))
    said += pdf.text_of(b"".join(proof.streaming_content))
    proof.close()
    secrets = [
        *CANARIES.values(),
        "出席金丝雀",
        "13800138000",
        "filer1",
        "@example.com",
        chamber.applicant(application).user.name,
    ]
    assert [secret for secret in secrets if secret in said] == []


def test_public_pages_need_no_scripts_and_fit_the_budget(town: Chamber, client: Client) -> None:
    title = town.certified()
    for address in (
        reverse("registry:register"),
        reverse("registry:lookup"),
        reverse("registry:statistics"),
        title.public_url(),
    ):
        page = client.get(address)
        html = text_of(page)
        assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", html) == []
        assert len(gzip.compress(page.content)) <= 30 * 1024


def test_search_words_are_text(town: Chamber, client: Client) -> None:
    html = text_of(client.get(reverse("registry:register"), {"q": "<script>alert(1)</script>"}))
    assert "<script>alert(1)" not in html


def test_the_cast_knows_how_to_certify(client: Client) -> None:
    title = cast.certified_application().decisions.get().title
    assert client.get(title.public_url()).status_code == 200
