"""Is the site alive, and do its parts work: for load balancers, container engines and the administrator on duty."""

import logging
from collections.abc import Callable
from datetime import timedelta

from celery import current_app
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import public
from lifecycle import collect
from lifecycle.models import ScanRun
from timekeeping import clock

# Three bells missed: somebody should look.
SCAN_STALE_AFTER = timedelta(minutes=35)

log = logging.getLogger(__name__)


@public
@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """200 while the web process answers; asks nothing of any other part."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@public
@require_safe
@never_cache
def deep(request: HttpRequest) -> HttpResponse:
    """Database, broker and last scans as JSON; 503 when one of them is red."""
    checks = {name: verdict(check) for name, check in CHECKS.items()}
    healthy = all(check == "ok" for check in checks.values())
    body = {"status": "ok" if healthy else "red", "checks": checks}
    return JsonResponse(body, status=200 if healthy else 503)


def verdict(check: Callable[[], str]) -> str:
    """``ok`` or a short word for what is wrong; details go to the log, not to whoever asks."""
    try:
        return check()
    except Exception:
        log.exception("a health check failed")
        return "unreachable"


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return "ok"


def broker() -> str:
    with current_app.connection_for_write() as broker_connection:
        broker_connection.ensure_connection(max_retries=1, timeout=3)
    return "ok"


def last_scans() -> str:
    """``ok``; ``never`` before some room's first scan; ``stale`` when one is overdue."""
    finished = {run.name: run.finished_at for run in ScanRun.objects.all()}
    rooms = {room for room, _ in collect.scans()}
    if rooms - finished.keys():
        return "never"
    overdue = [room for room in rooms if clock.now() - finished[room] > SCAN_STALE_AFTER]
    return "stale" if overdue else "ok"


CHECKS: dict[str, Callable[[], str]] = {"database": database, "broker": broker, "scans": last_scans}
