"""Fixtures of expert review and inspection: a Monday of a published year, the city's officer, an open call."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from accounts.actors import Actor
from applications.models import Call
from tests import cast
from timekeeping import clock

MORNING = datetime(2026, 6, 1, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def monday(frozen_clock: datetime) -> Iterator[datetime]:
    with clock.frozen(MORNING):
        yield MORNING


@pytest.fixture
def city(monday: datetime, db: None) -> Actor:
    return cast.city_officer()


@pytest.fixture
def call(city: Actor) -> Call:
    return cast.open_call(city)
