"""Canonical JSON and its hash, so that the same data always give the same fingerprint."""

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, exact numbers as text. TypeError for anything that is not plain data (models, floats)."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(value: object) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return format(value.normalize(), "f")
        case Fraction() | UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return sorted((_plain(item) for item in value), key=repr)
    raise TypeError(f"{type(value).__name__} has no canonical form; pass plain data")
