"""Background work of applications: printing before anybody waits for it. A lost task costs only time; pages print themselves."""

from celery import shared_task

from applications import documents
from applications.models import Application
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
