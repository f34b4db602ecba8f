"""What may be done with accounts, as verbs."""

from accounts.services.own_account import change_contact
from accounts.services.password_reset import request_reset
from accounts.services.registration import register

__all__ = ["change_contact", "register", "request_reset"]
