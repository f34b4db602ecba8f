"""Running a parser on a file somebody brought: in another process, with 10 seconds and 512 MB (``files.limits``)."""

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from files import limits
from files.parsing.verdict import Rejected

TOO_HEAVY = "文件内容过于复杂，无法在规定时间内读取。请精简或拆分后重新上传。"
_HOME = Path(__file__).resolve().parent.parent
_GRACE_SECONDS = 5


class _Worker:
    """One running ``files.sandbox_worker``, used by one thread at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "files.sandbox_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOME,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            text=True,
        )

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """The answer; a worker that is itself stuck or dead is ended and answers ``failed``."""
        assert self.process.stdin and self.process.stdout
        # The first order also waits for the worker to load its parsers.
        timer = threading.Timer(order["seconds"] + 2 * _GRACE_SECONDS, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            timer.cancel()
        if not answer:
            self.close()
            return {"failed": "crash"}
        result: dict[str, Any] = json.loads(answer)
        return result

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


_idle: list[_Worker] = []
_owner = os.getpid()


def run(job: str, path: Path, *, seconds: float = limits.PARSE_SECONDS, **arguments: Any) -> Any:
    """The job's plain result. Rejected when the job rejects the file, and (422) when it needs too much time or
    memory.
    """
    order = {
        "job": job,
        "path": str(path),
        "arguments": arguments,
        "seconds": seconds,
        "memory": limits.PARSE_MEMORY_BYTES,
    }
    worker = _take()
    answer = worker.ask(order)
    if worker.process.poll() is None:
        _idle.append(worker)
    if "ok" in answer:
        return answer["ok"]
    if "rejected" in answer:
        raise Rejected(*answer["rejected"])
    raise Rejected(TOO_HEAVY)


def _take() -> _Worker:
    global _owner
    if _owner != os.getpid():  # after a fork the workers still belong to the parent
        _owner = os.getpid()
        _idle.clear()
    while _idle:
        worker = _idle.pop()
        if worker.process.poll() is None:
            return worker
        worker.close()
    return _Worker()


@atexit.register
def stop() -> None:
    """End the idle workers of this process."""
    while _owner == os.getpid() and _idle:
        _idle.pop().close()
