"""Handing out files. No address of its own: a view selects through ``visible_to``, then calls ``serve``, or ``xlsx`` for what is not kept."""

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from files import storage
from files.errors import NotServed
from files.limits import MIME_TYPES
from files.models import ScanStatus, StoredFile

_INLINE = {"application/pdf", "image/jpeg", "image/png"}
_POLICY = "default-src 'none'; frame-ancestors 'self'; form-action 'none'; sandbox"
_WORDS = {
    ScanStatus.PENDING: "文件正在等待安全检查，检查完成后即可查看，不影响已提交的事项。请稍后再试。",
    ScanStatus.REFUSED: "文件未通过安全检查，不提供查看。请联系上传单位重新提供。",
}


def serve(stored: StoredFile, *, inline: bool = False) -> HttpResponseBase:
    """The file as an attachment, or shown in the page when ``inline`` and a PDF or picture.

    NotServed (409) when it is 待检, refused, missing or no longer has its hash: bad bytes never leave.
    """
    if stored.scan_status != ScanStatus.CLEAN:
        raise NotServed(_WORDS[ScanStatus(stored.scan_status)])
    try:
        storage.verify(stored)
    except storage.Damaged as error:
        raise NotServed("文件校验失败：存储的内容与登记的校验值不符，已停止提供。请联系系统管理员。") from error
    shown = inline and stored.mime in _INLINE
    response = _accelerated(stored) or FileResponse(storage.path_of(stored).open("rb"))
    response["Content-Type"] = stored.mime
    response["Content-Disposition"] = content_disposition_header(not shown, stored.name) or "attachment"
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cache-Control"] = "no-store, private"
    return response


def xlsx(data: bytes, name: str) -> HttpResponse:
    """A workbook made for this request and not kept, as a download."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(data, content_type=MIME_TYPES["xlsx"], headers=headers)


def _accelerated(stored: StoredFile) -> HttpResponse | None:
    prefix: str = settings.ACCEL_REDIRECT_PREFIX
    if not prefix:
        return None
    return HttpResponse(headers={"X-Accel-Redirect": f"{prefix.rstrip('/')}/{storage.relative_path(stored.sha256)}"})
