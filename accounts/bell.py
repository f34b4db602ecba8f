"""The bell that wakes the worker. A lost bell costs time and never work: a sweep, or the page that waits, finds what was not done."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)
_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def silent() -> Iterator[None]:
    """No bell rings inside the block: whoever plays many steps in a row does by himself what matters."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def ring(task: str, *arguments: str | int) -> None:
    """Ask the worker for a task now. A broker that is away is not waited for, and raises nothing."""
    if _silent.get():
        return
    try:
        current_app.send_task(task, list(arguments), retry=False, ignore_result=True)
    except Exception:
        logger.warning("the bell for %s%s was lost; it is done without", task, arguments)


def ring_after_commit(task: str, *arguments: str | int) -> None:
    """``ring`` as soon as what the task is about is there to be found."""
    transaction.on_commit(partial(ring, task, *arguments), robust=True)
