"""Runs the embedded product: migrates, fills the demo city when the database is empty, starts web, worker and beat.

``python bin/serve.py`` is what `make run` calls, ``python bin/serve.py --demo`` what `make demo` calls.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platforms_site.settings")

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from platforms_site.env import env  # noqa: E402

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 10
START_SECONDS = 60


def end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent dies, however it dies: nothing is left running."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def migrate() -> None:
    """Bring the database up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def fill_demo_city() -> None:
    """Play the demo into an empty database. A filling that was broken off is thrown away and played again."""
    unfinished = settings.VAR_DIR / "demo-unfinished"
    if unfinished.exists():
        print("The last filling of the demo city was broken off; starting again.", flush=True)
        for leftover in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"):
            (settings.VAR_DIR / leftover).unlink(missing_ok=True)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        migrate()
    unfinished.touch()
    subprocess.run([sys.executable, "manage.py", "demo"], check=True, preexec_fn=end_with_parent)
    unfinished.unlink()


def prepare() -> None:
    """Migrate, and fill the demo city when nobody is in the database yet."""
    django.setup()
    from django.db import connection

    from accounts.models import User

    migrate()
    empty = not User.objects.exists() or (settings.VAR_DIR / "demo-unfinished").exists()
    connection.close()
    if empty:
        fill_demo_city()


def commands(host: str, port: int) -> dict[str, list[str]]:
    """The processes: web, and one worker with beat inside."""
    celery = (
        "-A platforms_site worker -B -P threads -c 4 --without-gossip --without-mingle --without-heartbeat -l WARNING"
    )
    gunicorn = (
        f"--worker-class gthread --workers 2 --threads 4 --bind {host}:{port} --log-level warning platforms_site.wsgi"
    )
    return {
        "web": [sys.executable, "-m", "gunicorn", *gunicorn.split()],
        # Celery warns of running as root; a demonstration may.
        "worker": [
            sys.executable,
            "-W",
            "ignore:You're running the worker",
            "-m",
            "celery",
            "--quiet",
            *celery.split(),
        ],
    }


def answers(port: int) -> bool:
    """Whether the web process answers on the port."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """End every process with everything it has started: politely, then for certain."""
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    end = time.monotonic() + GRACE_SECONDS
    for process in processes.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, end - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def serve(host: str, port: int) -> int:
    """Run until Ctrl-C, SIGTERM, or the end of one of the processes; the exit code."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            print(f"Port {port} is taken. Choose another: PORT=9000 make run", file=sys.stderr)
            return 1
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands(host, port).items():
            # A session of its own: Ctrl-C reaches only this process, which then ends the others in order.
            processes[name] = subprocess.Popen(
                command, start_new_session=True, stdin=subprocess.DEVNULL, preexec_fn=end_with_parent
            )
        end = time.monotonic() + START_SECONDS
        while not answers(port):
            if time.monotonic() > end or any(process.poll() is not None for process in processes.values()):
                print("The web process did not start.", file=sys.stderr)
                return 1
            time.sleep(0.1)
        announce(port)
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    print(f"The {name} process ended unexpectedly (exit code {process.returncode}).", file=sys.stderr)
                    return 1
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        # A second Ctrl-C must not leave processes behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        stop(processes)


def announce(port: int) -> None:
    """Print the demo accounts and the address, the address last where eyes look first."""
    # A process of its own: this one looked for the demo city before it was there.
    subprocess.run([sys.executable, "manage.py", "demo", "--accounts"], check=False, preexec_fn=end_with_parent)
    print(f"\n  昆明市中小企业公共服务示范平台    http://localhost:{port}\n  Ctrl-C stops everything.\n", flush=True)


def main() -> int:
    # Python leaves Ctrl-C ignored when a script started it in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    end_with_parent()
    port = env.int("PORT", 8000, least=1, most=65535)
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    try:
        prepare()
    except KeyboardInterrupt:
        return 130
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    return 0 if "--demo" in sys.argv else serve(env.text("HOST", "127.0.0.1"), port)


if __name__ == "__main__":
    sys.exit(main())
