"""Set-ups built once in a run: what a builder wrote is kept, and written again for the next test that begins in the same way.

``cast.submitted_application()`` and its like go through the real services, which takes the better part of a second, and hundreds
of tests begin with one. The first call records every row it writes, the files it stores and what it returns. A later call with the
same arguments, at the same moment of the clock, from the same state of the database repeats exactly those statements instead.

The same state means: the test has done nothing but such calls so far, the same ones in the same order. As soon as it writes
anything else, builders run in full. Only SQLite takes part, whose row ids start anew in each test.
"""

import functools
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection, models

from timekeeping import clock

P, T = ParamSpec("P"), TypeVar("T")
PLAIN = (str, bytes, int, float, bool, type(None), Decimal, Fraction, date, time, timedelta, UUID, Enum)
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
Statement = tuple[str, Any, bool]


class Opaque(Exception):
    """An argument that cannot be told from another one of its kind."""


class Kept:
    """What one call did: its statements in order, its files, what it returned, and the builder's own object afterwards."""

    def __init__(self, statements: list[Statement], files: dict[str, bytes], value: object) -> None:
        self.statements, self.files, self.value = statements, files, pickle.dumps(value)

    def put_back(self) -> Any:
        """Do it again and return what it returned."""
        with connection.cursor() as cursor:
            for sql, params, many in self.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
                if "RETURNING" in sql:
                    cursor.fetchall()
        for name, content in self.files.items():
            path = Path(settings.MEDIA_ROOT, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return pickle.loads(self.value)  # noqa: S301 - our own, of this run


class Trail:
    """What a test has done to the database so far, as the name of its state; none once that cannot be repeated."""

    def __init__(self) -> None:
        self.state: tuple[object, ...] | None = None
        self.astray = False
        self.statements: list[Statement] | None = None
        self.resting = False

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """The wrapper around every statement of the test."""
        words = sql.lstrip()[:9].upper()
        if self.statements is not None:
            if words.startswith(WRITES + SAVEPOINTS):
                self.statements.append((sql, list(params) if many else params, many))
        elif not self.resting and words.startswith((*WRITES, "ROLLBACK")):
            self.astray = True
        return execute(sql, params, many, context)

    @contextmanager
    def rest(self) -> Iterator[None]:
        """Statements inside the block are those of a kept call."""
        self.resting = True
        try:
            yield
        finally:
            self.resting = False


KEPT: dict[tuple[object, ...], Kept] = {}
_trail: Trail | None = None


@contextmanager
def followed() -> Iterator[None]:
    """A test: its statements are watched, so that builders know what they start from."""
    global _trail
    _trail = Trail()
    try:
        with connection.execute_wrapper(_trail.watch):
            yield
    finally:
        _trail = None


def kept(build: Callable[P, T]) -> Callable[P, T]:
    """A builder whose result and rows are kept. It must not rely on changing its arguments, but may change its own object."""

    @functools.wraps(build)
    def again(*args: P.args, **kwargs: P.kwargs) -> T:
        trail = _trail
        if trail is None or trail.astray or trail.statements is not None or connection.vendor != "sqlite":
            return build(*args, **kwargs)
        if trail.watch not in connection.execute_wrappers:
            return build(*args, **kwargs)
        try:
            key = (*_state(trail), build.__module__, build.__qualname__, clock.now(), _told(args), _told(kwargs))
        except Opaque:
            return build(*args, **kwargs)
        own = vars(args[0]) if args and _is_own(args[0]) else None
        if key not in KEPT:
            KEPT[key] = _recorded(trail, own, lambda: build(*args, **kwargs))
            value, after = pickle.loads(KEPT[key].value)  # noqa: S301
        else:
            with trail.rest():
                value, after = KEPT[key].put_back()
        if own is not None:
            own.update(after)
        trail.state = key
        returned: T = value
        return returned

    return again


def _state(trail: Trail) -> tuple[object, ...]:
    """The name of the state so far; at first where the row ids stand."""
    if trail.state is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
            return (tuple(cursor.fetchall()),)
    return (trail.state,)


def _recorded(trail: Trail, own: dict[str, Any] | None, build: Callable[[], Any]) -> Kept:
    before = set(_files())
    trail.statements = []
    try:
        value = build()
        statements = trail.statements
    except BaseException:
        trail.astray = True
        raise
    finally:
        trail.statements = None
    root = Path(settings.MEDIA_ROOT)
    files = {name: (root / name).read_bytes() for name in _files() if name not in before}
    return Kept(statements, files, (value, own))


def _files() -> Iterator[str]:
    root = Path(settings.MEDIA_ROOT)
    return (str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def _is_own(value: object) -> bool:
    """An object of the tests themselves, such as a town whose methods build."""
    return type(value).__module__.startswith("tests.") and hasattr(value, "__dict__")


def _told(value: object) -> object:
    """An argument as something equal exactly when the argument is."""
    if isinstance(value, models.Model):
        if value.pk is None:
            raise Opaque
        return value._meta.label, value.pk
    if isinstance(value, PLAIN):
        return type(value).__qualname__, value
    if isinstance(value, list | tuple):
        return tuple(_told(one) for one in value)
    if isinstance(value, dict):
        return tuple((_told(key), _told(one)) for key, one in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__qualname__, tuple(_told(getattr(value, field.name)) for field in fields(value))
    if _is_own(value):
        return type(value).__qualname__, _told(vars(value))
    raise Opaque
