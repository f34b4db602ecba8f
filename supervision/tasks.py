"""Background work of supervision: reading large lists of yearly reports. A lost task costs only time."""

from celery import shared_task

from applications.services import list_reading
from supervision.services.report_imports import SHELF


@shared_task(name=SHELF.task, ignore_result=True)
def read_import(import_uuid: str) -> bool:
    """Read an uploaded list; whether it was read here or somebody else has it."""
    return list_reading.read_waiting(SHELF, import_uuid)


@shared_task(name="supervision.read_forgotten", ignore_result=True)
def read_forgotten() -> int:
    """Read the uploaded lists that a lost wake-up or a killed worker left."""
    return list_reading.read_forgotten(SHELF)
