"""Gives the application's PostgreSQL role what web, worker and beat need, and no more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from lifecycle.models import StepRecord

# Rows that are only ever added: not even a stolen application password can change or remove them.
APPEND_ONLY = (StepRecord._meta.db_table,)
READ_ONLY = (MigrationRecorder.Migration._meta.db_table,)


def statements(role: str) -> list[str]:
    """The grants of ``role``, from nothing; TRUNCATE, REFERENCES and TRIGGER are never among them."""
    quote = connection.ops.quote_name
    who = quote(role)
    lines = [
        f"GRANT CONNECT, TEMPORARY ON DATABASE {quote(connection.settings_dict['NAME'])} TO {who}",
        f"GRANT USAGE ON SCHEMA public TO {who}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}, PUBLIC",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}",
    ]
    lines += [f"REVOKE UPDATE, DELETE ON {quote(table)} FROM {who}" for table in APPEND_ONLY]
    lines += [f"REVOKE INSERT, UPDATE, DELETE ON {quote(table)} FROM {who}" for table in READ_ONLY]
    return lines


class Command(BaseCommand):
    help = "Grant the application's PostgreSQL role its rights; run by the owner of the tables after every migration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="the role that web, worker and beat connect as; it must exist")

    def handle(self, *, role: str, **_: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Roles exist on PostgreSQL only; DATABASE_URL must name one.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
            found = cursor.fetchone()
            if found is None or found[0]:
                raise CommandError(f"{role} must be an existing role without superuser rights.")
            for statement in statements(role):
                cursor.execute(statement)
        self.stdout.write(
            f"{role} may read, add and change rows; of {', '.join(APPEND_ONLY)} it may only read and add."
        )
