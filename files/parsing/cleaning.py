"""Copies without what a file tells about its maker: author, path, camera, position."""

import base64
import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter

from files import limits
from files.parsing.verdict import Rejected

_JPEG_QUALITY = 92
_EMPTY_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_EMPTY_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_EMPTY_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_ABOUT = {"docProps/core.xml": _EMPTY_CORE, "docProps/app.xml": _EMPTY_APP, "docProps/custom.xml": _EMPTY_CUSTOM}


def clean(path: Path, kind: str) -> str:
    """The cleaned copy in base64."""
    try:
        if kind == "pdf":
            data = _clean_pdf(path)
        elif kind in ("jpg", "png"):
            data = _clean_picture(path, kind)
        else:
            data = _clean_office(path)
    except (Rejected, MemoryError):
        raise
    except Exception as error:  # parsers raise nearly everything on hostile input; all of it means unreadable
        raise Rejected("文件无法处理，请重新导出后上传。") from error
    return base64.b64encode(data).decode()


def _clean_pdf(path: Path) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(path))
    title = (writer.metadata or {}).get("/Title")
    writer.metadata = {"/Title": title} if title else None
    writer.root_object.pop("/Metadata", None)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _clean_picture(path: Path, kind: str) -> bytes:
    Image.MAX_IMAGE_PIXELS = limits.MAX_IMAGE_PIXELS
    target = BytesIO()
    with Image.open(path) as picture:
        upright = ImageOps.exif_transpose(picture)
        upright.info.clear()
        upright.getexif().clear()
        if kind == "jpg":
            upright.convert("RGB").save(target, "JPEG", quality=_JPEG_QUALITY)
        else:
            upright.save(target, "PNG")
    return target.getvalue()


def _clean_office(path: Path) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for entry in source.infolist():
            data = _ABOUT.get(entry.filename) or source.read(entry)
            result.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
