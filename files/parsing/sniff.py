"""What a file really is, judged by its bytes."""

import codecs

import puremagic

HEAD = 64 * 1024

# How an Office file with a password is kept: an old container with a stream of this name.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_BEGINNINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP_STARTS = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")
_ZIP = b"PK\x03\x04"
# Names inside an Office package that tell its kind; order matters, macro parts first.
_PACKAGES = ((b"vbaProject.bin", "macro"), (b"xl/workbook", "xlsx"), (b"word/document", "docx"))


def sniff(head: bytes, tail: bytes = b"") -> str:
    """``pdf jpg png xlsx docx``, or another short word for what is refused: ``html exe ole encrypted zip macro text``.

    ``head`` is the beginning of the file, ``tail`` its end, where the directory of a ZIP lies.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")[:64].lower()
    if start.startswith(_MARKUP_STARTS):
        return "svg" if b"<svg" in head[:HEAD].lower() else "html"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(_ZIP):
        return next((kind for mark, kind in _PACKAGES if mark in tail or mark in head), "zip")
    if head.startswith(_OLE):
        return "encrypted" if _ENCRYPTED in head or _ENCRYPTED in tail else "ole"
    if head.startswith((b"MZ", b"\x7fELF")):
        return "exe"
    if _is_text(head):
        return "text"
    try:
        return puremagic.from_string(head[:HEAD]).lstrip(".").lower() or "unknown"
    except (puremagic.PureError, ValueError):
        return "unknown"


def _is_text(head: bytes) -> bool:
    """Readable as UTF-8, GB 18030 or marked UTF-16, such as an exported CSV; the end may be cut inside a character."""
    if head.startswith(_TEXT_BEGINNINGS):
        return True
    return b"\x00" not in head and any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
