"""The year's dates on the desk: what concerns the person, in order, with what a rest day or an unpublished year does to them."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.actors import Actor
from accounts.models import Role
from desk import dates, waiting
from lifecycle import states
from lifecycle.subject import model_of
from tests import cast
from tests.matrices.world import World
from tests.supervision import reports
from timekeeping import clock

pytestmark = pytest.mark.django_db


def days(actor: Actor) -> list[tuple[date, str, str]]:
    return [(day.on, day.words, day.note) for day in dates.calendar_of(actor)]


def test_every_dated_row_names_states_and_a_day_of_a_life_that_is_followed() -> None:
    wrong = [
        row for row in dates.DATED
        if row.life not in waiting.FOLLOWED or set(row.states) - set(states.STATES[row.life])
        or not hasattr(model_of(row.life), row.attribute)
    ]  # fmt: skip
    assert wrong == []


def test_a_platform_reads_its_report_the_end_of_its_title_and_the_year_of_renewal_and_nothing_of_others() -> None:
    title = reports.titled("甲平台", valid=(date(2024, 6, 20), date(2027, 6, 19)))
    reports.titled("乙平台", "wuhua", valid=(date(2024, 5, 20), date(2027, 5, 19)))
    with clock.frozen(clock.shanghai(2026, 12, 10, 9)):
        assert days(reports.person(title)) == [
            (date(2027, 1, 1), "届满当年，可以再次申报：甲平台", ""),
            (date(2027, 1, 31), "示范平台报送2026年度总结和2027年工作计划截止", "放假安排未公布，是否顺延待公布后确定"),
            (date(2027, 6, 19), "称号有效期届满：甲平台", ""),
        ]


def test_an_organisation_without_a_title_owes_no_report() -> None:
    body = cast.organisation()
    with clock.frozen(clock.shanghai(2026, 1, 10, 9)):
        assert days(cast.filer(body)) == []


def test_officers_read_both_last_days_and_the_day_for_sanctions_of_a_rest_day() -> None:
    with clock.frozen(clock.shanghai(2026, 1, 10, 9)):
        expected = [
            (date(2026, 1, 31), "示范平台报送2025年度总结和2026年工作计划截止", "当日为休息日，2026年2月2日前报送的不按逾期处理（默认规则）"),
            (date(2026, 2, 28), "县区报送2025年度报告截止", ""),
        ]  # fmt: skip
        for actor in (cast.district_officer(), cast.city_officer(), cast.person("auditor", Role.AUDITOR)):
            found = [day for day in days(actor) if day[0].month in (1, 2)]
            assert found == expected
        for actor in (cast.person("expert", Role.EXPERT), cast.person("evaluator", Role.EVALUATOR)):
            assert days(actor) == []


def test_many_titles_that_end_on_one_day_are_one_date_of_an_officer() -> None:
    term = (date(2024, 6, 20), date(2027, 6, 19))
    for number in range(3):
        reports.titled(f"平台{number}", valid=term)
    reports.titled("乙平台", "wuhua", valid=term)
    with clock.frozen(clock.shanghai(2027, 3, 10, 9)):
        district = [words for on, words, _ in days(cast.district_officer()) if on == term[1]]
        city = [words for on, words, _ in days(cast.city_officer("city9")) if on == term[1]]
    assert district == ["称号有效期届满（3件）"]
    assert city == ["称号有效期届满（4件）"]


def test_the_day_of_an_open_case_is_seen_by_those_who_may_see_the_case() -> None:
    world = World()
    inspection = world.subject("inspection", "planned")
    seen = {name for name, actor in world.personas.items() if any("现场核查：" in words for _, words, _ in days(actor))}
    assert seen == {"own filer", "own signatory", "own district", "city officer", "assigned inspector", "auditor"}
    assert inspection.state == "planned"


def test_the_price_is_the_same_for_one_date_and_for_many(django_assert_max_num_queries: Callable[..., object]) -> None:
    term = (date(2024, 6, 20), date(2027, 6, 19))
    reports.titled("平台0", valid=term)
    with clock.frozen(clock.shanghai(2027, 1, 10, 9)):
        city = cast.city_officer("city9")
        with django_assert_max_num_queries(40) as one:
            dates.calendar_of(city)
        for number in range(1, 5):
            reports.titled(f"平台{number}", valid=term, at=clock.now())
        with django_assert_max_num_queries(len(one)):
            dates.calendar_of(city)
