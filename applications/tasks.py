"""Background work of applications: printing before anybody waits for it, reading large lists. A lost task costs only time."""

from celery import shared_task

from applications import documents
from applications.models import Application
from applications.services import list_reading
from applications.services.list_imports import SHELF
from applications.services.printing import TASK


@shared_task(name=TASK, ignore_result=True)
def print_report(application_uuid: str) -> None:
    """Render 附件1 (and, once filed, the receipt) of the application as it stands now."""
    application = Application.objects.get(uuid=application_uuid)
    if application.state in ("awaiting_signature", "returned"):
        documents.report_to_sign(application)
    elif application.current_version:
        documents.application_report(application.current_version)
        documents.receipt(application.current_version)


@shared_task(name=SHELF.task, ignore_result=True)
def read_import(import_uuid: str) -> bool:
    """Read an uploaded list; whether it was read here or somebody else has it."""
    return list_reading.read_waiting(SHELF, import_uuid)


@shared_task(name="applications.read_forgotten", ignore_result=True)
def read_forgotten() -> int:
    """Read the uploaded lists that a lost wake-up or a killed worker left."""
    return list_reading.read_forgotten(SHELF)
