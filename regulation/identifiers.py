"""Identifiers: unified social credit code (GB 32100-2015) and others. Skeleton; grown by the law's own commit."""

import unicodedata


def normalise_credit_code(text: str) -> str:
    """Full width to half width, upper case, without spaces and hyphens; says nothing about validity."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split()).replace("-", "")
