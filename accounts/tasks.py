"""Background work of accounts."""

from celery import shared_task

from accounts.services import password_reset


@shared_task(name=password_reset.TASK, ignore_result=True)
def send_reset(email: str) -> None:
    """Mail the links for a forgotten password."""
    password_reset.mail_reset_links(email=email)
