"""The only way in: examine what somebody brought, then store it under its hash.

``examine`` decides and keeps nothing; ``receive`` examines (unless a form already did) and stores. A file refused by
the scanner leaves a row with its hash and no bytes.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from files import limits, sandbox, scanner, storage
from files.errors import Refused
from files.models import ScanStatus, StoredFile
from files.names import clean_name, extension_of
from files.parsing.sniff import HEAD, sniff
from files.parsing.verdict import Rejected
from files.purposes import Purpose, Rule, rule_of
from timekeeping import clock

_SAVE_AS = {
    "ole": "这是旧版 Office 文件，请用办公软件另存为 {office} 后上传",
    "macro": "文件含有宏，请另存为不含宏的文件后上传",
    "xlsm": "这是启用宏的工作簿，请另存为不含宏的 xlsx 后上传",
    "text": "这是文本（如 CSV）文件，请用办公软件打开后另存为 {office} 后上传",
    "html": "请打印为 PDF 后上传",
    "html table": "这是网页格式的表格，请用办公软件打开后另存为 {office} 后上传",
    "svg": "请转换为 JPG 或 PNG 后上传",
    "zip": "请用办公软件打开后另存为 {office} 后上传",
}
_OFFICE = {"pdf": "PDF", "docx": "docx", "xlsx": "xlsx"}


@dataclass(frozen=True)
class Examined:
    """What is known of an upload that passed."""

    purpose: str
    name: str
    extension: str
    sha256: str
    size: int
    verdict: scanner.Verdict
    pages: int | None = None


def receive(upload: UploadedFile | ContentFile, *, purpose: str, uploaded_by: User | None) -> StoredFile:
    """Examine and store an upload; Refused when it is not accepted."""
    known = getattr(upload, "examined", None)
    with _spooled(upload, purpose) as spooled:
        if known and (known.purpose, known.sha256) == (purpose, spooled.sha256):
            examined = known
        else:
            examined = _examine(spooled, upload.name or "", purpose, uploaded_by)
        storage.keep(spooled)
    return _register(examined, uploaded_by)


def receive_bytes(data: bytes, name: str, *, purpose: str, uploaded_by: User | None) -> StoredFile:
    """``receive`` for bytes at hand."""
    return receive(ContentFile(data, name), purpose=purpose, uploaded_by=uploaded_by)


def examine(upload: UploadedFile | ContentFile, *, purpose: str, uploaded_by: User | None = None) -> Examined:
    """Every check without storing the bytes; Refused when one fails. Safe to repeat."""
    with _spooled(upload, purpose) as spooled:
        return _examine(spooled, upload.name or "", purpose, uploaded_by)


def keep_generated(
    data: bytes, name: str, *, purpose: str = Purpose.ISSUED, made_for: User | None = None
) -> StoredFile:
    """Store bytes this system made itself (PDF, workbook) without the checks for foreign files; ``made_for`` who asked for it."""
    with storage.spool([data]) as spooled:
        storage.keep(spooled)
    verdict = scanner.Verdict(ScanStatus.CLEAN, "系统生成")
    cleaned = clean_name(name)
    return _register(
        Examined(purpose, cleaned, extension_of(cleaned), spooled.sha256, spooled.size, verdict), uploaded_by=made_for
    )


def rescan(stored: StoredFile) -> ScanStatus:
    """Ask the scanner about a file that waits as 待检, and the same content with it; returns the new status. Safe to
    repeat.
    """
    storage.verify(stored)
    verdict = scanner.scan(storage.path_of(stored))
    StoredFile.objects.filter(sha256=stored.sha256, scan_status=ScanStatus.PENDING).update(
        scan_status=verdict.status, scan_note=verdict.note, scanned_at=clock.now()
    )
    stored.refresh_from_db()
    return ScanStatus(stored.scan_status)


def rescan_pending(limit: int = 100) -> int:
    """The sweeper's work: rescan up to ``limit`` waiting files, oldest first; returns how many have a verdict now."""
    done = 0
    for stored in StoredFile.objects.filter(scan_status=ScanStatus.PENDING).order_by("id")[:limit]:
        try:
            done += rescan(stored) != ScanStatus.PENDING
        except storage.Damaged:
            continue  # named by verify; it must not keep the others waiting
    return done


def check_quota(present: Iterable[StoredFile], *, adding: int = 0) -> None:
    """Refused (422) when a subject's files, with ``adding`` more bytes, exceed 500 files or 2 GB."""
    sizes = [stored.size for stored in present]
    if len(sizes) + bool(adding) > limits.MAX_FILES_PER_SUBJECT:
        raise Refused(f"文件已达 {limits.MAX_FILES_PER_SUBJECT} 个，请合并或删去不需要的文件后再上传。", 422)
    if sum(sizes) + adding > limits.MAX_BYTES_PER_SUBJECT:
        gib = limits.MAX_BYTES_PER_SUBJECT // (limits.MIB * limits.KIB)
        raise Refused(f"文件总量超过 {gib} GB，请压缩扫描分辨率或删去不需要的文件后再上传。", 422)


def _spooled(upload: UploadedFile | ContentFile, purpose: str) -> AbstractContextManager[storage.Spool]:
    rule = rule_of(purpose)
    if upload.size and upload.size > rule.max_bytes:
        raise _too_big(rule)
    return storage.spool(_counted(upload, rule))


def _counted(upload: UploadedFile | ContentFile, rule: Rule) -> Iterator[bytes]:
    """The chunks, stopping at the limit whatever size was declared."""
    size = 0
    upload.seek(0)
    for chunk in upload.chunks(storage.CHUNK):
        size += len(chunk)
        if size > rule.max_bytes:
            raise _too_big(rule)
        yield chunk


def _too_big(rule: Rule) -> Refused:
    return Refused(f"文件过大，请压缩到 {rule.max_bytes // limits.MIB} MB 以内后重新上传。", 413)


def _examine(spooled: storage.Spool, raw_name: str, purpose: str, uploaded_by: User | None) -> Examined:
    if not spooled.size:
        raise Refused("文件为空，请核对后重新上传。", 422)
    extension = _agreed_type(spooled, raw_name, rule_of(purpose))
    try:
        pages = sandbox.run("check", spooled.path, kind=extension)
    except Rejected as refusal:
        raise Refused(refusal.message, refusal.status) from refusal
    _check_pages(pages, rule_of(purpose))
    verdict = scanner.scan(spooled.path)
    examined = Examined(purpose, clean_name(raw_name), extension, spooled.sha256, spooled.size, verdict, pages)
    if examined.verdict.status == ScanStatus.REFUSED:
        _register(examined, uploaded_by)
        raise Refused("文件未通过安全检查，不予接收。请查杀病毒后重新上传。", 422)
    return examined


def _check_pages(pages: int | None, rule: Rule) -> None:
    if pages and pages > rule.max_pages:
        raise Refused(f"文件有 {pages} 页，超过 {rule.max_pages} 页，请拆分后上传。", 422)


def _agreed_type(spooled: storage.Spool, raw_name: str, rule: Rule) -> str:
    """The type on which extension, content and white list agree."""
    accepted = "、".join(extension.upper() for extension in rule.extensions)
    extension = extension_of(raw_name)
    with spooled.path.open("rb") as source:
        head = source.read(HEAD)
        source.seek(max(spooled.size - HEAD, 0))
        found = sniff(head, source.read(HEAD))
    if found == "encrypted":
        raise Refused("文件已加密，无法审核。请取消密码后重新上传。", 422)
    if extension not in rule.extensions:
        advice = _advice(extension if extension in _SAVE_AS else found, rule, "请转换格式后上传")
        raise Refused(f"不接收此类文件（.{extension or '无扩展名'}），可上传 {accepted}。{advice}。", 415)
    if found != extension:
        advice = _advice(found, rule, "请核对文件后重新上传")
        raise Refused(f"文件内容与扩展名（.{extension}）不符。{advice}。", 415)
    return extension


def _advice(found: str, rule: Rule, otherwise: str) -> str:
    """What to do with a file of the kind ``found``, in the formats that the purpose accepts."""
    office = [word for extension, word in _OFFICE.items() if extension in rule.extensions]
    *first, last = office or ["上述格式"]
    if found == "html" and "pdf" not in rule.extensions:
        found = "html table"
    words = "、".join(first) + " 或 " + last if first else last
    return _SAVE_AS.get(found, otherwise).format(office=words)


def _register(examined: Examined, uploaded_by: User | None) -> StoredFile:
    return StoredFile.objects.create(
        sha256=examined.sha256,
        size=examined.size,
        mime=limits.MIME_TYPES[examined.extension],
        extension=examined.extension,
        pages=examined.pages,
        name=examined.name,
        purpose=examined.purpose,
        scan_status=examined.verdict.status,
        scan_note=examined.verdict.note,
        scanned_at=None if examined.verdict.status == ScanStatus.PENDING else clock.now(),
        uploaded_by=uploaded_by,
    )
