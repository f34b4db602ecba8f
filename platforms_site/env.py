"""Strict readers of environment variables.

A value is either exactly what the reader understands or the process refuses to start with a message that names the
variable. Secrets may also be given as a file: ``NAME_FILE`` holds the path.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


class Refused(ImproperlyConfigured):
    """An environment variable that cannot be used; the message names it and says what would be right."""


@dataclass(frozen=True)
class Env:
    """Reads from ``source``; empty text counts as not set. Without a default a missing variable is refused."""

    source: Mapping[str, str]

    def text(self, name: str, default: str | None = None) -> str:
        """The text of ``name``, without surrounding blanks."""
        value = self.source.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise Refused(f"{name} is not set.")
        return default

    def secret(self, name: str, default: str | None = None) -> str:
        """The text of ``name``, or the content of the file that ``NAME_FILE`` points to."""
        file = self.source.get(f"{name}_FILE", "").strip()
        if not file:
            return self.text(name, default)
        if self.source.get(name, "").strip():
            raise Refused(f"{name} and {name}_FILE are both set; keep one.")
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Refused(f"{name}_FILE points to a file that cannot be read ({error.strerror}).") from None

    def bool(self, name: str, default: bool | None = None) -> bool:
        """Yes or no, written 1/0, true/false, yes/no or on/off."""
        value = self.text(name, None if default is None else str(default)).lower()
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise Refused(f"{name} must be one of {', '.join(TRUE + FALSE)}.")

    def int(self, name: str, default: int | None = None, *, least: int = 0, most: int = 10**9) -> int:
        """A whole number in ASCII digits between ``least`` and ``most``, both included."""
        value = self.text(name, None if default is None else str(default))
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise Refused(f"{name} must be a whole number from {least} to {most}.")
        return int(value)

    def list(self, name: str, default: list[str] | None = None) -> list[str]:
        """Comma-separated texts; an empty item between two commas is refused."""
        value = self.text(name, None if default is None else ",".join(default))
        items = [item.strip() for item in value.split(",")] if value else []
        if not all(items):
            raise Refused(f"{name} has an empty item between commas.")
        return items

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of ``choices``."""
        value = self.text(name, default)
        if value not in choices:
            raise Refused(f"{name} must be one of {', '.join(choices)}.")
        return value

    def url(self, name: str, schemes: tuple[str, ...], default: str | None = None) -> SplitResult:
        """An address with one of ``schemes`` and a host; its text is never part of a refusal, it may hold a password."""
        try:
            parts = urlsplit(self.secret(name, default))
            _ = parts.port
        except ValueError:
            raise Refused(f"{name} is not an address.") from None
        if parts.scheme not in schemes or not parts.hostname:
            raise Refused(f"{name} must be an address that begins with {' or '.join(s + ':' for s in schemes)}.")
        return parts


def password(parts: SplitResult) -> str:
    """The password inside an address, or an empty text."""
    return unquote(parts.password or "")


env = Env(os.environ)
