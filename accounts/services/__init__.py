"""What may be done with accounts, as verbs."""

from accounts.services.own_account import change_contact
from accounts.services.password_reset import request_reset

__all__ = ["change_contact", "request_reset"]
