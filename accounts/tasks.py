"""Background work of accounts."""

from celery import shared_task

from accounts.services import colleagues, forgetting, mailing, own_account, password_reset

SENDERS = {
    password_reset.MAIL: password_reset.mail_reset_links,
    colleagues.MAIL: colleagues.mail_invitation,
    own_account.MAIL: own_account.mail_contact_moved,
}


@shared_task(name=mailing.TASK, ignore_result=True)
def send_mail(key: int) -> None:
    """Send one mail about an account."""
    mailing.send(key, SENDERS)


@shared_task(name="accounts.send_waiting", ignore_result=True)
def send_waiting() -> None:
    """Send what a lost wake-up, a dead worker or a mail server that was away left."""
    mailing.send_waiting(SENDERS)


@shared_task(name="accounts.forget", ignore_result=True)
def forget() -> None:
    """Delete ended sessions with whatever was typed into their forms, and what limited forms and mail."""
    forgetting.forget()
