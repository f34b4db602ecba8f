"""Content-addressed storage under ``settings.MEDIA_ROOT``: temp, fsync, rename; nothing is ever overwritten."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from files.models import ScanStatus, StoredFile

CHUNK = 1 << 20


class Damaged(Exception):
    """The bytes of a stored file are missing or no longer have their hash."""


class Unavailable(Exception):
    """The file was refused by the scanner and is not read any more."""


@dataclass(frozen=True)
class Spool:
    """Bytes on their way in: a temporary file, its SHA-256 and its size."""

    path: Path
    sha256: str
    size: int


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def relative_path(sha256: str) -> str:
    """Where content of this hash lies below the root, also the tail of the X-Accel-Redirect address."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def path_of(stored: StoredFile) -> Path:
    """Where the bytes of the file lie, whether they exist or not."""
    return root() / relative_path(stored.sha256)


@contextmanager
def spool(chunks: Iterable[bytes]) -> Iterator[Spool]:
    """Write the chunks to a temporary file beside the storage; the file is gone after the block unless kept."""
    folder = root() / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as target:
            for chunk in chunks:
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        yield Spool(Path(name), digest.hexdigest(), size)
    finally:
        Path(name).unlink(missing_ok=True)


def keep(spooled: Spool) -> None:
    """Move the spooled bytes to their place. Content already there stays; damaged content is set aside and replaced."""
    target = root() / relative_path(spooled.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if _hash_of(target) == spooled.sha256:
            return
        aside = root() / "damaged"
        aside.mkdir(exist_ok=True)
        target.rename(aside / f"{spooled.sha256}.{spooled.path.name}")
    spooled.path.chmod(0o640)
    _sync(spooled.path)
    spooled.path.rename(target)
    _sync(target.parent)


def verify(stored: StoredFile) -> None:
    """Damaged when the bytes are missing or altered."""
    try:
        found = _hash_of(path_of(stored))
    except OSError as error:
        raise Damaged(f"{stored.uuid} {stored.name}: 文件缺失") from error
    if found != stored.sha256:
        raise Damaged(f"{stored.uuid} {stored.name}: 文件内容与登记的校验值不符")


def open_bytes(stored: StoredFile) -> bytes:
    """The verified bytes, for the program's own reading (a file still 待检 too). Unavailable when refused, else
    Damaged.
    """
    if stored.scan_status == ScanStatus.REFUSED:
        raise Unavailable(f"{stored.name}: {stored.get_scan_status_display()}")
    try:
        data = path_of(stored).read_bytes()
    except OSError as error:
        raise Damaged(f"{stored.uuid} {stored.name}: 文件缺失") from error
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise Damaged(f"{stored.uuid} {stored.name}: 文件内容与登记的校验值不符")
    return data


def _hash_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, written to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
