"""All text a PDF or Office file carries, for the publish gate. Text in pictures is not seen; ``blind`` says so."""

import html
import logging
import re
import zipfile
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from files.parsing.archives import check_office
from files.parsing.verdict import Rejected

_ENDS = re.compile(r"</(?:w:p|si|c|is|a:p|comment|dc:\w+|cp:\w+|w:tc)>")
_TAGS = re.compile(r"<[^>]*>")


def read_text(path: Path, kind: str) -> dict[str, Any]:
    """``{"text", "blind"}``: the text, and whether some part (a scanned page, a picture) could not be read."""
    if kind == "pdf":
        return _pdf_text(path)
    if kind in ("xlsx", "docx"):
        check_office(path, kind)
        return _office_text(path)
    return {"text": "", "blind": True}


def _pdf_text(path: Path) -> dict[str, Any]:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path, strict=False)
        pages = [page.extract_text() for page in reader.pages]
        notes = [
            str(note.get_object().get("/Contents", ""))
            for page in reader.pages
            for note in page.get("/Annots", None) or ()
        ]
        about = [str(value) for value in (reader.metadata or {}).values()]
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises nearly everything on hostile input; all of it means unreadable
        raise Rejected("文件无法读取文字，请核对后重新上传。") from error
    blind = any(len(page.strip()) < 10 for page in pages)
    return {"text": "\n".join([*pages, *notes, *about]), "blind": blind}


def _office_text(path: Path) -> dict[str, Any]:
    parts = []
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for name in names:
            if name.endswith(".xml"):
                source = archive.read(name).decode("utf-8", "replace")
                parts += [_TAGS.sub("", piece) for piece in _ENDS.split(source)]
    blind = any("/media/" in name for name in names)
    return {"text": "\n".join(html.unescape(part) for part in parts if part.strip()), "blind": blind}
