"""The production processes on this machine, as docker-compose.yml describes them: for the smoke test. No container engine needed."""

import os
import re
import secrets
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests import servers

ROOT = Path(__file__).resolve().parent.parent
NAME = "localhost"


@dataclass
class Site:
    """A running production site: where it answers, and the environment of its processes."""

    folder: Path
    port: int
    http_port: int
    app: dict[str, str]
    owner: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def trust(self) -> ssl.SSLContext:
        """Trusts the site's own certificate and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "certificates" / "site.crt"))

    def manage(self, *arguments: str, owner: bool = False, text: str | None = None) -> str:
        """Run ``manage.py`` as the application's role, or as the owner of the tables; its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.owner if owner else self.app, input=text,
            text=True, capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def start(
        self, name: str, command: list[str], environment: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a process whose output goes to a file named after it."""
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment or self.app,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        return self.processes[name]

    def stop(self) -> None:
        """End every process, the front door first, with everything it has started."""
        for process in reversed(self.processes.values()):
            servers.stop(process, seconds=20)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def logs(self) -> str:
        """The last lines of every process, for whoever has to find out what went wrong."""
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {file.name}\n" + "\n".join(file.read_text().splitlines()[-25:]) for file in files)


def make_database(superuser_url: str) -> tuple[str, str]:
    """A database with an owner and a restricted application role; their addresses."""
    parts = urlsplit(superuser_url)
    passwords = {role: secrets.token_hex(20) for role in ("platforms_owner", "platforms_app")}
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role, password in passwords.items():
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
            )
        connection.execute("CREATE DATABASE platforms OWNER platforms_owner")
        connection.execute("REVOKE ALL ON DATABASE platforms FROM PUBLIC")
    owner, app = (
        f"postgresql://{role}:{word}@{parts.hostname}:{parts.port}/platforms" for role, word in passwords.items()
    )
    return owner, app


def make_certificate(folder: Path) -> None:
    """A certificate for this machine that only the test trusts."""
    folder.mkdir()
    subprocess.run(
        [servers.program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "site.key", "-out", "site.crt"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def write_nginx(site: Site, web_port: int) -> Path:
    """The front door of deploy/, filled in as the engine's image does it, inside a minimal main file."""
    values = {
        "WEB_ADDRESS": f"{servers.HOST}:{web_port}", "HTTP_PORT": str(site.http_port), "HTTPS_PORT": str(site.port),
        "SERVER_NAME": NAME, "CERTIFICATES": str(site.folder / "certificates"), "STATIC_ROOT": site.app["STATIC_ROOT"],
        "MEDIA_ROOT": site.app["MEDIA_ROOT"],
    }  # fmt: skip
    template = (ROOT / "deploy/nginx/platforms.conf.template").read_text()
    door = re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], template)
    (site.folder / "platforms.conf").write_text(door)
    temporary = "".join(
        f"{kind}_temp_path {site.folder}/nginx-{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = site.folder / "nginx.conf"
    user = "user root root;\n" if os.geteuid() == 0 else ""
    main.write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {site.folder}/nginx.pid;\nerror_log stderr warn;\n"
        f"events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\n{temporary}include {site.folder}/platforms.conf;\n}}\n"
    )
    return main


def environment_of(folder: Path, port: int, database_url: str, redis_url: str, mail_port: int) -> dict[str, str]:
    """What docker-compose.yml gives the processes, with this machine's addresses."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return kept | {
        "DEPLOYMENT": "production", "SECRET_KEY_FILE": str(folder / "secret_key"), "ALLOWED_HOSTS": NAME,
        "BASE_URL": f"https://{NAME}:{port}", "DATABASE_URL": database_url, "REDIS_URL": redis_url, "EMAIL_HOST": servers.HOST,
        "EMAIL_PORT": str(mail_port), "EMAIL_TLS": "off", "EMAIL_FROM": "platforms@localhost", "TRUSTED_PROXIES": "1",
        "MEDIA_ROOT": str(folder / "files"), "STATIC_ROOT": str(folder / "static"), "VAR_DIR": str(folder / "var"),
        "PYTHONWARNINGS": "ignore:You're running the worker",
    }  # fmt: skip


@contextmanager
def site(mail_port: int) -> Iterator[Site]:
    """nginx, gunicorn, worker and beat over PostgreSQL and Redis; mail goes to ``mail_port``. Everything is gone afterwards."""
    with ExitStack() as stack:
        superuser_url, redis_url = stack.enter_context(servers.postgres()), stack.enter_context(servers.redis())
        folder = stack.enter_context(servers.scratch())
        owner_url, app_url = make_database(superuser_url)
        (folder / "secret_key").write_text(secrets.token_urlsafe(64))
        port = servers.free_port()
        app = environment_of(folder, port, app_url, redis_url, mail_port)
        running = Site(folder, port, servers.free_port(), app, app | {"DATABASE_URL": owner_url})
        make_certificate(folder / "certificates")
        running.manage("migrate", "--no-input", owner=True)
        running.manage("grant_roles", "platforms_app", owner=True)
        running.manage("collectstatic", "--no-input", owner=True)
        stack.callback(running.stop)
        start_processes(running)
        yield running


def start_processes(running: Site) -> None:
    """The four processes, each waited for."""
    web_port = servers.free_port()
    celery = [sys.executable, "-m", "celery", "-A", "platforms_site"]
    web = running.start(
        "web", [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "platforms_site.wsgi"],
        running.app | {"WEB_BIND": f"{servers.HOST}:{web_port}"},
    )  # fmt: skip
    running.start("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"])
    running.start("beat", [*celery, "beat", "--loglevel", "INFO", "--schedule", str(running.folder / "beat")])
    servers.wait_for(lambda: servers.listening(web_port), web, "gunicorn")
    door = running.start("nginx", [servers.program("nginx"), "-e", "stderr", "-c", str(write_nginx(running, web_port))])
    servers.wait_for(lambda: servers.listening(running.port), door, "nginx")
