"""Emptying the database after a test that really commits: the only place where the record's triggers are lifted."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
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


@pytest.fixture(scope="session", autouse=True)
def committed_tests_can_end() -> Iterator[None]:
    """Every ``TransactionTestCase`` (also behind ``live_server``) empties its tables with the triggers lifted."""
    original = TransactionTestCase._fixture_teardown

    def lifted(self: Any) -> None:
        with record_may_be_emptied():
            original(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted)
        yield
