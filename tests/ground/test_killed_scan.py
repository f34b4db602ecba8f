"""kill -9 of the worker in the middle of reminding, and Redis gone for a while: nothing is lost, every inbox holds each message once."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests import servers
from tests.ground.test_processes import environment, manage, migrate, running, until

HOW_MANY = 200
# Titles that never reported on last year, entered before its last day: the latest reminder is due to everybody.
WRITE = f"""
from datetime import date
from accounts.models import Capacity, District, Organisation, Role, User
from registry.models import Platform, Title
from regulation.identifiers import make_credit_code
from timekeeping import clock
year = clock.today().year
district = District.objects.get(slug="panlong")
entered = clock.shanghai(year - 1, 6, 1)
for n in range({HOW_MANY}):
    code = make_credit_code(f"91530100{{n + 1:09d}}")
    body = Organisation.objects.create(name=f"示例单位{{n}}", credit_code=code, kind="enterprise", legal_representative="示例",
                                       district=district, registered_address="示例路1号", service_address="示例路1号")
    user = User.objects.create(username=f"user{{n}}", name="示例", email=f"user{{n}}@example.com")
    Capacity.objects.create(user=user, role=Role.FILER, organisation=body, valid_from=date(year - 1, 6, 1))
    platform = Platform.objects.create(organisation=body, name=f"示例平台{{n}}", district=district)
    title = Title(platform=platform, number=f"N{{n}}", year=year - 1, sequence=n + 1, platform_name=platform.name, operator_name=body.name,
                  credit_code=code, district=district, decided_on=date(year - 1, 6, 1), valid_from=date(year - 1, 6, 1),
                  valid_to=date(year + 2, 6, 1), created_at=entered)
    title.__dict__["state"] = "granted"
    title.save()
"""
KIND = "annual_report_reminder"
TOLD = f"""
from notifications.models import InboxMessage
print(InboxMessage.objects.filter(announcement__kind__startswith="{KIND}").count() == {HOW_MANY})
"""
INBOX = f"""
from collections import Counter
from lifecycle.models import Announcement
from notifications.models import InboxMessage
mine = InboxMessage.objects.filter(announcement__kind__startswith="{KIND}")
people = Counter(mine.values_list("user", flat=True))
print(len(people), max(people.values()), Announcement.objects.filter(kind__startswith="{KIND}").count())
"""
COUNT = f"SELECT count(*) FROM lifecycle_announcement WHERE kind LIKE '{KIND}%'"  # noqa: S608 - a constant


def reminders_on_sqlite(folder: Path) -> int:
    with closing(sqlite3.connect(f"file:{folder / 'db.sqlite3'}?mode=ro", uri=True, timeout=10)) as connection:
        return int(connection.execute(COUNT).fetchone()[0])


def reminders_on_postgres(url: str) -> int:
    with closing(psycopg.connect(url)) as connection:
        row = connection.execute(COUNT).fetchone()
        return int(row[0]) if row else 0


def remind_with_a_killed_worker(variables: dict[str, str], written: Callable[[], int], *worker: str) -> None:
    migrate(variables)
    manage(WRITE, variables)
    with running(variables, *worker) as process:
        servers.wait_for(lambda: written() >= 20, process, "reminding", 90)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert 20 <= written() < HOW_MANY, "the worker had finished before it was killed; nothing was shown"
    with running(variables, *worker):
        manage("from lifecycle import tasks; tasks.scan.delay()", variables)
        until(TOLD, variables)
    # A second bell and a second worker tell nobody again.
    manage("from lifecycle import scanning; scanning.run(); scanning.run()", variables)
    manage("from notifications.services import delivering; delivering.hand_over()", variables)
    assert manage(INBOX, variables) == f"{HOW_MANY} 1 {HOW_MANY}"


def test_no_reminder_is_lost_or_doubled_on_the_embedded_default(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    worker = "worker", "-B", "-P", "threads", "-c", "2", "-s", str(tmp_path / "beat")
    remind_with_a_killed_worker(variables, lambda: reminders_on_sqlite(tmp_path), *worker)


@pytest.mark.redis
def test_no_reminder_is_lost_or_doubled_on_redis_and_postgresql(tmp_path: Path, database: str, redis_url: str) -> None:
    variables = environment(tmp_path, DATABASE_URL=database, REDIS_URL=redis_url)
    worker = "worker", "-B", "-c", "2", "-s", str(tmp_path / "beat")
    remind_with_a_killed_worker(variables, lambda: reminders_on_postgres(database), *worker)


@pytest.mark.redis
def test_reminders_written_while_redis_was_gone_are_delivered_once_it_is_back(tmp_path: Path, database: str) -> None:
    port, password = servers.free_port(), "kunming-test"
    variables = environment(tmp_path, DATABASE_URL=database, REDIS_URL=f"redis://:{password}@{servers.HOST}:{port}/0")
    migrate(variables)
    worker = "worker", "-B", "-c", "1", "-s", str(tmp_path / "beat")
    with servers.redis_server(port, password) as redis, running(variables, *worker):
        until("from lifecycle.models import ScanRun; print(ScanRun.objects.exists())", variables)
        manage(WRITE, variables)
        redis.kill()
        redis.wait()
        # The web process reminds by itself: its wake-ups are lost, its rows are not.
        manage("from lifecycle import scanning; scanning.run()", variables)
        assert reminders_on_postgres(database) == HOW_MANY
        assert manage(TOLD, variables) == "False"
        time.sleep(2)
        with servers.redis_server(port, password):
            until(TOLD, variables)
            assert manage(INBOX, variables) == f"{HOW_MANY} 1 {HOW_MANY}"
