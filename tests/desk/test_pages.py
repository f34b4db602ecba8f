"""The pages of text everybody may read."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import District
from regulation import articles, parameters, readings
from regulation.materials import CLASSES
from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db
PAGES = (
    "/guide/",
    "/self-check/",
    "/regulation/",
    "/accessibility/",
    "/privacy/",
    "/sitemap/",
    "/login/",
    "/account/password/forgotten/",
)
CSS_BUDGET, PUBLIC_JS_BUDGET, JS_BUDGET, HTML_BUDGET = 40 * 1024, 25 * 1024, 45 * 1024, 30 * 1024


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def weight(addresses: list[str]) -> int:
    """Bytes of static files as they travel, gzipped."""
    total = 0
    for address in addresses:
        found = finders.find(address.removeprefix("/static/"))
        with open(found, "rb") as file:  # noqa: PTH123
            total += len(gzip.compress(file.read()))
    return total


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_needs_no_sign_in_and_stays_within_its_budget(client: Client, address: str) -> None:
    page = client.get(address)
    html = page.content.decode()
    assert page.status_code == 200
    assert weight(re.findall(r'href="(/static/[^"]+\.css)"', html)) <= CSS_BUDGET
    assert weight(re.findall(r'src="(/static/[^"]+\.js)"', html)) <= PUBLIC_JS_BUDGET
    assert len(gzip.compress(page.content)) <= HTML_BUDGET


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_inline_style_script_or_handler(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", html) == []


def test_the_heaviest_page_stays_within_the_budget() -> None:
    styles = [
        "bootstrap/css/bootstrap.min.css",
        *(f"css/{n}.css" for n in ("tokens", "app", "components", "forms", "bench")),
    ]
    assert weight(styles) <= CSS_BUDGET
    assert weight(["django_htmx/htmx-2.min.js", "js/app.js"]) <= JS_BUDGET


def test_the_regulation_is_shown_whole(client: Client) -> None:
    html = client.get("/regulation/").content.decode()
    assert len(re.findall(r'id="article-\d+"', html)) == 24
    assert [a.number for a in articles.REVISION_2022.articles if a.text not in html] == []


def test_the_guide_says_the_values_in_force(client: Client) -> None:
    html = client.get("/guide/").content.decode()
    assert "10个工作日" in html
    assert [item for item in articles.article(7).items if item not in html] == []


def test_the_guide_tells_where_with_what_how_long_and_what_may_be_asked(client: Client) -> None:
    html = client.get("/guide/").content.decode()
    district = cast.district("panlong")
    assert (district.bureau in html, f'href="{reverse("applications:template", args=["served"])}"' in html) == (
        True,
        True,
    )
    values = parameters.at(clock.today())
    named = ("accept_workdays", "correction_workdays", "intake_workdays", "notice_workdays", "objection_workdays")
    assert [name for name in named if f"{values.rule(name).label}：{values.rule(name).shown}" not in html] == []
    counted = ("min_smes", "min_growth", "platform_years", "min_qualified_share", "training_person_times")
    assert [name for name in counted if readings.words(name, values) not in html] == []
    materials = [one for group in CLASSES for one in group.materials]
    assert [one.label for one in materials if f"{one.when.label}" not in html or one.shows not in html] == []


def test_the_guide_follows_the_call_that_is_open(client: Client) -> None:
    assert "目前没有正在进行的申报" in client.get("/guide/").content.decode()
    call = cast.open_call(cast.city_officer())
    html = client.get("/guide/").content.decode()
    assert (call.title in html, "申报截止" in html) == (True, True)


def test_the_guide_costs_the_same_with_many_districts(client: Client) -> None:
    client.get("/guide/")
    with CaptureQueriesContext(connection) as few:
        client.get("/guide/")
    for number in range(30):
        District.objects.create(slug=f"more{number}", name=f"新区{number}", bureau=f"新区{number}主管部门")
    with CaptureQueriesContext(connection) as many:
        client.get("/guide/")
    assert len(few) == len(many)


def test_an_unknown_page_is_a_chinese_404(client: Client) -> None:
    page = client.get("/nowhere/")
    assert (page.status_code, "页面不存在" in page.content.decode()) == (404, True)
