import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.ground import shell
from tests.ground.test_processes import environment

_numbers = count()


@pytest.fixture(autouse=True)
def shells() -> Iterator[None]:
    """The shells a test has opened end with it."""
    yield
    shell.close()


@contextmanager
def made(url: str, name: str, template: str = "template1") -> Iterator[str]:
    """The address of a new PostgreSQL database, gone with the block."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        as_said = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        connection.execute(as_said)
        yield f"{url.rpartition('/')[0]}/{name}"
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def migrated(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a PostgreSQL database that is migrated once, to be copied."""
    name = f"migrated_{os.getpid()}"
    with made(postgres_url, name) as address:
        shell.migrate(environment(Path(tmp_path_factory.mktemp("migrated")), DATABASE_URL=address))
        yield name


@pytest.fixture
def database(postgres_url: str, migrated: str) -> Iterator[str]:
    """A migrated PostgreSQL database of its own, because other processes read it."""
    with made(postgres_url, f"processes_{os.getpid()}_{next(_numbers)}", migrated) as address:
        yield address
