"""What a person changes about the own account."""

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from accounts.models import FormerAddress, User
from accounts.services import mailing

MAIL = "contact_moved"


@transaction.atomic
def change_contact(*, user: User, email: str, phone: str) -> None:
    """Set where messages reach the person; both may be empty. The address given up is told, after commit."""
    former = user.email
    user.email, user.phone = email, phone
    user.save(update_fields=["email", "phone"])
    if former and former.lower() != email.lower():
        given_up = FormerAddress.objects.create(user=user, email=former)
        mailing.ask(MAIL, given_up.pk)


def mail_contact_moved(former_address: str) -> None:
    """Tell the former address (its key), so that a stranger cannot move an account's mail unnoticed."""
    given_up = FormerAddress.objects.select_related("user").get(pk=former_address)
    body = render_to_string("accounts/mail/contact_moved.txt", {"user": given_up.user})
    send_mail("账号的联系邮箱已变更", body, None, [given_up.email])
