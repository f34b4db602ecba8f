"""The cast's builders lead through the services to where later stages begin."""

import pytest

from accounts.actors import Actor
from applications.models import Call
from lifecycle import invariants as record
from review import invariants
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("conclusion", "state"), [("pass", "inspection_passed"), ("fail", "inspection_failed")])
def test_a_case_goes_from_the_district_through_experts_and_inspectors(
    call: Call, city: Actor, conclusion: str, state: str
) -> None:
    application = cast.inspected_application(call, cast.district_officer(), city, conclusion=conclusion)
    assert application.state == state
    assert (list(invariants.check()), list(record.check())) == ([], [])
