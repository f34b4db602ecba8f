from dataclasses import replace
from datetime import date, timedelta

import pytest

from regulation import terms
from regulation.terms import Period
from tests.regulation.cases import PARAMETERS
from timekeeping import seed
from timekeeping.clock import shanghai
from timekeeping.workdays import UnknownYear

CALENDAR = seed.calendar(range(2022, 2027))


def test_the_shortest_notice_counts_both_printed_dates_from_the_next_working_day():
    period = terms.notice_period(date(2026, 9, 23), PARAMETERS, CALENDAR)
    assert period == Period(date(2026, 9, 24), date(2026, 10, 14))
    assert terms.notice_faults(period, date(2026, 9, 23), PARAMETERS, CALENDAR) == ()


def test_a_notice_one_day_short_or_starting_too_early_is_refused():
    short = Period(date(2026, 9, 24), date(2026, 10, 13))
    assert terms.notice_faults(short, date(2026, 9, 23), PARAMETERS, CALENDAR) == (
        "公示期为9个工作日，不足10个工作日（第十四条）",
    )
    early = Period(date(2026, 9, 23), date(2026, 10, 14))
    assert len(terms.notice_faults(early, date(2026, 9, 23), PARAMETERS, CALENDAR)) == 1


def test_a_notice_reaching_into_an_unpublished_year_is_never_guessed():
    with pytest.raises(UnknownYear):
        terms.notice_period(date(2026, 12, 18), PARAMETERS, CALENDAR)


def test_the_last_day_of_a_notice_counts_to_its_end():
    period = Period(date(2026, 9, 24), date(2026, 10, 14))
    assert not terms.notice_ended(period, shanghai(2026, 10, 14, 23, 59, 59))
    assert terms.notice_ended(period, shanghai(2026, 10, 15))


@pytest.mark.parametrize(
    ("decided", "last"),
    [(date(2023, 10, 20), date(2026, 10, 20)), (date(2024, 2, 29), date(2027, 2, 28))],
)
def test_a_title_lasts_three_years_to_the_corresponding_day(decided, last):
    assert terms.title_period(decided, PARAMETERS) == Period(decided, last)
    day_before = replace(PARAMETERS, title_end_rule="day_before")
    assert terms.title_period(decided, day_before).last == last - timedelta(days=1)


def test_a_renewal_starts_on_the_later_of_decision_and_the_day_after_the_old_end():
    old = date(2026, 10, 20)
    early = terms.title_period(date(2026, 9, 1), PARAMETERS, old)
    assert (early.first, terms.renewal_gap(old, early)) == (date(2026, 10, 21), None)
    late = terms.title_period(date(2026, 11, 1), PARAMETERS, old)
    assert (late.first, terms.renewal_gap(old, late)) == (
        date(2026, 11, 1),
        Period(date(2026, 10, 21), date(2026, 10, 31)),
    )


@pytest.mark.parametrize(
    ("day", "blocked"),
    [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(2026, 10, 20), False), (date(2026, 10, 21), False)],
)
def test_a_title_blocks_filing_until_the_calendar_year_it_ends(day, blocked):
    assert terms.title_blocks_filing(Period(date(2023, 10, 20), date(2026, 10, 20)), day) is blocked


def test_a_ban_lasts_three_years_both_dates_included():
    ban = terms.ban_period(date(2024, 2, 29), PARAMETERS)
    assert (ban.covers(date(2027, 2, 28)), ban.covers(date(2027, 3, 1))) == (True, False)


def test_a_change_is_filed_within_ten_working_days_from_the_day_after():
    assert terms.change_filing_last_day(date(2026, 9, 24), PARAMETERS, CALENDAR) == date(2026, 10, 15)


@pytest.mark.parametrize(
    ("title", "owed"),
    [
        (Period(date(2025, 12, 31), date(2028, 12, 31)), True),
        (Period(date(2026, 1, 1), date(2029, 1, 1)), False),
        (Period(date(2023, 1, 31), date(2026, 1, 31)), True),
        (Period(date(2023, 1, 30), date(2026, 1, 30)), False),
    ],
)
def test_a_report_is_owed_by_a_title_valid_on_both_days(title, owed):
    assert terms.annual_report_owed(title, 2025) is owed


def test_the_january_and_february_days_follow_the_year():
    assert terms.annual_report_last_days(2027) == (date(2028, 1, 31), date(2028, 2, 29))
    assert terms.annual_report_last_days(2025) == (date(2026, 1, 31), date(2026, 2, 28))
