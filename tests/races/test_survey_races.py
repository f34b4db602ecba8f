"""Ten answers at the same moment by one private link, and an answer while the sample closes, on PostgreSQL."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.test import Client

from accounts.actors import Actor
from lifecycle.models import StepRecord
from review import links
from review.models import Sample, SampleUnit, SurveyAnswer
from review.selectors import sampling as samples
from review.services import district, sampling
from tests import cast
from tests.races.racing import kinds, race
from tests.review import build
from timekeeping import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked() -> Iterator[tuple[Actor, Sample, list[SampleUnit]]]:
    """An open sample of ten enterprises."""
    with clock.frozen(clock.shanghai(2026, 11, 23, 9)):
        officer = cast.district_officer()
        application = build.submitted(cast.open_call(cast.city_officer()))
        district.accept(actor=officer, application=application)
        sample = sampling.draw(actor=officer, application=application)
        yield officer, sample, list(samples.units(sample))


def test_ten_answers_at_once_by_one_link_are_one(asked: tuple[Actor, Sample, list[SampleUnit]]) -> None:
    _, _, [unit, *_] = asked
    address = links.path_of(unit)

    def post() -> int:
        return Client().post(address, {"satisfaction": "very"}).status_code

    statuses = race(*[post] * 10)
    assert sorted(statuses) == [200] * 9 + [302]
    assert SurveyAnswer.objects.filter(unit=unit).count() == 1


def test_ten_answers_of_ten_enterprises_are_ten(asked: tuple[Actor, Sample, list[SampleUnit]]) -> None:
    _, sample, units = asked
    assert (
        kinds(race(*[partial(sampling.answer, unit=unit, satisfaction="satisfied") for unit in units])) == ["done"] * 10
    )
    assert samples.progress(sample).satisfied == 10


def test_an_answer_and_the_end_of_the_sample_agree_on_what_counts(
    asked: tuple[Actor, Sample, list[SampleUnit]],
) -> None:
    officer, sample, [unit, other, *rest] = asked
    for one in rest:
        sampling.answer(unit=one, satisfaction="satisfied")
    sampling.note_attempt(actor=officer, unit=other, outcome="refused")
    following = sampling.replace(actor=officer, unit=other)
    sampling.answer(unit=following, satisfaction="satisfied")
    sampling.answer(unit=unit, satisfaction="not_served")
    late = sampling.replace(actor=officer, unit=unit)
    results = race(
        partial(sampling.answer, unit=late, satisfaction="dissatisfied"),
        partial(sampling.close, actor=officer, sample=sample),
    )
    closed = Sample.objects.get(pk=sample.pk)
    stands = samples.progress(closed)
    # Who closes first is told that nine are not enough.
    assert kinds(results) in (["ValidationError", "done"], ["done", "done"])
    if closed.state == "closed":
        assert (closed.reached, closed.satisfied) == (stands.valid, stands.satisfied)
    else:
        assert StepRecord.objects.filter(step="close").count() == 0


def test_ten_draws_at_once_are_one(asked: tuple[Actor, Sample, list[SampleUnit]]) -> None:
    officer, _, _ = asked
    application = build.submitted(Sample.objects.get().application.call, name="另一示例")
    district.accept(actor=officer, application=application)
    results = race(*[partial(sampling.draw, actor=officer, application=application)] * 10)
    assert kinds(results) == ["Blocked"] * 9 + ["done"]
    assert Sample.objects.filter(application=application).count() == 1
