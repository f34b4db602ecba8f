"""Runs every test against real servers and ends with one honest line: ``python -m tests.run [pytest arguments]``.

Two parts side by side: the suite on SQLite, and everything that needs PostgreSQL, Redis, Chromium or LibreOffice and mostly waits for them.
The second part's output is shown when the first has ended.
"""

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests import servers

NO_TESTS = 5


@dataclass(frozen=True)
class Part:
    """One pytest run: its name, the marks it selects, how many workers it has, whether its database is PostgreSQL."""

    name: str
    marks: str
    workers: int
    on_postgres: bool = False


PARTS = (
    Part("SQLite", "not postgres and not redis and not browser and not office", 2),
    Part("PostgreSQL, Redis, Chromium, LibreOffice", "postgres or redis or browser or office", 2, on_postgres=True),
)


@dataclass
class Run:
    """A pytest run under way; its own report tells what came of it."""

    part: Part
    process: subprocess.Popen[bytes]
    output: Path
    report: Path

    def result(self) -> int:
        """Wait for the end, show the output when it was kept back, and return the exit code."""
        code = self.process.wait()
        if self.output.exists():
            print(f"\n== tests on {self.part.name}\n{self.output.read_text(errors='replace')}", flush=True)
        return code


@contextmanager
def running(part: Part, environment: dict[str, str], folder: Path, arguments: list[str]) -> Iterator[Run]:
    """Start the part; whatever happens, its workers and browsers end with the block."""
    report, output = folder / f"{PARTS.index(part)}.xml", folder / f"{PARTS.index(part)}.out"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        str(part.workers),
        "--dist",
        "worksteal",
        "-m",
        part.marks,
        f"--junitxml={report}",
    ]
    kept_back = output.open("wb") if part is not PARTS[0] else None
    # A session of its own, so that workers and browsers it started can be ended with it, whatever happened.
    pytest = subprocess.Popen(
        [*command, *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=kept_back, stderr=kept_back,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield Run(part, pytest, output, report)
    finally:
        if kept_back:
            kept_back.close()
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
    for names in (servers.CHROMIUM, ("redis-server",)):
        servers.program(*names)
    with ExitStack() as stack:
        folder = stack.enter_context(servers.scratch())
        address = stack.enter_context(servers.postgres())
        print(f"\n== tests on {PARTS[0].name}; at the same time on {PARTS[1].name}", flush=True)
        runs = []
        for part in PARTS:
            database = {"DATABASE_URL": address} if part.on_postgres else {}
            # Hundreds of processes start from the same source; it is compiled once.
            environment = os.environ | {"TEST_POSTGRES_URL": address, "PYTHONDONTWRITEBYTECODE": ""} | database
            runs.append(stack.enter_context(running(part, environment, folder, arguments)))
        for run in runs:
            code = run.result()
            if code == NO_TESTS and arguments:
                continue
            codes.append(code)
            total += counted(run.report)
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
