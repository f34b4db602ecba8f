"""三分钟自测: the same answers as filing for the same facts, for everybody, and nothing of it stays anywhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications import answering, facts
from applications.drafts import draft_of
from applications.models import Application, Call
from desk import self_check
from desk.self_check.questions import LACKING, SHOWN, STATED, UNKNOWN
from regulation import parameters
from regulation.answers import Verdict
from regulation.claims import CLAIMS
from regulation.eligibility import assess
from regulation.facts import Facts
from regulation.functions import FUNCTIONS
from tests import cast, drafts
from tests.review import stage
from timekeeping import clock

pytestmark = pytest.mark.django_db
ADDRESS = "/self-check/"


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with stage.at(stage.MORNING):
        yield


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def plain(response: HttpResponse) -> str:
    """The words of the page's main part, without marks and blanks."""
    return re.sub(r"\s+", "", BeautifulSoup(response.content, "html.parser").main.get_text())


def same_as(call: Call) -> dict[str, str]:
    """The answers a good applicant would give, in the words of the page."""
    form = drafts.sections(call)
    asked = {key: value for section in form.values() for key, value in section.items()}
    answers = {field.key: asked.get(field.key, "") for field in self_check.sheet(drafts.last_year(call)).fields}
    preconditions = {f"{key}.{item.key}" for key, rule in FUNCTIONS.items() for item in rule.preconditions}
    return {
        key: SHOWN if value == "yes" and (key in CLAIMS or key in preconditions) else value
        for key, value in answers.items()
        if value
    }


def lines_of(response: HttpResponse) -> list[tuple[str, str]]:
    """Condition and verdict as the page shows them."""
    page = BeautifulSoup(response.content, "html.parser")
    return [(one.h3.contents[0].strip(), one.find(class_="st").get_text()) for one in page.select(".answers > li")]


@pytest.fixture
def filed() -> Application:
    """A complete draft in an open call."""
    call, body = cast.open_call(cast.city_officer()), cast.organisation()
    return cast.complete_draft(call, body, cast.filer(body))


def test_the_self_check_and_the_draft_give_the_same_answers_for_the_same_facts(
    client: Client, filed: Application
) -> None:
    draft = draft_of(filed)
    filing = facts.computed_of(draft).facts
    answers = self_check.read(self_check.sheet(drafts.last_year(filed.call)), same_as(filed.call))
    checked = answers.facts(facts.closing_day(filed))
    compared = [
        name for name in vars(Facts()) if name not in ("claims", "functions", "declared", "sole_traders_last_year")
    ]
    assert {name: getattr(checked, name) for name in compared} == {name: getattr(filing, name) for name in compared}
    page = client.post(ADDRESS, same_as(filed.call))
    shown = [(item["label"], item["verdict"]) for item in answering.items(facts.assess_draft(draft))]
    assert [pair for pair in lines_of(page) if pair in shown] == shown


def test_the_page_asks_the_rules_of_filing_and_shows_exactly_their_answers(client: Client, filed: Application) -> None:
    call = filed.call
    typed = same_as(call) | {
        "full_time_staff": "14",
        "qualified_staff": "12",
        "cooperation": STATED,
        "premises": LACKING,
    }
    answers = self_check.read(self_check.sheet(drafts.last_year(call)), typed)
    assessment = assess(answers.facts(facts.closing_day(filed)), call.parameters)
    page = client.post(ADDRESS, typed)
    said = [
        (item["label"], item["verdict"]) for item in (*answering.items(assessment), *answering.functions(assessment))
    ]
    assert lines_of(page) == said
    verdicts = dict(said)
    assert (verdicts["固定场所和必要设施设备"], verdicts["管理团队和专职服务人员"]) == ("不符合", "不符合")
    assert (verdicts["带动社会服务资源"], verdicts["获得县区推荐"]) == ("缺少证明或材料", "尚待确定")
    words = plain(page)
    assert "专职服务人员数：14人（要求不少于15人）" in words
    assert "请提供合作协议或合作证明" in words
    assert "算法（默认规则）：增长率＝（上年度－前一年度）÷前一年度" in words


def test_blank_answers_are_unknown_and_nothing_fails(client: Client, filed: Application) -> None:
    page = client.post(ADDRESS, {})
    assert page.status_code == 200
    assert {verdict for _, verdict in lines_of(page)} == {"缺少证明或材料", "尚待确定"}
    assert "您还没有回答问题" in plain(page)
    unknown = self_check.read(self_check.sheet(2025), dict.fromkeys(CLAIMS, UNKNOWN)).facts(None)
    assert unknown == Facts(claims=unknown.claims)
    assert assess(unknown, parameters.at(clock.today())).conditions[0].verdict is Verdict.NOT_YET_KNOWN


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("started_on", "2024-02-30", "没有这一天，请核对日期。"),
        ("started_on", "0001-01-01", "年份应在1900至2100之间，请核对。"),
        ("total_assets", "三百万", "请填写数字，不含文字和单位。"),
        ("smes_last_year", "-1", "请填写不小于0的数。"),
        ("satisfaction", "101", "请填写0至100之间的数。"),
        ("legal_person", "<script>", "请从所列各项中选择。"),
        ("training.person_times", "12.5", "请填写整数。"),
    ],
)
def test_wrong_input_is_said_at_its_field_and_everything_typed_is_kept(
    client: Client, name: str, typed: str, words: str
) -> None:
    page = client.post(ADDRESS, {"full_time_staff": "20", "premises": SHOWN, name: typed})
    html = BeautifulSoup(page.content, "html.parser")
    assert page.status_code == 422
    said = html.find(id=f"id_{name}_error") or html.find(id=re.compile(rf"^id_{re.escape(name)}.*error$"))
    assert words in said.get_text()
    assert html.find("input", {"name": "full_time_staff"})["value"] == "20"
    assert html.find("input", {"name": "premises", "value": SHOWN}).has_attr("checked")
    assert html.select(".answers") == []


def test_nothing_is_stored_and_nothing_reaches_the_address(client: Client, filed: Application, caplog: Any) -> None:
    client.get(ADDRESS)  # what the site itself reads once is in its caches now
    caplog.set_level("DEBUG", logger="django.request")
    with CaptureQueriesContext(connection) as queries:
        page = client.post(ADDRESS, {"total_assets": "1234.567891", "full_time_staff": "1234"})
    assert [q["sql"] for q in queries if not q["sql"].lstrip("(").upper().startswith("SELECT")] == []
    assert (Session.objects.count(), settings.SESSION_COOKIE_NAME in client.cookies) == (0, False)
    assert "1234" not in caplog.text
    assert page["Cache-Control"].startswith("max-age=0") or "no-store" in page["Cache-Control"]
    form = BeautifulSoup(page.content, "html.parser").find("form", class_="self-check")
    assert (form["method"], form["action"]) == ("post", ADDRESS)
    assert "1234" not in plain(client.get(ADDRESS, {"full_time_staff": "1234"}))


def test_the_call_its_deadline_and_who_may_apply_stand_beside(client: Client) -> None:
    assert "目前没有正在进行的申报" in plain(client.get(ADDRESS))
    call = cast.open_call(cast.city_officer())
    words = plain(client.get(ADDRESS))
    assert call.title in words
    assert "申报截止" in words
    assert "各类服务机构、社会中介机构、技术服务机构、科研院所等" in words
    assert "被取消称号未满3年" in words


def test_without_a_call_the_age_waits_for_the_closing_day(client: Client) -> None:
    page = client.post(ADDRESS, {"started_on": "2010-01-01"})
    assert "申报截止日尚未确定" in plain(page)
    assert dict(lines_of(page))["获得县区推荐"] == "尚待确定"


def test_the_questions_are_few_and_no_threshold_stands_in_them(client: Client) -> None:
    html = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    questions = [legend.get_text() for legend in html.select("fieldset.group > legend")]
    assert [int(words.split(".")[0]) for words in questions] == list(range(1, len(questions) + 1))
    assert 14 <= len(questions) + 1 <= 20
    asked = {field.key for field in self_check.sheet(2025).fields}
    assert set(CLAIMS) < asked
    assert {f"{key}.{item.key}" for key, rule in FUNCTIONS.items() for item in rule.preconditions} < asked


def test_a_function_counts_once_it_is_ticked_or_filled_in() -> None:
    def declared(**typed: str) -> set[str]:
        answers = self_check.read(self_check.sheet(2025), {k.replace("__", "."): v for k, v in typed.items()})
        return set(answers.facts(None).functions)

    assert declared(market__declared="yes") == {"market"}
    assert declared(market__activities="3") == {"market"}
    assert declared(technology__expert_pool=UNKNOWN, startup__hotline=LACKING) == set()


@pytest.mark.parametrize("address", [reverse("desk:public_home"), reverse("desk:guide"), reverse("accounts:register")])
def test_home_guide_and_registration_lead_to_the_self_check(client: Client, address: str) -> None:
    cast.open_call(cast.city_officer())
    assert f'href="{ADDRESS}"' in client.get(address).content.decode()
