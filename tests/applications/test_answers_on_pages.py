"""What the rules say stands in words beside the figures: task list, check page and 附件1, with the rows that do not count."""

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from applications import layout, versions
from applications.models import Application
from applications.services import lists, sections
from tests import cast, drafts

pytestmark = pytest.mark.django_db
EXPIRED = "协议在申报截止日"


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def draft(filer: Actor) -> Application:
    """A complete draft whose second contract has expired, after the first row was deleted; one function misses its number."""
    application = cast.complete_draft(cast.open_call(cast.city_officer()), filer.organisation, filer)
    rows: list[dict[str, Any]] = drafts.lists(application.call, filer.organisation)["institutions"]
    rows[1] |= {"starts_on": date(2020, 1, 1), "ends_on": date(2021, 1, 1)}
    lists.write_rows(actor=filer, application=application, kind="institutions", rows=rows)
    lists.delete_row(actor=filer, application=application, kind="institutions", position=1)
    saved = application.sections.get(key="functions")
    data = {**saved.data, "consulting.declared": "yes", "consulting.activities": "9"}
    sections.save(actor=filer, application=application, key="functions", data=data, revision=saved.revision)
    return application


def page(filer: Actor, address: str) -> BeautifulSoup:
    client = Client()
    client.force_login(filer.user)
    return BeautifulSoup(client.get(address).content, "html.parser")


def words(html: BeautifulSoup) -> str:
    return re.sub(r"\s+", "", html.find(id="eligibility").get_text())


def test_the_draft_says_article_reading_figure_and_rows_and_leads_to_where_they_are_put_right(
    draft: Application, filer: Actor
) -> None:
    for address in (draft.get_absolute_url(), reverse("applications:check", args=[draft.uuid])):
        html = page(filer, address)
        said = words(html)
        assert "签约专业服务机构数：2家（要求不少于3家）" in said
        assert (
            f"签约服务机构清单第2行“示例签约机构2”：{EXPIRED}" in said
        )  # the number the row bears, though it is the first now
        assert "算法（默认规则）：申报截止日（含当日）协议有效的签约机构" in said
        assert "算法（默认规则）：增长率＝（上年度－前一年度）÷前一年度" in said
        target = reverse("applications:list", args=[draft.uuid, "institutions"])
        assert html.find(id="eligibility").find("a", href=target) is not None


def test_a_declared_function_that_misses_its_number_is_said_and_sinks_nothing(draft: Application, filer: Actor) -> None:
    html = page(filer, draft.get_absolute_url()).find(id="eligibility")
    verdict = {
        item.find("div").get_text(strip=True): item.find("svg")["aria-label"] for item in html.select(".elig > li")
    }
    by_title = {title: word for title, word in verdict.items() if title.startswith(("咨询服务第", "多种服务功能"))}
    assert by_title == {"咨询服务第八条第（六）项": "不符合", "多种服务功能或特色服务功能第八条": "符合"}


def test_the_report_explains_every_figure_and_numbers_the_rows_as_it_prints_them(draft: Application) -> None:
    content = versions.content_of(draft)
    counted = {line["key"]: line for line in layout.report(content, "0" * 64, 1, draft.call.parameters)["counted"]}
    assert set(counted) >= {"platform_years", "min_smes", "min_growth", "min_qualified_share", "min_institutions"}
    assert (counted["min_institutions"]["basis"], counted["min_institutions"]["tone"]) == ("第七条第（七）项", "bad")
    [row] = counted["min_institutions"]["rows"]
    assert row.startswith(f"签约服务机构清单第1行“示例签约机构2”：{EXPIRED}")
