"""kill -9 of the worker in the middle of delivering: nothing is lost, and nobody is told twice in the inbox."""

import os
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from tests import servers
from tests.ground.test_processes import environment, manage, migrate, running, until

HOW_MANY = 200
WRITE = f"""
import uuid
from accounts.models import User
from lifecycle import announcements
from lifecycle.models import Announcement
user = User.objects.create_user("told", name="示例", email="told@example.com")
Announcement.objects.bulk_create(
    Announcement(subject_type="application", subject_id=uuid.uuid4(), kind="submit", occasion=str(n), recipient=f"user:{{user.uuid}}",
                 user=user, email=user.email, title=f"第{{n}}件", body="请查看。") for n in range({HOW_MANY}))
announcements.wake()
"""
DELIVERED = f"""
from notifications.models import MailDelivery
print(MailDelivery.objects.filter(state=MailDelivery.State.SENT).count() == {HOW_MANY})
"""
INBOX = """
from collections import Counter
from notifications.models import InboxMessage
times = Counter(InboxMessage.objects.values_list("announcement", flat=True))
print(len(times), max(times.values()))
"""
PENDING = "from notifications.models import MailDelivery; print(MailDelivery.objects.filter(state='pending').exists())"


def sent(folder: Path) -> Counter[str]:
    """How often each mail was handed to the mail server, which is a folder of files here, by its Message-ID."""
    lines = (line for file in (folder / "mail").glob("*") for line in file.read_bytes().splitlines())
    return Counter(line.decode() for line in lines if line.startswith(b"Message-ID:"))


def deliver_with_a_killed_worker(folder: Path, variables: dict[str, str], *worker: str) -> None:
    migrate(variables)
    manage(WRITE, variables)
    with running(variables, *worker) as process:
        servers.wait_for(lambda: len(sent(folder)) >= 20, process, "delivering", 60)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert manage(PENDING, variables) == "True", "the worker had finished before it was killed; nothing was shown"
    time.sleep(1)
    with running(variables, *worker):
        until(DELIVERED, variables)
    told = sent(folder)
    assert len(told) == HOW_MANY
    # Between the server's acceptance and the commit a killed worker leaves one mail, with the same Message-ID, to be sent again.
    assert sum(told.values()) - HOW_MANY <= 2
    assert manage(INBOX, variables) == f"{HOW_MANY} 1"


def test_nothing_is_lost_on_the_embedded_default(tmp_path: Path) -> None:
    deliver_with_a_killed_worker(
        tmp_path, environment(tmp_path), "worker", "-B", "-P", "threads", "-c", "2", "-s", str(tmp_path / "beat")
    )


@pytest.mark.redis
def test_nothing_is_lost_on_redis_and_postgresql(tmp_path: Path, database: str, redis_url: str) -> None:
    variables = environment(tmp_path, DATABASE_URL=database, REDIS_URL=redis_url)
    deliver_with_a_killed_worker(tmp_path, variables, "worker", "-B", "-c", "2", "-s", str(tmp_path / "beat"))
