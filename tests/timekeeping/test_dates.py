from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timekeeping import dates
from timekeeping.clock import shanghai


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2023, 10, 20), 3, date(2026, 10, 20)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
        (date(2024, 11, 30), 2, date(2026, 11, 30)),
    ],
)
def test_the_corresponding_day_of_a_leap_day_is_the_last_of_february(day, years, expected):
    assert dates.corresponding_day(day, years) == expected


@given(day=st.dates(date(1990, 1, 1), date(2090, 12, 31)), years=st.integers(0, 8))
def test_the_corresponding_day_keeps_month_and_never_runs_over(day, years):
    later = dates.corresponding_day(day, years)
    assert (later.year, later.month) == (day.year + years, day.month)
    assert day.day - later.day in (0, 1)


def test_a_day_ends_at_the_first_instant_of_the_next_one_in_shanghai():
    end = dates.end_of_day(date(2027, 1, 31))
    assert end == shanghai(2027, 2, 1)
    assert end == datetime(2027, 1, 31, 16, tzinfo=UTC)
    assert end - timedelta(microseconds=1) < end


@pytest.mark.parametrize(("year", "day"), [(2024, 29), (2025, 28), (2028, 29), (2100, 28)])
def test_february_ends_as_the_year_has_it(year, day):
    assert dates.last_of_february(year) == date(year, 2, day)


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2026, 3, 1), False), (date(2026, 3, 2), True), (date(2026, 3, 13), True), (date(2026, 3, 14), False)],
)
def test_a_period_includes_both_its_dates(day, inside):
    assert dates.covers(date(2026, 3, 2), date(2026, 3, 13), day) is inside


def test_dates_and_deadlines_read_as_people_write_them():
    assert dates.chinese_date(date(2026, 11, 23)) == "2026年11月23日"
    assert dates.chinese_moment(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) == "2026年11月23日 17:30"
    assert dates.chinese_deadline(shanghai(2027, 2, 1)) == "2027年1月31日24:00"
    assert dates.chinese_deadline(shanghai(2026, 11, 30, 17, 30)) == "2026年11月30日17:30"
