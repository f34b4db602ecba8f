"""Writes the one initial migration of each named room anew, its constraints inside (docs/decisions/0009):
``.venv/bin/python bin/initial_migrations.py applications review``.
"""

import os
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platforms_site.settings")


def main(rooms: list[str]) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.writer import MigrationWriter

    for room in rooms:
        (HOME / room / "migrations" / "0001_initial.py").unlink(missing_ok=True)
    call_command("makemigrations", *rooms, verbosity=0)
    disk = MigrationLoader(None).disk_migrations
    for room in rooms:
        migration = disk[room, "0001_initial"]
        migration.operations = folded(migration.operations)
        target = HOME / room / "migrations" / "0001_initial.py"
        target.write_text(MigrationWriter(migration).as_string(), encoding="utf-8")
        print(f"{room}: {len(migration.operations)} operations")


def folded(operations: list) -> list:
    """All models of the room in one CreateTogether, later fields and constraints inside them; what else there is follows."""
    from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel

    from accounts.tables import CreateTogether

    models = {op.name_lower: op for op in operations if isinstance(op, CreateModel)}
    rest = []
    for op in operations:
        model = models.get(getattr(op, "model_name_lower", ""))
        if isinstance(op, AddField) and model:
            model.fields.append((op.name, op.field))
        elif isinstance(op, AddConstraint) and model:
            model.options.setdefault("constraints", []).append(op.constraint)
        elif isinstance(op, AddIndex) and model:
            model.options.setdefault("indexes", []).append(op.index)
        elif not isinstance(op, CreateModel):
            rest.append(op)
    return [CreateTogether(list(models.values())), *rest]


if __name__ == "__main__":
    main(sys.argv[1:])
