"""Handing files out: headers, and never bad bytes."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from files import intake, invariants, limits, storage, uploads
from files.errors import NotServed
from files.models import ScanStatus, StoredFile
from files.serving import serve
from tests.files import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> StoredFile:
    return intake.receive_bytes(corpus.pdf(), "昆明 材料.pdf", purpose="material", uploaded_by=None)


@pytest.fixture
def photo() -> StoredFile:
    return intake.receive_bytes(corpus.jpg(), "a.jpg", purpose="photo", uploaded_by=None)


def body(response) -> bytes:  # type: ignore[no-untyped-def]
    data = b"".join(response.streaming_content)
    response.close()
    return data


def test_a_file_goes_out_as_an_attachment_with_its_chinese_name(stored: StoredFile) -> None:
    response = serve(stored)
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Length": str(stored.size),
        "Content-Disposition": "attachment; filename*=utf-8''%E6%98%86%E6%98%8E%20%E6%9D%90%E6%96%99.pdf",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'; form-action 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-store, private",
    }
    assert body(response) == corpus.pdf()


@pytest.mark.parametrize("name", ["stored", "photo"])
def test_a_pdf_or_picture_is_shown_in_the_page_only_on_request(name: str, request) -> None:  # type: ignore[no-untyped-def]
    response = serve(request.getfixturevalue(name), inline=True)
    assert response["Content-Disposition"].startswith("inline; ")
    assert response["Content-Security-Policy"].endswith("; sandbox")
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    response.close()


def test_a_workbook_is_never_shown_in_the_page() -> None:
    stored = intake.receive_bytes(corpus.xlsx(), "a.xlsx", purpose="list", uploaded_by=None)
    response = serve(stored, inline=True)
    assert response["Content-Disposition"] == 'attachment; filename="a.xlsx"'
    response.close()


def test_behind_nginx_only_the_internal_address_is_answered(settings, stored: StoredFile) -> None:  # type: ignore[no-untyped-def]
    settings.ACCEL_REDIRECT_PREFIX = "/protected/"
    response = serve(stored)
    assert (response["X-Accel-Redirect"], response.content) == (
        f"/protected/{stored.sha256[:2]}/{stored.sha256[2:4]}/{stored.sha256}",
        b"",
    )
    assert response["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize("accelerated", ["", "/protected/"])
def test_altered_or_missing_bytes_never_leave(settings, stored: StoredFile, accelerated: str) -> None:  # type: ignore[no-untyped-def]
    settings.ACCEL_REDIRECT_PREFIX = accelerated
    path = storage.path_of(stored)
    path.write_bytes(b"bad")
    with pytest.raises(NotServed, match="文件校验失败") as refusal:
        serve(stored)
    assert refusal.value.status == 409
    path.unlink()
    with pytest.raises(NotServed, match="文件校验失败"):
        serve(stored)


@pytest.mark.parametrize(("status", "words"), [("pending", "等待安全检查"), ("refused", "未通过安全检查")])
def test_what_is_not_clean_is_not_handed_out(stored: StoredFile, status: str, words: str) -> None:
    stored.scan_status = status
    with pytest.raises(NotServed, match=words):
        serve(stored)


def test_verify_names_every_altered_and_missing_file(stored: StoredFile, photo: StoredFile) -> None:
    assert list(invariants.check()) == []
    storage.path_of(stored).write_bytes(b"bad")
    storage.path_of(photo).unlink()
    assert list(invariants.check()) == [
        f"文件 {stored.uuid}（昆明 材料.pdf）：文件内容与登记的校验值不符",
        f"文件 {photo.uuid}（a.jpg）：文件缺失",
    ]


def test_verify_asks_for_no_bytes_of_what_the_scanner_refused(stored: StoredFile) -> None:
    StoredFile.objects.update(scan_status=ScanStatus.REFUSED)
    storage.path_of(stored).unlink()
    assert list(invariants.check()) == []


def test_a_request_that_is_too_large_ends_before_it_is_written() -> None:
    request = RequestFactory().post("/", {"a": "b"})
    handler = uploads.RequestLimit(request)
    handler.handle_raw_input(request, request.META, limits.MAX_REQUEST_BYTES, "x")
    with pytest.raises(RequestDataTooBig):
        handler.handle_raw_input(request, request.META, limits.MAX_REQUEST_BYTES + 1, "x")
    assert handler.receive_data_chunk(b"x", 0) == b"x"
    handler.received = limits.MAX_REQUEST_BYTES
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(b"x", 0)


@pytest.mark.parametrize(("size", "status"), [(500, 200), (2000, 413)])
def test_a_request_that_is_too_large_is_answered_413(client, settings, monkeypatch, size: int, status: int) -> None:  # type: ignore[no-untyped-def]
    settings.ROOT_URLCONF = "tests.files.urls"
    monkeypatch.setattr(limits, "MAX_REQUEST_BYTES", 1000)
    upload = SimpleUploadedFile("a.pdf", b"x" * size)
    assert client.post("/post-here/", {"file": upload}).status_code == status
