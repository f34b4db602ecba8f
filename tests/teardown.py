"""Emptying the database after a test that really commits: the only place where the record's triggers are lifted."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import TransactionTestCase

from accounts import seeding as districts
from lifecycle import seeding as beginnings


@contextmanager
def record_may_be_emptied() -> Iterator[None]:
    """Lift the triggers that make the record append-only, and plant again what every database begins with."""
    migration = import_module("lifecycle.migrations.0002_record_is_append_only")
    with connection.schema_editor() as editor:
        migration.unprotect(None, editor)
    yield
    with connection.schema_editor() as editor:
        migration.protect(None, editor)
    districts.plant(apps)
    beginnings.plant(apps)


# What migrations know of the code stays.
KEPT = {"django_migrations", ContentType._meta.db_table, Permission._meta.db_table}


def empty_postgres() -> None:
    """Delete every row, triggers and foreign keys aside: truncating two hundred tables takes far longer than a test writes."""
    with connection.cursor() as cursor:
        tables = [one.name for one in connection.introspection.get_table_list(cursor) if one.name not in KEPT]
        deletions = "".join(f"DELETE FROM {connection.ops.quote_name(name)};" for name in tables)  # noqa: S608
        cursor.execute(f"SET session_replication_role = replica; {deletions} SET session_replication_role = DEFAULT")
    districts.plant(apps)
    beginnings.plant(apps)


@pytest.fixture(scope="session", autouse=True)
def committed_tests_can_end() -> Iterator[None]:
    """Every ``TransactionTestCase`` (also behind ``live_server``) empties its tables with the triggers lifted."""
    original = TransactionTestCase._fixture_teardown

    def lifted(self: Any) -> None:
        if connection.vendor == "postgresql":
            empty_postgres()
            return
        with record_may_be_emptied():
            original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted)
        yield
