"""The bell that beat rings."""

from celery import shared_task

from lifecycle import scanning


@shared_task(name="lifecycle.scan")
def scan() -> dict[str, int]:
    return scanning.run()
