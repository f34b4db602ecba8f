"""Runs every test against real servers and ends with one honest line: ``python -m tests.run [pytest arguments]``.

Two parts, one after the other: the suite on SQLite, then everything that needs PostgreSQL, Redis or Chromium.
"""

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from contextlib import suppress
from pathlib import Path

from tests import servers

NO_TESTS = 5
PARTS = (
    ("SQLite", "not postgres and not redis and not browser"),
    ("PostgreSQL, Redis, Chromium", "postgres or redis or browser"),
)


def run_part(marks: str, environment: dict[str, str], report: Path, arguments: list[str]) -> int:
    """One pytest run; its exit code."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        os.environ.get("TEST_WORKERS", "2"),
        "-m",
        marks,
        f"--junitxml={report}",
    ]
    # A session of its own, so that workers and browsers it started can be ended with it, whatever happened.
    pytest = subprocess.Popen([*command, *arguments], env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return pytest.wait()
    finally:
        servers.stop(pytest, signal.SIGINT, seconds=30)
        with suppress(ProcessLookupError):
            os.killpg(pytest.pid, signal.SIGKILL)


def counted(report: Path) -> Counter[str]:
    """What the run's own report says: passed, failed, errors, skipped."""
    if not report.exists():
        return Counter(errors=1)
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - written by our own pytest
    counts: Counter[str] = Counter()
    for suite in suites:
        failed, errors, skipped = (int(suite.get(name, 0)) for name in ("failures", "errors", "skipped"))
        counts.update(failed=failed, errors=errors, skipped=skipped)
        counts.update(passed=int(suite.get("tests", 0)) - failed - errors - skipped)
    return counts


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started, total, codes = time.monotonic(), Counter[str](), []
    servers.program(*servers.CHROMIUM)
    with servers.scratch() as folder, servers.postgres() as postgres_url, servers.redis() as redis_url:
        for number, (name, marks) in enumerate(PARTS):
            environment = os.environ | {"TEST_POSTGRES_URL": postgres_url, "TEST_REDIS_URL": redis_url}
            if number:
                environment["DATABASE_URL"] = postgres_url
            print(f"\n== tests on {name}", flush=True)
            code = run_part(marks, environment, folder / f"{number}.xml", arguments)
            if code == NO_TESTS and arguments:
                continue
            codes.append(code)
            total += counted(folder / f"{number}.xml")
    print(f"\n{summary(total, time.monotonic() - started)}", flush=True)
    return 0 if codes and not any(codes) else 1


def summary(total: Counter[str], seconds: float) -> str:
    """Such as ``1203 passed, 0 failed, 0 errors, 0 skipped in 341 s``."""
    return (
        ", ".join(f"{total[name]} {name}" for name in ("passed", "failed", "errors", "skipped"))
        + f" in {seconds:.0f} s"
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except servers.Missing as missing:
        print(f"\n{missing}\n0 passed, 1 failed", flush=True)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\ninterrupted: 0 passed, 1 failed", flush=True)
        sys.exit(130)
