"""The standing of a title by date: one function, and the same as a condition on lists."""

from datetime import date

import pytest

from registry import standing
from registry.models import Title
from tests.review.chamber import Chamber

TERM = {"valid_from": date(2026, 6, 18), "valid_to": date(2029, 6, 18)}


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 6, 17), "coming"),
        (date(2026, 6, 18), "valid"),
        (date(2029, 6, 18), "valid"),
        (date(2029, 6, 19), "expired"),
    ],
)
def test_both_dates_of_the_term_belong_to_it(day: date, key: str) -> None:
    assert standing.standing(Title(**TERM), day).key == key


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 6, 17), date(2026, 6, 18), date(2029, 6, 18), date(2029, 6, 19)])
def test_lists_agree_with_the_function(town: Chamber, day: date) -> None:
    title = town.certified()
    listed = [s.key for s in standing.STANDINGS if Title.objects.filter(standing.condition(s.key, day)).exists()]
    assert listed == [standing.standing(title, day).key]
