import os
from collections.abc import Iterator
from contextlib import closing
from itertools import count

import psycopg
import pytest
from psycopg import sql

_numbers = count()


@pytest.fixture
def database(postgres_url: str) -> Iterator[str]:
    """A PostgreSQL database of its own, because other processes read it."""
    name = f"processes_{os.getpid()}_{next(_numbers)}"
    with closing(psycopg.connect(postgres_url, autocommit=True)) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{postgres_url.rpartition('/')[0]}/{name}"
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
