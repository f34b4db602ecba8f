"""How often a table is asked inside a block, to hold that nothing is read twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, models
from django.test.utils import CaptureQueriesContext

Count = Callable[[type[models.Model]], int]


@contextmanager
def counted() -> Iterator[Count]:
    """Inside the block queries are captured; the function given tells how many read the table of a model first of all."""
    with CaptureQueriesContext(connection) as captured:
        yield lambda model: sum(f'FROM "{model._meta.db_table}"' in query["sql"] for query in captured)
