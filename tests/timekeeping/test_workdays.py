from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timekeeping import seed
from timekeeping.workdays import DayKind, UnknownYear, WorkCalendar

CALENDAR = seed.calendar(range(2022, 2027))
DAYS = st.dates(date(2022, 1, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 24), True),
        (date(2026, 9, 25), False),  # mid-autumn festival, a Friday
        (date(2026, 9, 26), False),
        (date(2026, 9, 20), True),  # make-up Sunday
        (date(2026, 10, 10), True),  # make-up Saturday
        (date(2026, 2, 28), True),  # make-up Saturday, the last day for the district's report
        (date(2026, 1, 31), False),
        (date(2025, 1, 31), False),  # Spring Festival
        (date(2024, 2, 29), True),
    ],
)
def test_a_day_is_worked_as_the_state_council_arranged_it(day, worked):
    assert CALENDAR.is_workday(day) is worked


def test_ten_working_days_after_24_september_2026_end_on_15_october():
    assert CALENDAR.add(date(2026, 9, 24), 10) == date(2026, 10, 15)


def test_the_tenth_working_day_counting_24_september_2026_is_14_october():
    assert CALENDAR.nth(date(2026, 9, 24), 10) == date(2026, 10, 14)
    assert CALENDAR.count(date(2026, 9, 24), date(2026, 10, 14)) == 10
    assert CALENDAR.count(date(2026, 9, 24), date(2026, 10, 13)) == 9


def test_nth_starting_on_a_rest_day_counts_from_the_next_working_day():
    assert CALENDAR.nth(date(2026, 10, 1), 1) == date(2026, 10, 8)
    assert CALENDAR.nth(date(2026, 10, 8), 1) == date(2026, 10, 8)
    assert CALENDAR.add(date(2026, 10, 8), 1) == date(2026, 10, 9)


def test_an_annual_report_day_on_a_rest_day_rolls_to_the_next_working_day():
    assert CALENDAR.roll_forward(date(2025, 1, 31)) == date(2025, 2, 5)
    assert CALENDAR.roll_forward(date(2026, 1, 31)) == date(2026, 2, 2)
    assert CALENDAR.roll_forward(date(2026, 2, 28)) == date(2026, 2, 28)
    assert CALENDAR.next_workday(date(2026, 2, 28)) == date(2026, 3, 2)


def test_remaining_days_do_not_count_today_and_never_go_below_zero():
    assert CALENDAR.remaining(date(2026, 10, 9), date(2026, 10, 14)) == 4
    assert CALENDAR.remaining(date(2026, 10, 13), date(2026, 10, 14)) == 1
    assert CALENDAR.remaining(date(2026, 10, 14), date(2026, 10, 14)) == 0
    assert CALENDAR.remaining(date(2026, 10, 20), date(2026, 10, 14)) == 0


def test_an_unknown_year_names_itself_and_says_what_to_do():
    with pytest.raises(UnknownYear) as refused:
        CALENDAR.add(date(2026, 12, 18), 10)
    assert refused.value.year == 2027
    assert str(refused.value) == (
        "2027年的节假日安排尚未录入，无法计算工作日。"
        "请系统管理员在国务院办公厅公布2027年部分节假日安排后录入（附文号），再办理本事项。"
    )


def test_an_unknown_year_is_asked_for_only_when_a_date_of_it_is_needed():
    assert CALENDAR.nth(date(2026, 12, 18), 10) == date(2026, 12, 31)
    assert CALENDAR.add(date(2026, 12, 17), 10) == date(2026, 12, 31)
    assert CALENDAR.remaining(date(2026, 12, 31), date(2026, 12, 31)) == 0
    assert CALENDAR.count(date(2027, 1, 2), date(2027, 1, 1)) == 0


def test_even_a_sunday_of_an_unknown_year_is_not_guessed():
    with pytest.raises(UnknownYear):
        CALENDAR.is_workday(date(2027, 1, 3))


def test_unknown_years_are_listed_for_pages_that_must_not_refuse():
    assert CALENDAR.unknown_years(date(2026, 12, 1), date(2028, 1, 1)) == (2027, 2028)
    assert CALENDAR.unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == ()


def test_a_later_arrangement_may_move_days_of_the_year_before():
    calendar = WorkCalendar.from_years(
        {
            2027: {date(2026, 12, 31): "holiday", date(2026, 12, 27): "workday"},
            2026: {date(2026, 12, 31): "workday"},
        }
    )
    assert not calendar.is_workday(date(2026, 12, 31))
    assert calendar.is_workday(date(2026, 12, 27))


def test_another_kind_of_day_is_refused():
    with pytest.raises(ValueError, match="half"):
        WorkCalendar.from_years({2026: {date(2026, 1, 1): "half"}})


@pytest.mark.parametrize("n", [0, -1])
def test_a_term_shorter_than_one_working_day_is_refused(n):
    with pytest.raises(ValueError, match="不小于1"):
        CALENDAR.add(date(2026, 3, 2), n)


@given(start=DAYS, n=st.integers(1, 30))
def test_nth_and_count_are_inverse(start, n):
    last = CALENDAR.nth(start, n)
    assert CALENDAR.is_workday(last)
    assert CALENDAR.count(start, last) == n
    assert CALENDAR.count(start, last - timedelta(days=1)) == n - 1


@given(start=DAYS, middle=st.integers(0, 20), length=st.integers(0, 20))
def test_counts_add_up_over_adjoining_periods(start, middle, length):
    cut, end = start + timedelta(days=middle), start + timedelta(days=middle + length)
    whole = CALENDAR.count(start, end)
    assert CALENDAR.count(start, cut) + CALENDAR.count(cut + timedelta(days=1), end) == whole


@given(start=DAYS, n=st.integers(1, 30))
def test_the_remaining_days_on_the_day_a_term_starts_are_the_whole_term(start, n):
    assert CALENDAR.remaining(start, CALENDAR.add(start, n)) == n


def test_the_seed_reads_2022_to_2026_with_names():
    rows = seed.rows([2026])
    assert rows[0] == seed.DayRow(date(2026, 1, 1), DayKind.HOLIDAY, "元旦")
    makeup = [row.day for row in rows if row.kind is DayKind.WORKDAY]
    assert makeup == [date(2026, month, day) for month, day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]]
    assert {row.day.year for row in seed.rows(range(2022, 2027))} == {2022, 2023, 2024, 2025, 2026}


def test_the_seed_refuses_a_year_its_source_does_not_know():
    after = seed.known_years()[-1] + 1
    with pytest.raises(UnknownYear) as refused:
        seed.rows([after - 1, after])
    assert refused.value.year == after
