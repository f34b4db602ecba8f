"""The filing year as pictures: what is counted, what nobody else sees, that it costs the same for one and for many."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from desk import charts, statistics
from lifecycle import steps
from lifecycle.models import StepRecord
from review.models import Sample
from review.services import district
from tests import cast
from tests.pages import Visitor
from tests.review import build
from timekeeping import clock

pytestmark = pytest.mark.django_db
PAGE = "/desk/statistics/"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """2026-11-23, in a year whose working days are known."""
    with clock.frozen(clock.shanghai(2026, 11, 23, 9)):
        yield


@pytest.fixture
def city() -> Actor:
    return cast.city_officer()


@pytest.fixture
def call(city: Actor) -> Call:
    return cast.open_call(city)


@pytest.fixture
def officer(call: Call) -> Actor:
    return cast.district_officer()


@pytest.fixture
def stranger(call: Call) -> Actor:
    return cast.district_officer("stranger", "wuhua")


def recommended(officer: Actor, application: Application, order: int, satisfied: int | None = None) -> Application:
    build.ready(officer, application, satisfied=satisfied)
    district.recommend(actor=officer, application=application, opinion="同意推荐。", order=order)
    return application


def counted(actor: Actor, call: Call, **where: Any) -> dict[str, int]:
    """Stage → number, of the stages somebody reached."""
    return {one.label: one.count for one in statistics.figures(actor, call, **where).stages if one.count}


def test_stages_count_what_was_ever_reached_within_the_own_district(
    call: Call, city: Actor, officer: Actor, stranger: Actor
) -> None:
    first = recommended(officer, build.submitted(call, name="示例甲"), 1)
    recommended(officer, build.submitted(call, name="示例乙"), 2)
    build.submitted(call, name="示例丙")
    recommended(stranger, build.submitted(call, name="示例丁", slug="wuhua"), 1)
    district.withdraw_recommendation(actor=officer, application=first, reason="材料需复核")
    own = {"提交申报": 3, "县区受理": 2, "县区推荐": 2}
    assert counted(officer, call) == own
    assert counted(stranger, call) == {"提交申报": 1, "县区受理": 1, "县区推荐": 1}
    assert counted(city, call) == {"提交申报": 4, "县区受理": 3, "县区推荐": 3}
    assert counted(city, call, district=officer.district) == own
    stages = statistics.figures(officer, call).stages
    assert (stages[1].conversion, stages[2].conversion, stages[2].share) == (
        Fraction(2, 3),
        Fraction(1),
        Fraction(2, 3),
    )


def test_no_word_or_number_of_another_district_is_on_an_officers_page(
    call: Call, city: Actor, officer: Actor, stranger: Actor
) -> None:
    recommended(stranger, build.submitted(call, name="五华示例", slug="wuhua"), 1, satisfied=9)
    returned(stranger, build.submitted(call, name="五华退回", slug="wuhua"))
    visitor = Visitor(officer)
    own, asked = (visitor.get(f"{PAGE}{query}") for query in ("", "?district=wuhua"))
    assert own.soup.find("main").get_text() == asked.soup.find("main").get_text()
    assert "还没有提交的申报" in own.text
    for private in ("五华", "90%"):
        assert private not in own.text
    [(reason, _)] = statistics.figures(city, call).reasons
    assert reason not in own.text
    whole = Visitor(city).get(PAGE).text  # the twin: the city sees it
    for shown in ("五华示例服务平台", "9/10", "90%", reason):
        assert shown in whole
    assert "五华示例服务平台" not in Visitor(city).get(f"{PAGE}?district=panlong").text


def returned(officer: Actor, application: Application) -> Application:
    """Sent back through the page, for one item of the checklist."""
    words = "请更正资产总额。"
    district.save_checks(actor=officer, application=application, answers={"section-finance-assets": ("fix", words)})
    visitor = Visitor(officer)
    page = visitor.get(reverse("review:return_for_correction", args=[application.uuid]))
    visitor.submit(page, "退回补正（1）")
    return Application.objects.get(pk=application.pk)


def test_returns_are_counted_by_item_and_running_corrections_stand_in_the_year(call: Call, officer: Actor) -> None:
    for name in ("示例甲", "示例乙"):
        assert returned(officer, build.submitted(call, name=name)).state == "returned"
    found = statistics.figures(officer, call)
    assert [number for _, number in found.reasons] == [2]
    spans = {span.label: (span.first, span.last) for span in found.spans}
    assert spans["补正中（2件）"] == (date(2026, 11, 23), date(2026, 11, 30))
    assert spans["网上申报"] == (date(2026, 11, 23), date(2026, 12, 13))
    assert spans["平台年度报告"] == (date(2027, 1, 1), date(2027, 1, 31))


def test_days_used_are_working_days_of_ended_stays_against_the_term(call: Call, officer: Actor) -> None:
    slow, quick = build.submitted(call, name="示例甲"), build.submitted(call, name="示例乙")
    build.submitted(call, name="示例丙")
    district.accept(actor=officer, application=quick)
    with clock.frozen(clock.shanghai(2026, 12, 1, 9)):  # six working days later, one weekend between
        district.accept(actor=officer, application=slow)
        [filed, *_] = statistics.figures(officer, call).waits
    assert (filed.label, filed.term, filed.used, filed.running) == ("县区受理", 5, (0, 6), 1)
    assert (filed.middle, filed.longest, filed.beyond) == (3, 6, 1)


def test_a_case_on_the_districts_sheet_waits_for_the_district_not_for_the_city(call: Call, officer: Actor) -> None:
    recommended(officer, build.submitted(call, name="示例甲"), 1)
    running = {one.label: one.running for one in statistics.figures(officer, call).waits}
    assert (running["县区报送"], running["市级受理"]) == (1, 0)


def test_satisfaction_stands_at_its_exact_share_beside_the_line(call: Call, city: Actor, officer: Actor) -> None:
    recommended(officer, build.submitted(call, name="示例甲"), 1, satisfied=8)
    build.ready(officer, build.submitted(call, name="示例乙"), satisfied=7)
    page = Visitor(officer).get(PAGE)
    rows = [
        [cell.get_text(strip=True) for cell in row.select("td")]
        for row in page.soup.select('[aria-label="抽查满意度"] tbody tr')
    ]
    assert rows == [["7/10", "70%", "低于要求"], ["8/10", "80%", "达到"]]
    picture = page.soup.select_one('svg[aria-labelledby^="dots"]')
    dots = {dot.title.get_text(): float(dot["cx"]) for dot in picture.select("circle")}
    line = float(picture.select_one(".cut")["x1"])
    assert dots == {"示例甲服务平台：80%": line, "示例乙服务平台：70%": pytest.approx(line - 490 / 4, abs=0.2)}


def test_districts_and_zones_are_tiles_for_the_city_alone(call: Call, city: Actor, officer: Actor) -> None:
    build.submitted(call)
    tiles = {tile.a.get_text(): tile.b.get_text() for tile in Visitor(city).get(PAGE).soup.select(".tiles > li")}
    assert (len(tiles), tiles["盘龙区"], tiles["五华区"]) == (19, "1", "0")
    assert Visitor(officer).get(PAGE).soup.select(".tiles") == []


def test_every_picture_has_a_name_words_and_a_table(call: Call, city: Actor, officer: Actor) -> None:
    recommended(officer, build.submitted(call), 1)
    soup = Visitor(city).get(PAGE).soup
    pictures = soup.select("svg[role=img]")
    assert len(pictures) == 3
    for picture in pictures:
        title, words = (soup.find(id=name).get_text(strip=True) for name in picture["aria-labelledby"].split())
        assert title
        assert words
        assert picture.find_parent("section").select_one("table") is not None


def test_the_page_costs_the_same_for_one_and_for_many(
    call: Call, city: Actor, officer: Actor, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    recommended(officer, build.submitted(call, name="示例甲"), 1)
    returned(officer, build.submitted(call, name="示例乙"))
    visitors = Visitor(city), Visitor(officer)
    costs = []
    for visitor in visitors:
        visitor.get(PAGE)
        with django_assert_max_num_queries(60) as one:
            visitor.get(PAGE)
        costs.append(len(one))
    many(call)
    for visitor, cost in zip(visitors, costs, strict=True):
        with django_assert_max_num_queries(cost):
            assert visitor.get(PAGE).status == 200


def many(call: Call) -> None:
    """Two hundred applications as copies of the ones there are, records, corrections and samples included."""
    kept = list(Application.objects.filter(call=call))
    for number in range(100):
        for original in kept:
            uuid, samples = original.uuid, list(Sample.objects.filter(application_id=original.pk))
            body = cast.organisation(f"{original.platform_name}{number}")
            copy = Application.objects.get(pk=original.pk)
            corrections = list(copy.corrections.all())
            copy.pk, copy.uuid, copy.organisation, copy.receipt_number = None, uuid4(), body, f"K-{number}-{uuid}"
            copy.current_version = None
            copy.save(force_insert=True)
            for correction in corrections:
                correction.pk, correction.uuid, correction.application = None, uuid4(), copy
                correction.save(force_insert=True)
            for sample in samples:
                sample.pk, sample.uuid, sample.application = None, uuid4(), copy
                sample.save(force_insert=True)
    assert Application.objects.filter(call=call).count() == 202
    assert StepRecord.objects.exists()


def test_who_may_open_the_page(call: Call, city: Actor, officer: Actor) -> None:
    body = cast.organisation()
    people = (city, officer, cast.person("auditor", Role.AUDITOR), cast.filer(body), cast.person("expert", Role.EXPERT))
    assert [Visitor(person).get(PAGE).status for person in people] == [200, 200, 200, 403, 403]
    assert "登录" in Visitor().get(PAGE).heading
    assert Visitor(city).get(f"{PAGE}?year=abc").status == 422


def test_without_a_call_the_page_says_so() -> None:
    assert "还没有申报通知" in Visitor(cast.city_officer()).get(PAGE).text


def test_dots_that_meet_are_stacked_and_a_line_is_drawn_at_today() -> None:
    drawn = charts.dots([("甲", Fraction(9, 10)), ("乙", Fraction(9, 10)), ("丙", Fraction(1))], Fraction(4, 5))
    assert len({(dot.x, dot.y) for dot in drawn.dots}) == 3
    assert len({dot.x for dot in drawn.dots}) == 2
    assert [tick.words for tick in drawn.frame.ticks] == ["80%", "90%", "100%"]
    spans = [
        charts.Span("申报", date(2026, 3, 1), date(2026, 3, 31)),
        charts.Span("推荐", date(2026, 3, 1), date(2026, 4, 30)),
    ]
    year = charts.gantt(spans, date(2026, 4, 1))
    assert [tick.words for tick in year.frame.ticks] == ["2026-03", "2026-04"]
    assert year.frame.line.x == year.frame.ticks[1].x == year.periods[0].x + year.periods[0].width
    assert [period.past for period in year.periods] == [True, False]
    assert charts.gantt(spans, date(2027, 1, 1)).frame.line is None
    assert charts.dots([], Fraction(4, 5)) is charts.ranges([]) is charts.gantt([], date(2026, 1, 1)) is None


def test_the_steps_of_the_stages_exist() -> None:
    names = {row.name for row in steps.steps_of("application")}
    assert {step for step, _ in statistics.STAGES} <= names
