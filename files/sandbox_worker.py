"""The process that reads hostile files. Started by ``files.sandbox`` as ``python -m files.sandbox_worker``; no
Django, no secrets.

It loads the parsers once, then forks a child per job: the child limits its own memory, time and files, does one job,
and ends. One JSON line in is one job, one JSON line out is its answer: ``ok``, ``rejected`` (message, status) or
``failed`` (why).
"""

import gc
import json
import os
import resource
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

from files.parsing.jobs import JOBS
from files.parsing.verdict import Rejected


def main() -> None:
    gc.freeze()  # children then share the parsers' memory instead of copying it
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_supervise(json.loads(line))) + "\n")
        sys.stdout.flush()


def _supervise(order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(order, writing)
    os.close(writing)
    try:
        answer = _read(reading, time.monotonic() + order["seconds"])
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return answer


def _read(descriptor: int, deadline: float) -> dict[str, Any]:
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            return {"failed": "timeout"}
        part = os.read(descriptor, 1 << 16)
        if not part:
            break
        parts.append(part)
    try:
        answer: dict[str, Any] = json.loads(b"".join(parts))
    except ValueError:
        return {"failed": "crash"}
    return answer


def _work(order: dict[str, Any], writing: int) -> None:
    """The child: never returns."""
    try:
        _limit(order["seconds"], order["memory"])
        try:
            value = JOBS[order["job"]](Path(order["path"]), **order["arguments"])
            answer = json.dumps({"ok": value})
        except Rejected as refusal:
            answer = json.dumps({"rejected": [refusal.message, refusal.status]})
        except (MemoryError, RecursionError):
            answer = json.dumps({"failed": "memory"})
        with os.fdopen(writing, "wb") as target:
            target.write(answer.encode())
    finally:
        os._exit(0)


def _limit(seconds: float, memory: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    cpu = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
