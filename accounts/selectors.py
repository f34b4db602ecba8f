"""Finding people."""

from uuid import UUID

from accounts.models import User


def user_by_uuid(value: UUID) -> User | None:
    """The active person of that UUID, or None."""
    return User.objects.filter(uuid=value, is_active=True).first()
