"""The hidden part of every form that takes a step: idempotency key and version of what the person saw."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from lifecycle.idempotency import FormKey, from_request

VERSION_FIELD = "version"


@dataclass(frozen=True)
class Submitted:
    """What a posted step form carries besides its fields. Services take both as ``key`` and ``version``."""

    key: FormKey | None
    version: int | None

    def kwargs(self) -> dict[str, Any]:
        return {"key": self.key, "version": self.version}


def submitted(request: HttpRequest) -> Submitted:
    """Read key and version of a posted form; a missing or crooked version counts as none."""
    raw = request.POST.get(VERSION_FIELD, "")
    return Submitted(from_request(request), int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None)
