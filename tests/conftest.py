"""What every test stands on: a clock that stands still, files of its own, and servers that are really there or fail loudly."""

import gc
import os
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from unittest import mock

import hypothesis
import pytest
from celery import current_app
from django.db import connection
from pytest_django import Settings

from files import limits
from tests import kept, servers
from timekeeping import clock

DEFAULT_DATE = "2026-11-23"

# How fast a machine draws examples says nothing about the product.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end; looking through them for cycles again and again takes time from all of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(300_000, 20, 20)


@pytest.fixture(scope="session")
def today() -> date:
    """The date the suite believes in: TEST_CLOCK, or 2026-11-23."""
    return date.fromisoformat(os.environ.get("TEST_CLOCK") or DEFAULT_DATE)


@pytest.fixture(autouse=True)
def frozen_clock(today: date) -> Iterator[datetime]:
    """The product's clock stands at 09:00 of ``today`` in Shanghai; ``clock.frozen`` moves it inside a test."""
    moment = datetime.combine(today, time(9), clock.SHANGHAI)
    with clock.frozen(moment):
        yield moment


@pytest.fixture(autouse=True)
def followed() -> Iterator[None]:
    """Builders that are kept know what the test has done before (``tests.kept``)."""
    with kept.followed():
        yield


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Steps are tried without the rooms' own rules, to test the engine alone."""
    with mock.patch("lifecycle.guards.reasons", return_value=()):
        yield


@pytest.fixture(autouse=True)
def real_database(request: pytest.FixtureRequest) -> None:
    """A test that needs PostgreSQL fails without it; it is never skipped."""
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.fail("this test needs PostgreSQL: run `make test`, or set DATABASE_URL")


@pytest.fixture
def in_background(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """Every uploaded list is large, and what the worker is asked to do."""
    asked: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(limits, "READ_AT_ONCE_BYTES", 0)
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: asked.append((name, args)))
    return asked


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> Path:
    """Uploaded files of a test live and die with it."""
    settings.MEDIA_ROOT = str(tmp_path / "files")
    return Path(settings.MEDIA_ROOT)


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """Files of a test need not survive a power failure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture
def redis_url() -> Iterator[str]:
    """The address, password included, of a real Redis of the test's own: workers of two tests would take each other's tasks."""
    with servers.redis() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL whose role may create databases."""
    with servers.postgres(os.environ.get("TEST_POSTGRES_URL")) as url:
        yield url


pytest_plugins = ["tests.counting", "tests.demo_city", "tests.browser", "tests.teardown"]
