"""The people and the call that reviews are tested with."""

import pytest

from accounts.actors import Actor
from applications.models import Call
from tests import cast


@pytest.fixture
def city() -> Actor:
    return cast.city_officer()


@pytest.fixture
def call(city: Actor) -> Call:
    return cast.open_call(city)
