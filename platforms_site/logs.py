"""Log lines without personal data: the request's number and where an error arose, never the error's text.

Messages of exceptions may hold what a person typed (PostgreSQL quotes the row), so only type and places are written.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import datetime

from timekeeping.clock import SHANGHAI

request_number: ContextVar[str] = ContextVar("request_number", default="")


def describe_error(error: BaseException) -> dict[str, object]:
    """Type, SQLSTATE and the places an exception went through, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    described: dict[str, object] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    if sqlstate := getattr(error.__cause__, "sqlstate", None):
        described["sqlstate"] = sqlstate
    return described


def words(record: logging.LogRecord) -> str:
    """What the line says. Django's request messages hold the address of the page, which may be a private link."""
    if record.name == "django.request":
        return "request failed"
    return str(record.msg) if record.exc_info else record.getMessage()


class JsonFormatter(logging.Formatter):
    """One JSON object per line; JSON escapes line breaks, so nobody can forge a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, SHANGHAI).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": words(record),
        }
        if number := request_number.get():
            line["request"] = number
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[1]:
            line["error"] = describe_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainFormatter(JsonFormatter):
    """The same facts for a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        line = json.loads(super().format(record))
        head = f"{line.pop('time')[11:19]} {line.pop('level')} {line.pop('logger')}: {printable(line.pop('message'))}"
        error = line.pop("error", None)
        tail = " ".join(f"{key}={printable(str(value))}" for key, value in line.items())
        places = f"\n  {error['type']}\n    " + "\n    ".join(error["at"]) if error else ""
        return f"{head} {tail}".rstrip() + places


def printable(text: str) -> str:
    """``text`` without control characters."""
    return "".join(character if character.isprintable() else "?" for character in text)
