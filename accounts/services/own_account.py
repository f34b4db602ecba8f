"""What a person changes about the own account."""

from accounts.models import User


def change_contact(*, user: User, email: str, phone: str) -> None:
    """Set where messages reach the person; both may be empty."""
    user.email, user.phone = email, phone
    user.save(update_fields=["email", "phone"])
