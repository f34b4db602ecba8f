"""On PostgreSQL the role of web and worker can add to the record, and neither change nor remove it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

ROLE, PASSWORD = "restricted_app", "only-for-this-test"

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def as_app() -> Iterator[psycopg.Connection]:
    """A connection of the restricted role to the test database."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
    call_command("grant_roles", ROLE, verbosity=0)
    place = connection.settings_dict
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user=ROLE, password=PASSWORD, autocommit=True
    ) as app:
        yield app
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {ROLE}")
        cursor.execute(f"DROP ROLE {ROLE}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE lifecycle_steprecord SET step = step",
        "DELETE FROM lifecycle_steprecord",
        "TRUNCATE lifecycle_steprecord",
        "DROP TABLE lifecycle_steprecord",
        "ALTER TABLE lifecycle_steprecord DISABLE TRIGGER ALL",
        "CREATE TABLE public.mine (x int)",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('lifecycle', '9999', now())",
    ],
)
def test_the_role_may_not(statement: str, as_app: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app.execute(statement)


def test_the_role_may_read_the_record_and_work_on_other_tables(as_app: psycopg.Connection) -> None:
    assert as_app.execute("SELECT count(*) FROM lifecycle_steprecord").fetchone() == (0,)
    assert as_app.execute("UPDATE accounts_district SET name = name").rowcount >= 0
    assert as_app.execute("DELETE FROM django_session").rowcount == 0


def test_the_role_may_add_to_the_record(as_app: psycopg.Connection) -> None:
    rights = as_app.execute(
        "SELECT has_table_privilege('lifecycle_steprecord', 'INSERT'), has_table_privilege('lifecycle_steprecord', 'TRIGGER')"
    )
    assert rights.fetchone() == (True, False)


def test_a_role_that_does_not_exist_or_is_a_superuser_is_refused() -> None:
    for role in ("nobody_of_this_name", connection.settings_dict["USER"]):
        with pytest.raises(CommandError, match=f"^{role} must be an existing role without superuser rights"):
            call_command("grant_roles", role)
