"""Evaluations, rectifications and attendance on PostgreSQL when two officers act on one case at the same moment."""

from collections.abc import Iterator
from functools import partial

import pytest

from accounts.actors import Actor
from lifecycle import chain
from lifecycle.models import StepRecord
from supervision import grants
from supervision.models import Evaluation, Invitation, Rectification
from supervision.selectors import activities as selectors
from supervision.services import evaluations, invitations, rectifications
from tests import cast
from tests.races.racing import kinds, race
from tests.supervision import evaluations as make
from tests.supervision import oversight
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officers() -> Iterator[tuple[Actor, Actor]]:
    """Two officers of the city; the clock stands in the morning."""
    with clock.frozen(build.GRANTED):
        found = cast.city_officer("甲"), cast.city_officer("乙")
    with clock.frozen(make.MORNING):
        yield found


def steps(subject: Evaluation | Rectification | Invitation, *names: str) -> int:
    """How often one of the steps stands in the record of the subject."""
    return StepRecord.objects.filter(subject_id=subject.uuid, step__in=names).count()


def test_an_evaluation_is_concluded_once_when_two_officers_differ(officers: tuple[Actor, Actor]) -> None:
    first, second = officers
    made = make.submitted(failing=make.FAILING)
    results = race(
        partial(evaluations.conclude_pass, actor=first, evaluation=made, reason="合格。", version=made.version),
        partial(evaluations.conclude_fail, actor=second, evaluation=made, reason="不合格。", version=made.version),
    )
    assert kinds(results) == ["Stale", "done"]
    assert steps(made, "conclude_pass", "conclude_fail") == 1
    assert (list(grants.held()), list(chain.broken_links())) == ([], [])


def test_one_failed_evaluation_leads_to_one_order(officers: tuple[Actor, Actor]) -> None:
    made = make.failed()
    order = partial(
        rectifications.order, evaluation=made, requirements=dict.fromkeys(make.FAILING, "补齐。"), grounds="测评不合格。",
        due_on=rectifications.earliest_due(),
    )  # fmt: skip
    results = race(*(partial(order, actor=officer) for officer in officers))
    assert kinds(results) == ["Blocked", "done"]
    assert [one.number for one in Rectification.objects.all()] == ["ZG-2026-0001"]


def test_a_recheck_passes_or_fails_and_never_both(officers: tuple[Actor, Actor]) -> None:
    first, second = officers
    made = make.reported()
    results = race(
        partial(rectifications.pass_recheck, actor=first, rectification=made, recheck=make.recheck("达标。"), version=made.version),
        partial(rectifications.find_failing, actor=second, rectification=made, recheck=make.recheck(), version=made.version),
    )  # fmt: skip
    assert kinds(results) == ["Stale", "done"]
    assert steps(made, "pass_recheck", "find_failing") == 1


def test_a_title_gets_one_evaluation_when_two_officers_commission_at_once(officers: tuple[Actor, Actor]) -> None:
    title, people = build.titled(), (make.evaluator("甲方"), make.evaluator("乙方"))
    results = race(
        *(
            partial(evaluations.commission, actor=officer, title=title, terms=make.terms(person), paper=make.paper())
            for officer, person in zip(officers, people, strict=True)
        )
    )
    assert kinds(results) == ["Blocked", "done"]
    assert Evaluation.objects.filter(title=title).count() == 1


def test_an_invitation_is_marked_once_when_two_officers_differ(officers: tuple[Actor, Actor]) -> None:
    first, second = officers
    title = build.titled()
    invitation = oversight.invited(first, oversight.announced(first, days=1), title)
    with oversight.after(invitation.activity):
        results = race(
            partial(invitations.present, actor=first, invitation=invitation, version=invitation.version),
            partial(invitations.absent, actor=second, invitation=invitation, version=invitation.version),
        )
    assert kinds(results) == ["Stale", "done"]
    assert steps(invitation, "present", "absent") == 1
    counted = selectors.unexcused([title])
    assert bool(counted) == (Invitation.objects.get().state == "absent")
