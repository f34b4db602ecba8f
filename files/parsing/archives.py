"""Office packages are ZIP archives: bombs, macros, entities and external parts are refused before anything is
parsed.
"""

import re
import struct
import zipfile
from pathlib import Path

from files import limits
from files.parsing.verdict import Rejected

_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_MACRO_TYPES = (b"macroEnabled", b"vbaProject", b"ms-office.activeX")
_NESTED = (".zip", ".rar", ".7z", ".gz", ".exe", ".dll", ".js", ".vbs", ".bat")
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, struct.error, EOFError, OSError, ValueError)


def check_office(path: Path, kind: str) -> None:
    """Rejected unless the archive is small, plain and really an xlsx or docx."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_size(entries, path.stat().st_size)
            _check_names(entries, kind)
            for entry in entries:
                _check_part(archive, entry)
    except _BROKEN as error:
        raise Rejected("文件已损坏，无法打开。请用办公软件另存后重新上传。") from error


def _check_size(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > limits.MAX_ARCHIVE_ENTRIES:
        raise Rejected("文件内含的条目过多，无法处理。请删去多余的工作表、图片后重新上传。")
    total = sum(entry.file_size for entry in entries)
    ratio_too_high = total > limits.ARCHIVE_RATIO_FLOOR and total > limits.MAX_ARCHIVE_RATIO * max(packed, 1)
    if total > limits.MAX_ARCHIVE_BYTES or ratio_too_high:
        raise Rejected("文件展开后过大，无法处理。请删去空白行列和多余内容后重新上传。")


def _check_names(entries: list[zipfile.ZipInfo], kind: str) -> None:
    names = [entry.filename for entry in entries]
    main = {"xlsx": "xl/workbook", "docx": "word/document"}[kind]
    if "[Content_Types].xml" not in names or not any(name.startswith(main) for name in names):
        raise Rejected(f"文件不是有效的 {kind} 文件。请用办公软件另存为 {kind} 后重新上传。", 415)
    if "xl/workbook.bin" in names:
        raise Rejected("这是二进制工作簿（xlsb）。请用办公软件另存为 xlsx 后重新上传。", 415)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Rejected("文件已加密，无法审核。请取消密码后重新上传。")
    if any("vbaproject" in name.lower() or "activex" in name.lower() for name in names):
        raise Rejected("文件含有宏或控件，不予接收。请另存为不含宏的文件后重新上传。", 415)
    if any(name.lower().endswith(_NESTED) for name in names):
        raise Rejected("文件内含有压缩包或程序，不予接收。请删去后重新上传。")
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Rejected("文件内部结构异常，不予接收。请用办公软件另存后重新上传。")


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one part, never more than it declares; a part of XML must hold no declaration that attacks its readers."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    before, read = b"", 0
    with archive.open(entry) as part:
        while chunk := part.read(1 << 18):
            if is_xml and not read:
                _check_encoding(chunk)
            read += len(chunk)
            if read > entry.file_size:
                raise Rejected("文件内部结构异常，不予接收。请用办公软件另存后重新上传。")
            window = before + chunk
            if is_xml and _DECLARATION.search(window):
                raise Rejected("文件内含有外部实体声明，不予接收。请用办公软件另存后重新上传。")
            if entry.filename == "[Content_Types].xml" and any(mark in window for mark in _MACRO_TYPES):
                raise Rejected("文件含有宏或控件，不予接收。请另存为不含宏的文件后重新上传。", 415)
            before = window[-64:]


def _check_encoding(beginning: bytes) -> None:
    """Another encoding than UTF-8 would hide a declaration from the search."""
    declared = _ENCODING.search(beginning[:200])
    if b"\x00" in beginning[:4] or beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Rejected("文件内部编码异常，不予接收。请用办公软件另存后重新上传。")
    if declared and declared[1].lower() not in _ENCODINGS:
        raise Rejected("文件内部编码异常，不予接收。请用办公软件另存后重新上传。")
