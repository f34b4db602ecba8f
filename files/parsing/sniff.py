"""What a file really is, judged by its bytes."""

import puremagic

HEAD = 64 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP_STARTS = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")
_ZIP = b"PK\x03\x04"
# Names inside an Office package that tell its kind; order matters, macro parts first.
_PACKAGES = ((b"vbaProject.bin", "macro"), (b"xl/workbook", "xlsx"), (b"word/document", "docx"))


def sniff(head: bytes, tail: bytes = b"") -> str:
    """``pdf jpg png xlsx docx``, or another short word such as ``html exe ole zip macro`` for what is refused.

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
        return "ole"
    if head.startswith((b"MZ", b"\x7fELF")):
        return "exe"
    try:
        return puremagic.from_string(head[:HEAD]).lstrip(".").lower() or "unknown"
    except (puremagic.PureError, ValueError):
        return "unknown"
