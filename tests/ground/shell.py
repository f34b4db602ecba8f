"""A shell of the site in a process of its own that stays open: code goes in, what it printed comes out.

Starting Django anew for each question would take seconds, and take them from the very processes that are being watched.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOOP = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import connections
for line in sys.stdin:
    said, fault = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {})
    except Exception:
        fault = traceback.format_exc()
    connections.close_all()
    print(json.dumps([said.getvalue().strip(), fault]), flush=True)
"""
_open: dict[str, subprocess.Popen[str]] = {}


def ask(code: str, variables: dict[str, str]) -> str:
    """What the code printed, run with these environment variables. AssertionError with its traceback when it fails."""
    known = json.dumps(variables, sort_keys=True)
    if known not in _open:
        _open[known] = subprocess.Popen(
            [sys.executable, "-c", LOOP],
            cwd=ROOT,
            env=variables,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
    shell = _open[known]
    assert shell.stdin and shell.stdout
    shell.stdin.write(f"{json.dumps(code)}\n")
    shell.stdin.flush()
    answer = shell.stdout.readline()
    assert answer, "the shell has ended"
    said, fault = json.loads(answer)
    assert not fault, fault
    return str(said)


def migrate(variables: dict[str, str]) -> None:
    """Bring the database that the variables name up to date."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"], cwd=ROOT, env=variables, check=True
    )


def close() -> None:
    """End every shell; the next question opens a new one."""
    while _open:
        _, shell = _open.popitem()
        assert shell.stdin and shell.stdout
        shell.stdin.close()
        shell.wait()
        shell.stdout.close()
