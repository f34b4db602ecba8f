"""Due moments come from the record and the table, in working days, as exclusive instants."""

import pytest

from applications.models import Application
from lifecycle import deadlines, engine
from tests.matrices.world import World
from timekeeping import clock
from timekeeping.clock import shanghai

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(unguarded: None) -> Application:
    """An application that was submitted on 24 September 2026, the day before the Mid-Autumn holiday."""
    with clock.frozen(shanghai(2026, 9, 24, 10)):
        world = World()
        application = world.subject("application", "awaiting_signature")
        with engine.act(actor=world.personas["own signatory"]) as act:
            [application] = act.lock(application)
            act.take(application, "submit")
    return application


def test_a_term_of_working_days_counts_from_the_day_after_and_skips_holidays(submitted: Application) -> None:
    with clock.frozen(shanghai(2026, 9, 28, 9)):
        due = deadlines.due(submitted)
        assert due is not None
        assert (due.workdays_left, due.overdue) == (4, False)
    assert (due.row.name, due.instant, due.last_day.isoformat()) == ("accept", shanghai(2026, 10, 10), "2026-10-09")


def test_the_last_day_counts_to_its_end(submitted: Application) -> None:
    with clock.frozen(shanghai(2026, 10, 9, 23, 59, 59)):
        assert deadlines.due(submitted).overdue is False
    with clock.frozen(shanghai(2026, 10, 10)):
        assert deadlines.due(submitted).overdue is True


def test_a_page_in_an_unpublished_year_shows_the_date_without_a_number() -> None:
    with clock.frozen(shanghai(2026, 12, 20, 9)):
        assert deadlines.workdays_left(shanghai(2027, 1, 5).date()) is None
        assert deadlines.workdays_left(shanghai(2026, 12, 23).date()) == 3


def test_terms_of_many_subjects_cost_as_many_queries_as_of_one(django_assert_num_queries: object) -> None:
    world = World()
    one = world.subject("application", "submitted")
    with django_assert_num_queries(2):
        deadlines.dues([one])
    with django_assert_num_queries(2):
        deadlines.dues([one] * 5)


def test_nothing_is_due_where_the_table_sets_no_term() -> None:
    world = World()
    assert deadlines.due(world.subject("application", "certified")) is None
