"""Real servers with throw-away data on private ports, for tests and for `make smoke-production`. Standard library only.

A missing program is an error that says what to install; nothing is ever skipped because of it.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 30
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Missing(RuntimeError):
    """A program that tests need is not installed, or did not start."""


def program(*names: str) -> str:
    """The path of the first of ``names`` found on PATH or among PostgreSQL's own programs."""
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True
    )
    search = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin", *map(str, newest_first)])
    for name in names:
        if found := shutil.which(name, path=search):
            return found
    raise Missing(f"{names[0]} is not installed. Run `make test` once as root, or install what `make packages` lists.")


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def wait_for(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], what: str, seconds: float = START_SECONDS
) -> None:
    """Return as soon as ``ready()``; an error when the process has ended or the time is over."""
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise Missing(f"{what} ended while starting (exit code {process.returncode}).")
        if time.monotonic() > end:
            raise Missing(f"{what} did not answer within {seconds:.0f} seconds.")
        time.sleep(0.05)


def stop(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask the process to end, then end it."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def scratch(owner: pwd.struct_passwd | None = None) -> Iterator[Path]:
    """A directory that is gone afterwards, below /tmp so that the path of a socket in it stays short."""
    folder = Path(tempfile.mkdtemp(prefix="platforms-", dir="/tmp"))
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres(given: str | None = None) -> Iterator[str]:
    """The address of a PostgreSQL superuser; ``given`` is passed through, otherwise a server is started and stopped."""
    if given:
        yield given
        return
    # PostgreSQL refuses to run as root: root lends it the account that the package made.
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    become = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"] if owner else []
    initdb, server = program("initdb"), program("postgres")
    with scratch(owner) as folder:
        password = secrets.token_urlsafe(24)
        secret = folder / "password"
        secret.write_text(password)
        if owner:
            os.chown(secret, owner.pw_uid, owner.pw_gid)
        subprocess.run(
            [*become, initdb, "--pgdata", str(folder / "data"), "--username=owner", f"--pwfile={secret}", "--auth=scram-sha-256",
             "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True, stdout=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        port = free_port()
        options = {"port": port, "listen_addresses": HOST, "unix_socket_directories": folder, "fsync": "off",
                   "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 100}  # fmt: skip
        arguments = [text for name, value in options.items() for text in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*become, server, "-D", str(folder / "data"), *arguments], stdout=log, stderr=log, cwd=folder,
                start_new_session=True,
            )  # fmt: skip
        try:
            ready = [program("pg_isready"), "-q", "-h", HOST, "-p", str(port)]
            wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, process, "PostgreSQL")
            yield f"postgresql://owner:{password}@{HOST}:{port}/postgres"
        finally:
            stop(process, signal.SIGINT)


@contextmanager
def redis_server(port: int, password: str) -> Iterator[subprocess.Popen[bytes]]:
    """An empty Redis that keeps nothing over its end, as a broker in memory does in production."""
    with scratch() as folder:
        lines = [f"port {port}", f"bind {HOST}", f"requirepass {password}", f"dir {folder}", 'save ""', "appendonly no"]
        process = subprocess.Popen(
            [program("redis-server"), "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            assert process.stdin
            process.stdin.write("\n".join(lines).encode())
            process.stdin.close()
            wait_for(lambda: listening(port), process, "Redis")
            yield process
        finally:
            stop(process)


@contextmanager
def redis() -> Iterator[str]:
    """The address, password included, of an empty Redis."""
    port, password = free_port(), secrets.token_urlsafe(24)
    with redis_server(port, password):
        yield f"redis://:{password}@{HOST}:{port}/0"
