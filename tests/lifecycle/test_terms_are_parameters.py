from datetime import date

import pytest

from lifecycle.steps import STEPS
from lifecycle.terms import Workdays
from regulation import parameters
from regulation.articles import article_label
from regulation.functions import FUNCTIONS

NOW = parameters.at(date(2026, 11, 23))
TERMS = sorted({row.term.parameter for row in STEPS if isinstance(row.term, Workdays)})


@pytest.mark.parametrize("name", TERMS)
def test_every_term_in_working_days_is_a_dated_parameter(name):
    assert NOW.rule(name).unit == "个工作日"
    assert getattr(NOW, name) >= 1


def test_every_article_of_the_table_exists():
    for row in STEPS:
        assert row.article == "default" or article_label(row.article)


def test_each_function_with_activities_has_its_own_threshold():
    assert {f"{key}_activities" for key in FUNCTIONS} - set(parameters.VALUE_NAMES) == {"training_activities"}
