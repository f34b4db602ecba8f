"""Masking by field type, as lists, exports and pages show personal data without the right to read it plain."""

from collections.abc import Callable
from enum import StrEnum

from regulation.identifiers import mask_id_number, mask_mobile


class Secret(StrEnum):
    """Field types whose plain value needs a right and leaves a record."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    EMAIL = "email"
    PERSON = "person"


def mask(secret: str, value: str) -> str:
    """530102********1234, 138****1234, z***@example.cn, 张*; an empty value stays empty."""
    return _MASKS[Secret(secret)](value) if value else ""


def _email(value: str) -> str:
    name, at, domain = value.partition("@")
    return f"{name[:1]}***{at}{domain}"


def _person(value: str) -> str:
    return value[:1] + "*" * (len(value) - 1)


_MASKS: dict[Secret, Callable[[str], str]] = {
    Secret.ID_NUMBER: mask_id_number,
    Secret.PHONE: mask_mobile,
    Secret.EMAIL: _email,
    Secret.PERSON: _person,
}
