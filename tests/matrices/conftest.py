"""The matrices count what they tried; ``tests.counting`` prints the sums at the end of the run."""

from collections.abc import Iterator

import pytest

from tests.counting import TRIED

NAMES = {"test_lifecycle_matrix": "(state, step, role)", "test_access_matrix": "(route, role)"}


@pytest.fixture
def matrix_count(request: pytest.FixtureRequest) -> Iterator[list[int]]:
    """A counter that a matrix raises for every combination it tried."""
    counter = [0]
    yield counter
    name = NAMES[request.module.__name__.rpartition(".")[2]]
    request.node.user_properties.append((TRIED, (name, counter[0])))
