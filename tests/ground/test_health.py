import json
from datetime import timedelta

import pytest
from celery import current_app
from django.db import OperationalError, connection
from django.test import Client

from desk import health
from lifecycle import collect, scanning
from lifecycle.models import ScanRun
from timekeeping import clock

pytestmark = pytest.mark.django_db


def ask(client: Client) -> tuple[int, dict[str, str]]:
    response = client.get("/healthz/deep")
    return response.status_code, json.loads(response.content)["checks"]


def test_alive_asks_nothing_of_the_database(client: Client, django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_all_is_green_after_a_scan(client: Client) -> None:
    scanning.run()
    assert ask(client) == (200, {"database": "ok", "broker": "ok", "scans": "ok"})


def test_scans_are_red_before_the_first_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "scans", lambda: iter([("review", lambda _: 0)]))
    assert ask(client) == (503, {"database": "ok", "broker": "ok", "scans": "never"})


def test_scans_are_red_when_three_bells_were_missed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "scans", lambda: iter([("review", lambda _: 0)]))
    run = ScanRun.objects.create(name="review", finished_at=clock.now() - health.SCAN_STALE_AFTER)
    assert ask(client)[0] == 200
    run.finished_at -= timedelta(seconds=1)
    run.save()
    assert ask(client) == (503, {"database": "ok", "broker": "ok", "scans": "stale"})


def test_a_broker_that_does_not_answer_is_red_and_keeps_its_address_to_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise ConnectionError("redis://:password@broker")

    monkeypatch.setattr(current_app, "connection_for_write", away)
    response = client.get("/healthz/deep")
    assert json.loads(response.content)["checks"]["broker"] == "unreachable"
    assert b"password" not in response.content


def test_a_database_that_does_not_answer_is_red(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("no")

    monkeypatch.setattr(connection, "cursor", away)
    status, checks = ask(client)
    assert (status, checks["database"], checks["scans"]) == (503, "unreachable", "unreachable")
