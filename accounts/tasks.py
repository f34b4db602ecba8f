"""Background work of accounts."""

from uuid import UUID

from celery import shared_task

from accounts.services import colleagues, own_account, password_reset


@shared_task(name=password_reset.TASK, ignore_result=True)
def send_reset(fingerprint: str) -> None:
    """Mail the links for a forgotten password."""
    password_reset.mail_reset_links(fingerprint=fingerprint)


@shared_task(name=colleagues.TASK, ignore_result=True)
def send_invitation(capacity_uuid: str) -> None:
    """Mail a colleague about a new role."""
    colleagues.mail_invitation(capacity_uuid=UUID(capacity_uuid))


@shared_task(name=own_account.TASK, ignore_result=True)
def send_contact_moved(former_address: int) -> None:
    """Tell the former address that the account's mail goes elsewhere now."""
    own_account.mail_contact_moved(former_address=former_address)
