"""The builder's draft, the facts computed from it, and the answer they give."""

import pytest

from accounts import actors
from applications.checking import check
from applications.drafts import draft_of
from applications.facts import assess_draft, computed_of, declared_mismatches
from applications.models import Application, Call
from regulation.answers import Verdict
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return cast.open_call(cast.city_officer())


@pytest.fixture
def filer() -> actors.Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def draft(call: Call, filer: actors.Actor) -> Application:
    return cast.complete_draft(call, filer.organisation, filer)


def test_a_complete_draft_meets_everything_but_the_recommendation(draft: Application) -> None:
    assessment = assess_draft(draft_of(draft))

    assert {answer.key: answer.verdict for answer in assessment.answers if answer.verdict != Verdict.MET} == {
        "recommended": Verdict.NOT_YET_KNOWN
    }


def test_a_complete_draft_has_nothing_to_put_right(draft: Application) -> None:
    report = check(draft_of(draft))

    assert [problem.words for problem in report.problems] == []
    assert report.complete


def test_figures_come_from_the_lists(draft: Application) -> None:
    computed = computed_of(draft_of(draft))
    facts = computed.facts

    assert (facts.smes_last_year, facts.smes_year_before, facts.smes_two_years_before) == (130, 110, 95)
    assert (facts.full_time_staff, facts.qualified_staff, facts.institutions_in_force) == (20, 17, 4)
    assert facts.functions["training"].person_times == 1080
    assert len(computed.frame) == 130
    assert declared_mismatches(draft_of(draft).data("functions"), facts) == ()
