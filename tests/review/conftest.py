"""The review's tests stand on Monday 1 June 2026, so that published years hold whatever the suite's date is."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.review import stage
from tests.review.stage import City


@pytest.fixture
def june(frozen_clock: datetime) -> Iterator[datetime]:
    with stage.at(stage.MORNING):
        yield stage.MORNING


@pytest.fixture
def city(june: datetime, db: None) -> City:
    return City()
