"""Reasons that a step must carry."""

from django.core.exceptions import ValidationError


def required(text: str, field: str, words: str) -> str:
    """The text without surrounding blanks. Raises ValidationError at ``field`` when nothing is left."""
    if not text.strip():
        raise ValidationError({field: words})
    return text.strip()
