"""What must hold of files at any time; ``manage.py verify`` prints each violation."""

from collections.abc import Iterator

from files import storage
from files.models import IssuedDocument, ScanStatus, StoredFile


def check() -> Iterator[str]:
    """One line per file that is missing or altered, and per issued document whose file may not be handed out."""
    seen: dict[str, str] = {}
    for stored in StoredFile.objects.exclude(scan_status=ScanStatus.REFUSED).iterator():
        if stored.sha256 not in seen:
            seen[stored.sha256] = _problem(stored)
        if seen[stored.sha256]:
            yield f"文件 {stored.uuid}（{stored.name}）：{seen[stored.sha256]}"
    for document in IssuedDocument.objects.exclude(file__scan_status=ScanStatus.CLEAN).iterator():
        yield f"制发文件 {document.uuid}（{document.title}）：所用文件未通过安全检查"


def _problem(stored: StoredFile) -> str:
    try:
        storage.verify(stored)
    except storage.Damaged as error:
        return str(error).rpartition(": ")[2]
    if storage.path_of(stored).stat().st_size != stored.size:
        return "登记的字节数与实际不符"
    return ""
