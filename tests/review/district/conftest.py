"""The district's desk on an ordinary Monday: a call, its officers, one submitted application."""

from collections.abc import Iterator

import pytest

from accounts.actors import Actor
from applications.models import Application, Call
from tests import cast
from tests.review import build
from timekeeping import clock


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """2026-11-23 09:00, in a year whose working days are known."""
    with clock.frozen(clock.shanghai(2026, 11, 23, 9)):
        yield


@pytest.fixture
def city(db: None) -> Actor:
    return cast.city_officer()


@pytest.fixture
def call(city: Actor) -> Call:
    return cast.open_call(city)


@pytest.fixture
def officer(db: None) -> Actor:
    return cast.district_officer()


@pytest.fixture
def colleague(db: None) -> Actor:
    return cast.district_officer("colleague")


@pytest.fixture
def stranger(db: None) -> Actor:
    """The officer of another district."""
    return cast.district_officer("stranger", "wuhua")


@pytest.fixture
def application(call: Call) -> Application:
    return build.submitted(call)
