"""The public face: what runs now with its countdown, all announcements, and the progress of one application."""

import gzip
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications import progress
from applications.models import Application, Call
from applications.services import calls
from lifecycle.states import STATES
from tests import cast
from tests.review import chamber, stage
from tests.review.chamber import Chamber, certify
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Chamber]:
    with stage.at(stage.MORNING):
        yield Chamber()


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def plain(response: HttpResponse) -> str:
    """The words of a page, without marks and blanks."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", text_of(response)))


def test_an_empty_city_says_what_comes(client: Client) -> None:
    words = plain(client.get("/"))
    assert ("目前没有正在进行的申报" in words, "目前没有公示" in words, "还没有认定公告" in words) == (True, True, True)


def test_home_counts_down_the_call_and_the_notice(town: Chamber, client: Client) -> None:
    town.noticed("甲平台")
    with stage.at(clock.shanghai(2026, 6, 11, 9)):
        words = plain(client.get("/"))
    assert "公示至2026年6月15日还剩2个工作日" in words
    assert "申报截止2026年6月21日09:00还剩5个工作日" in words


def test_what_is_over_leaves_the_home_page_and_stays_in_the_list(town: Chamber, client: Client) -> None:
    application = town.noticed("甲平台")
    with stage.at(chamber.ON):
        town.announced(certify(application))
    with stage.at(clock.shanghai(2026, 7, 10, 9)):
        home, listed = plain(client.get("/")), text_of(client.get(reverse("desk:announcements")))
        notices = text_of(client.get(reverse("desk:announcements"), {"kind": "notice"}))
    assert ("目前没有公示" in home, "目前没有正在进行的申报" in home, chamber.NUMBER in home) == (True, True, True)
    assert re.findall(r'<span class="kind">(.+?)</span>', listed) == ["认定公告", "公示", "申报通知"]
    assert re.findall(r'<span class="kind">(.+?)</span>', notices) == ["公示"]


def test_a_call_that_only_one_district_still_accepts_names_the_district(town: Chamber, client: Client) -> None:
    call = Call.objects.get()
    calls.extend(
        actor=town.officer, call=call, document_number="昆工信通〔2026〕77号", reason="暴雨停电",
        closes_at=call.closes_at + timedelta(days=7), district=cast.district("wuhua"),
    )  # fmt: skip
    with stage.at(call.closes_at - timedelta(minutes=1)):
        assert "五华区申报截止" not in plain(client.get("/"))
    with stage.at(call.closes_at + timedelta(days=1)):
        assert "五华区申报截止" in plain(client.get("/"))
    with stage.at(call.closes_at + timedelta(days=7)):
        assert "目前没有正在进行的申报" in plain(client.get("/"))


def longer(town: Chamber, call: Call, *districts: str, days: int = 7) -> None:
    for number, code in enumerate(districts):
        calls.extend(
            actor=town.officer, call=call, document_number=f"昆工信通〔2026〕{days}{number}号", reason="暴雨停电",
            closes_at=call.closes_at + timedelta(days=days), district=cast.district(code),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("extended", "named"),
    [
        ({7: ["wuhua", "guandu"]}, "五华区、官渡区申报截止"),
        ({7: ["wuhua", "guandu", "xishan", "chenggong", "jinning"]}, "五华区等5个县(市)区申报截止"),
        ({7: ["wuhua"], 9: ["guandu"]}, "部分县(市)区最晚申报截止"),
        ({1: ["wuhua"], 9: ["guandu"]}, "官渡区申报截止"),
    ],
)
def test_every_district_that_still_accepts_is_named_on_all_pages_alike(
    town: Chamber, client: Client, extended: dict[int, list[str]], named: str
) -> None:
    call = Call.objects.get()
    for days, districts in extended.items():
        longer(town, call, *districts, days=days)
    pages = ["/", reverse("desk:guide"), reverse("desk:self_check"), call.get_absolute_url()]
    with stage.at(call.closes_at + timedelta(days=2)):
        said = [plain(client.get(page)) for page in pages]
    assert [named in words for words in said] == [True] * len(pages)
    assert ("部分县(市)区仍在申报" in said[-1], "已逾期" in said[-1], "登录申报" in said[-1]) == (True, False, True)
    assert said[-1].index(named) < said[-1].index("登录申报") < said[-1].index("申报要求")


def test_a_call_that_is_over_everywhere_says_so_and_offers_no_filing(town: Chamber, client: Client) -> None:
    call = Call.objects.get()
    with stage.at(call.closes_at + timedelta(days=2)):
        words = plain(client.get(call.get_absolute_url()))
    assert ("申报已截止" in words, "已逾期" in words, "登录申报" in words) == (True, False, False)


def test_a_draft_is_not_announced(client: Client) -> None:
    call = cast.open_call(cast.city_officer())
    cast.put_into(call, "draft")
    Call.objects.update(published_at=None)
    assert call.title not in text_of(client.get("/")) + text_of(client.get(reverse("desk:announcements")))


@pytest.mark.parametrize("name", ["public_home", "announcements"])
def test_public_pages_ask_the_same_number_of_questions_for_one_and_for_many(
    town: Chamber, client: Client, name: str
) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            town.certified()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"desk:{name}")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_public_pages_need_no_scripts_and_fit_the_budget(town: Chamber, client: Client) -> None:
    town.certified()
    for name in ("public_home", "announcements", "progress"):
        page = client.get(reverse(f"desk:{name}"))
        assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", text_of(page)) == []
        assert len(gzip.compress(page.content)) <= 30 * 1024


def test_every_state_after_filing_has_a_stage_or_has_ended() -> None:
    staged = [state for _, _, states in progress.STAGES for state in states]
    known = [*progress.NOT_FILED, *staged, *progress.ENDED]
    assert (sorted(known), len(known)) == (sorted(STATES["application"]), len(set(known)))


def asked(client: Client, application: Application, **changes: str) -> HttpResponse:
    given = {"number": application.receipt_number, "credit_code": application.organisation.credit_code, **changes}
    return client.post(reverse("desk:progress"), given)


def numbered(town: Chamber) -> Application:
    application = town.noticed("甲平台")
    Application.objects.filter(pk=application.pk).update(receipt_number="KM-2026-0001")
    application.refresh_from_db()
    return application


def test_progress_tells_the_stage(town: Chamber, client: Client) -> None:
    application = numbered(town)
    page = text_of(asked(client, application, number=" km-2026-0001 "))
    assert re.findall(r'aria-current="step"><b>(.+?)</b>', page) == ["社会公示"]


@pytest.mark.parametrize("state", ["certified", "declined", "not_recommended", "withdrawn", "objection_upheld"])
def test_progress_never_tells_how_it_ended(town: Chamber, client: Client, state: str) -> None:
    application = numbered(town)
    pages = set()
    for ended in ("certified", state):
        cast.put_into(application, ended)
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text_of(asked(client, application))))
    assert (len(pages), "本次申报已经办结" in pages.pop()) == (1, True)


def test_progress_answers_wrong_and_absent_alike_and_limits_guessing(town: Chamber, client: Client) -> None:
    application = numbered(town)
    wrong = [{"number": "KM-2026-0002"}, {"credit_code": "91530100MA0000000X"}, {"number": "乱写"}]
    answers = [asked(client, application, **changes) for changes in wrong]
    bodies = {re.sub(r' value="[^"]*"', "", text_of(a)) for a in answers}
    assert ({a.status_code for a in answers}, len(bodies)) == ({200}, 1)
    statuses = [asked(client, application, number="KM-2026-0002").status_code for _ in range(18)]
    assert statuses == [200] * 17 + [429]
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert asked(client, application).status_code == 200


def test_what_was_asked_for_in_vain_stays_in_the_form(client: Client) -> None:
    typed = {"number": "KM-2026-0002", "credit_code": "91530100MA0000000X"}
    page = text_of(client.post(reverse("desk:progress"), typed))
    assert re.findall(r'<input[^>]*name="(number|credit_code)"[^>]*>', page) == list(typed)
    assert re.findall(r'<input type="text"[^>]* value="([^"]*)"', page) == list(typed.values())


def test_progress_shows_no_name(town: Chamber, client: Client) -> None:
    application = numbered(town)
    page = text_of(asked(client, application))
    assert [n for n in ("甲平台", application.organisation.name, "filer1") if n in page] == []
