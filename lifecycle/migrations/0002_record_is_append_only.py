"""Triggers that refuse UPDATE, DELETE and TRUNCATE of the record, and the rows every database begins with."""

from django.db import migrations

from lifecycle.seeding import plant

TABLE = "lifecycle_steprecord"
REFUSAL = "the record is append-only"


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        for event, level in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"{TABLE}_no_{event.split()[0].lower()}"
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH {level} EXECUTE FUNCTION {TABLE}_refuse()"
            )
    else:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for event in ("update", "truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{event} ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_refuse()")
    else:
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("lifecycle", "0001_initial")]

    operations = [
        migrations.RunPython(protect, unprotect),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
