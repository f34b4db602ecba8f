"""Looking for malware: ClamAV when ``settings.CLAMD_ADDRESS`` names it, always the EICAR test signature.

The address is ``/run/clamav/clamd.ctl`` or ``host:port``. A scanner that does not answer is never a refusal: the
file waits as 待检.
"""

import socket
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from files.models import ScanStatus

_TIMEOUT_SECONDS = 20
_CHUNK = 1 << 17
# In two pieces, or scanners would take this very file for the test virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Verdict:
    """The status and a note with the scanner or the signature found."""

    status: ScanStatus
    note: str


def scan(path: Path) -> Verdict:
    """Clean, refused, or pending when the configured scanner cannot be asked."""
    if _has_eicar(path):
        return Verdict(ScanStatus.REFUSED, "EICAR")
    address: str = settings.CLAMD_ADDRESS
    if not address:
        return Verdict(ScanStatus.CLEAN, "内置检查")
    try:
        answer = _ask_clamd(address, path)
    except OSError as error:
        return Verdict(ScanStatus.PENDING, f"扫描服务不可用：{type(error).__name__}")
    if answer.endswith("OK"):
        return Verdict(ScanStatus.CLEAN, "ClamAV")
    if answer.endswith("FOUND"):
        return Verdict(ScanStatus.REFUSED, answer.removeprefix("stream:").removesuffix("FOUND").strip()[:200])
    return Verdict(ScanStatus.PENDING, f"扫描服务应答异常：{answer[:80]}")


def _has_eicar(path: Path) -> bool:
    data = path.read_bytes()
    if EICAR in data:
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    # Reached only after the archive passed its own size checks, so unpacking is bounded.
    with zipfile.ZipFile(path) as archive:
        return any(EICAR in archive.read(entry) for entry in archive.infolist())


def _ask_clamd(address: str, path: Path) -> str:
    with _connect(address) as connection, path.open("rb") as source:
        connection.sendall(b"zINSTREAM\0")
        while chunk := source.read(_CHUNK):
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
        answer = b""
        while part := connection.recv(4096):
            answer += part
    return answer.decode("utf-8", "replace").strip("\0 \r\n")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_TIMEOUT_SECONDS)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_TIMEOUT_SECONDS)
