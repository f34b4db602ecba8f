"""Cleaning the file names people bring. The name is for display and download only; nothing is stored under it."""

import re
import unicodedata

from files.limits import EXTENSION_ALIASES, MAX_NAME_CHARACTERS

UNNAMED = "未命名"
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_MARKUP = re.compile(r"[<>:\"|?*;&$`'{}\\/%\[\]^~#!=]+")


def extension_of(name: str) -> str:
    """The last extension in lower case without its dot, jpeg folded to jpg; empty when there is none."""
    _, dot, extension = _tail(name).rpartition(".")
    extension = extension.strip().lower() if dot else ""
    return EXTENSION_ALIASES.get(extension, extension)


def clean_name(name: str) -> str:
    """A harmless display name: no path, control, direction or markup characters, at most 100 characters; Chinese
    stays.
    """
    tail = _tail(name)
    stem, dot, _ = tail.rpartition(".")
    if not dot:
        stem = tail
    extension = re.sub(r"[^a-z0-9]", "", extension_of(tail))[:10]
    stem = " ".join(_MARKUP.sub("_", stem).split()).strip("._ -") or UNNAMED
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    suffix = f".{extension}" if extension else ""
    return stem[: MAX_NAME_CHARACTERS - len(suffix)].rstrip() + suffix


def _tail(name: str) -> str:
    visible = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", name)
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return re.split(r"[\\/]", visible)[-1]
