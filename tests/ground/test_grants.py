"""On PostgreSQL the role of web and worker can add to the record, and neither change nor remove it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.db.backends.utils import CursorWrapper

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def as_app() -> Iterator[CursorWrapper]:
    """A cursor that acts as the restricted role; role and grants are rolled back with the test."""
    role = f"app_of_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} NOSUPERUSER")
        call_command("grant_roles", role, verbosity=0)
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor
        cursor.execute("RESET ROLE")


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
def test_the_role_may_not(statement: str, as_app: CursorWrapper) -> None:
    with pytest.raises(ProgrammingError) as refused, transaction.atomic():
        as_app.execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_role_may_read_the_record_and_work_on_other_tables(as_app: CursorWrapper) -> None:
    as_app.execute("SELECT count(*) FROM lifecycle_steprecord")
    assert as_app.fetchone() == (0,)
    as_app.execute("UPDATE accounts_district SET name = name")
    as_app.execute("DELETE FROM django_session")


def test_the_role_may_add_to_the_record(as_app: CursorWrapper) -> None:
    as_app.execute(
        "SELECT has_table_privilege('lifecycle_steprecord', 'INSERT'), has_table_privilege('lifecycle_steprecord', 'TRIGGER')"
    )
    assert as_app.fetchone() == (True, False)


def test_a_role_that_does_not_exist_or_is_a_superuser_is_refused() -> None:
    for role in ("nobody_of_this_name", connection.settings_dict["USER"]):
        with pytest.raises(CommandError, match=f"^{role} must be an existing role without superuser rights"):
            call_command("grant_roles", role)
