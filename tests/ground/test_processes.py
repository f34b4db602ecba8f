"""Worker and beat as real processes, on the embedded default and on Redis with PostgreSQL; the start script and its end."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import servers
from tests.ground import shell

ROOT = Path(__file__).resolve().parents[2]
CELERY = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "-A", "platforms_site"]
SECONDS = 120
MIGRATED = Path(os.environ["VAR_DIR"]) / "migrated"


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "platforms_site.settings", **more}


def manage(code: str, variables: dict[str, str]) -> str:
    return shell.ask(code, variables)


def migrate(variables: dict[str, str]) -> None:
    """An up-to-date database for the environment: a copy of one that is migrated once. That of PostgreSQL is one already."""
    if "DATABASE_URL" in variables:
        return
    if not (MIGRATED / "db.sqlite3").exists():
        MIGRATED.mkdir(exist_ok=True)
        shell.migrate(variables | {"VAR_DIR": str(MIGRATED)})
    for file in MIGRATED.glob("db.sqlite3*"):
        shutil.copy(file, variables["VAR_DIR"])


@contextmanager
def running(variables: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [*CELERY, *arguments], cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        servers.stop(process, seconds=20)


def until(holds: str, variables: dict[str, str]) -> None:
    """Wait until the code prints True in the site's own shell."""
    end = time.monotonic() + SECONDS
    while manage(holds, variables) != "True":
        assert time.monotonic() < end, f"still not true: {holds}"
        time.sleep(0.2)


SCANNED = "from lifecycle.models import ScanRun; print(ScanRun.objects.exists())"


def test_worker_and_beat_scan_on_the_embedded_default_without_any_server(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    migrate(variables)
    assert manage(SCANNED, variables) == "False"
    with running(variables, "worker", "-B", "-P", "threads", "-c", "2"):
        until(SCANNED, variables)


@pytest.mark.redis
def test_worker_and_beat_scan_on_redis_and_postgresql(tmp_path: Path, database: str, redis_url: str) -> None:
    variables = environment(tmp_path, DATABASE_URL=database, REDIS_URL=redis_url)
    migrate(variables)
    with running(variables, "worker", "-c", "1"), running(variables, "beat", "-s", str(tmp_path / "schedule")):
        until(SCANNED, variables)


@pytest.mark.redis
def test_redis_refuses_whoever_has_no_password(redis_url: str) -> None:
    host, port = redis_url.rpartition("@")[2].removesuffix("/0").split(":")
    answered = subprocess.run(
        [servers.program("redis-cli"), "-h", host, "-p", port, "PING"], text=True, capture_output=True, check=False
    )
    assert answered.stdout.startswith("NOAUTH")


def children(pid: int) -> set[int]:
    """Every living descendant of the process."""
    found = set()
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found |= {int(child)} | children(int(child))
    return found


def alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(") ")[2][0] != "Z"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_start_script_serves_and_leaves_nothing_running_however_it_ends(
    how: signal.Signals, tmp_path: Path
) -> None:
    port = servers.free_port()
    variables = environment(tmp_path, PORT=str(port))
    migrate(variables)
    manage("from accounts.models import User; User.objects.create_user('someone', name='示例')", variables)
    with (tmp_path / "out").open("wb") as out:
        script = subprocess.Popen(
            [sys.executable, "bin/serve.py"], cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    try:
        servers.wait_for(lambda: b"localhost:" in (tmp_path / "out").read_bytes(), script, "the start script", SECONDS)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.read() == b"ok"
        family = children(script.pid)
        assert len(family) >= 4  # web with two workers, worker with beat
        script.send_signal(how)
        script.wait(30)
        end = time.monotonic() + 20
        while any(map(alive, family)) and time.monotonic() < end:
            time.sleep(0.1)
        assert [pid for pid in family if alive(pid)] == []
    finally:
        servers.stop(script)
