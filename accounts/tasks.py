"""Background work of accounts."""

from uuid import UUID

from celery import shared_task

from accounts.services import colleagues, password_reset


@shared_task(name=password_reset.TASK, ignore_result=True)
def send_reset(email: str) -> None:
    """Mail the links for a forgotten password."""
    password_reset.mail_reset_links(email=email)


@shared_task(name=colleagues.TASK, ignore_result=True)
def send_invitation(capacity_uuid: str) -> None:
    """Mail a colleague about a new role."""
    colleagues.mail_invitation(capacity_uuid=UUID(capacity_uuid))
