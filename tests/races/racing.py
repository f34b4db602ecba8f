"""Running the same moment in many threads, each with a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def race(*runners: Callable[[], Any]) -> list[Any]:
    """Start all runners at one barrier; each one's result, or the exception it raised, in the order given."""
    barrier = threading.Barrier(len(runners))
    results: list[Any] = [None] * len(runners)

    def run(place: int, runner: Callable[[], Any]) -> None:
        try:
            barrier.wait(20)
            results[place] = runner()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a runner is stuck"
    return results


def kinds(results: Sequence[Any]) -> list[str]:
    """How each runner ended: the exception's name, or ``done``; sorted."""
    return sorted(type(result).__name__ if isinstance(result, Exception) else "done" for result in results)
