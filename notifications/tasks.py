"""The wake-up and the sweep. The sweep finds what a lost wake-up or a dead worker left."""

from celery import shared_task

from files import intake
from lifecycle.models import ScanRun
from notifications.services import delivering
from timekeeping import clock


@shared_task(name="notifications.deliver")
def deliver() -> dict[str, int]:
    return delivering.deliver()


@shared_task(name="notifications.sweep")
def sweep() -> dict[str, int]:
    """Deliver what waits, ask the scanner again about files it could not check, and say on the health page that it ran."""
    outcome = delivering.deliver()
    intake.rescan_pending()
    ScanRun.objects.update_or_create(name="notifications", defaults={"finished_at": clock.now()})
    return outcome
