"""The demo city for tests: played once per run by a process of its own, then copied for whoever wants to use it.

``demo_city`` gives a test the whole city as its database, at the moment up to which it was played. Run as a program it plays
the city into a folder: ``python -m tests.demo_city FOLDER MOMENT``.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "db.sqlite3"
# Late in the last published year: the play must stand thirty days before its end, and say so.
REAL = "2026-12-20T09:00:00+08:00"
ANCHOR = "2026-12-01"


@dataclass(frozen=True)
class DemoCity:
    """A played city: its database file, its uploaded files, the real moment it was played at, and the demo's own moment."""

    database: Path
    files: Path
    real: datetime
    present: datetime


def main(folder: str, moment: str) -> None:
    """Play the city as the product does, at a given real moment."""
    os.environ |= {"VAR_DIR": folder, "DEPLOYMENT": "embedded", "DJANGO_SETTINGS_MODULE": "platforms_site.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from timekeeping import clock

    with clock.frozen(datetime.fromisoformat(moment)):
        call_command("migrate", verbosity=0)
        call_command("demo")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture(scope="session")
def played_city(tmp_path_factory: pytest.TempPathFactory) -> DemoCity:
    """The city, played once for all workers of the run. Nobody may write to it; ``demo_city`` is a copy."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    # DEMO_CITY names a folder where the city is kept between runs while one works on its tests.
    folder = Path(os.environ.get("DEMO_CITY") or shared / "demo-city")
    with (shared / "demo-city.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "played").exists():
            folder.mkdir(exist_ok=True)
            kept = {
                k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
            }
            command = [sys.executable, "-W", "ignore", "-m", "tests.demo_city", str(folder), REAL]
            done = subprocess.run(command, cwd=ROOT, env=kept, text=True, capture_output=True)
            assert done.returncode == 0, (
                f"the demo city could not be played:\n{done.stdout[-2000:]}\n{done.stderr[-6000:]}"
            )
            (folder / "played").write_text(done.stdout)
    real = datetime.fromisoformat(REAL)
    present = datetime.fromisoformat(f"{ANCHOR}{REAL[10:]}")
    return DemoCity(folder / DATABASE, folder / "files", real, present)


@pytest.fixture
def demo_city(played_city: DemoCity, settings: object, tmp_path: Path, django_db_blocker: object) -> Iterator[DemoCity]:
    """A copy of the city as the test's database; the clock stands at the demo's present."""
    from desk.demo import standing
    from timekeeping import clock

    copy = tmp_path / DATABASE
    shutil.copyfile(played_city.database, copy)
    settings.MEDIA_ROOT, settings.DEMO_ALLOWED = str(played_city.files), True  # type: ignore[attr-defined]
    standing.forget()
    with django_db_blocker.unblock(), database(copy), clock.frozen(played_city.present):  # type: ignore[attr-defined]
        yield DemoCity(copy, played_city.files, played_city.real, played_city.present)
    standing.forget()


@contextmanager
def database(path: Path) -> Iterator[None]:
    """A SQLite file as the default database inside the block."""
    from django.db import connections
    from django.db.backends.sqlite3.base import DatabaseWrapper

    former = connections["default"]
    options = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA foreign_keys=ON; PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;",
    }
    described = {**former.settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    connections["default"] = DatabaseWrapper(described, "default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = former


if __name__ == "__main__":
    main(*sys.argv[1:])
