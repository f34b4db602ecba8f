"""PDF: readable to an officer (not encrypted, with pages), and nothing else at the same time (no archive, markup,
program).
"""

import logging
import zipfile
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from files import limits
from files.parsing.verdict import Rejected

UNREADABLE = "文件无法打开，可能已损坏。请重新导出或扫描为 PDF 后上传。"
_ACTIVE = ("/JavaScript", "/Launch", "/XFA")
# Electronic invoices and statements carry their data as an attachment; anything else inside a PDF is out of sight.
_DATA_ATTACHMENTS = (".xml", ".xbrl", ".ofd")


def check_pdf(path: Path) -> int:
    """How many pages. Rejected with 422 for an encrypted, broken or active PDF and 415 for a polyglot."""
    _check_polyglot(path)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted:
            raise Rejected("文件已加密，无法审核。请取消密码后重新上传。")
        pages = len(reader.pages)
        _check_actions(reader)
        if pages:
            _ = reader.pages[0].mediabox
            _ = reader.pages[pages - 1].mediabox
    except Rejected:
        raise
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises nearly everything on hostile input; all of it means unreadable
        raise Rejected(UNREADABLE) from error
    if not pages:
        raise Rejected("文件没有页面，请核对后重新上传。")
    if pages > limits.MAX_PDF_PAGES:
        raise Rejected(f"文件页数过多（超过 {limits.MAX_PDF_PAGES} 页），请拆分后上传。")
    return pages


def _check_polyglot(path: Path) -> None:
    data = path.read_bytes()
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Rejected(UNREADABLE)
    after = data[end + 5 :]
    if len(after.strip(b"\r\n\t \x00")) > 1024 or b"PK\x05\x06" in after or zipfile.is_zipfile(path):
        raise Rejected("文件末尾夹带其他内容，不予接收。请重新导出为 PDF 后上传。", 415)
    lowered = after.lower() + data[:1024].lower()
    if any(mark in lowered for mark in (b"<script", b"<html", b"<?php", b"<svg")):
        raise Rejected("文件夹带网页内容，不予接收。请重新导出为 PDF 后上传。", 415)


def _check_actions(reader: PdfReader) -> None:
    catalog: Any = reader.trailer["/Root"].get_object()
    names = catalog.get("/Names")
    found = set(names.get_object()) if names is not None else set()
    form = catalog.get("/AcroForm")
    found |= set(form.get_object()) if form is not None else set()
    opening = catalog.get("/OpenAction")
    opening = opening.get_object() if opening is not None else None
    if isinstance(opening, dict):
        found.add(str(opening.get("/S", "")))
    strange = [name for name in reader.attachments if not name.lower().endswith(_DATA_ATTACHMENTS)]
    if strange or found.intersection(_ACTIVE):
        raise Rejected("文件内含脚本或附件，不予接收。请打印为新的 PDF 后上传。")
