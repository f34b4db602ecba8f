"""The town whose titles the register shows."""

from collections.abc import Iterator

import pytest

from tests.review import chamber, stage
from tests.review.chamber import Chamber


@pytest.fixture
def town() -> Iterator[Chamber]:
    """A chamber on 18 June 2026; the notices of its platforms ran from 2 to 15 June."""
    with stage.at(stage.MORNING):
        built = Chamber()
    with stage.at(chamber.ON):
        yield built
