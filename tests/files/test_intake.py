"""What is taken in and what is refused: each refusal stands beside the file that is accepted."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files import intake, limits, sandbox, scanner, storage
from files.errors import Refused
from files.models import ScanStatus, StoredFile
from files.names import clean_name
from files.parsing.verdict import Rejected
from tests.files import corpus

pytestmark = pytest.mark.django_db

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EXE = b"MZ\x90\x00" + b"\0" * 200
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
SHEET = "xl/worksheets/sheet1.xml"
BOMB = corpus.with_part(corpus.xlsx(), "xl/media/image1.bin", b"\0" * (20 * limits.MIB))
ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


def receive(data: bytes, name: str, purpose: str = "evidence") -> StoredFile:
    return intake.receive_bytes(data, name, purpose=purpose, uploaded_by=None)


GOOD = [
    ("材料.pdf", corpus.pdf(), "pdf", "application/pdf"),
    ("数电发票.pdf", corpus.pdf(attachment="invoice.xml"), "pdf", "application/pdf"),
    ("照片.JPEG", corpus.jpg(), "jpg", "image/jpeg"),
    ("照片.png", corpus.png(), "png", "image/png"),
    ("清单.xlsx", corpus.xlsx(), "xlsx", limits.MIME_TYPES["xlsx"]),
    ("说明.docx", corpus.docx(), "docx", limits.MIME_TYPES["docx"]),
]


@pytest.mark.parametrize(("name", "data", "extension", "mime"), GOOD, ids=[row[0] for row in GOOD])
def test_a_good_file_is_stored_under_its_hash(name: str, data: bytes, extension: str, mime: str) -> None:
    stored = receive(data, name)
    assert (stored.extension, stored.mime, stored.size) == (extension, mime, len(data))
    assert stored.scan_status == ScanStatus.CLEAN
    assert storage.open_bytes(stored) == data
    assert storage.path_of(stored).name == stored.sha256


BAD = [
    ("empty", b"", "a.pdf", 422, "文件为空"),
    ("svg", SVG, "a.svg", 415, "请转换为 JPG 或 PNG"),
    ("svg as png", SVG, "a.png", 415, "内容与扩展名"),
    ("html as pdf", HTML, "a.pdf", 415, "请打印为 PDF"),
    ("exe as pdf", EXE, "a.pdf", 415, "内容与扩展名"),
    ("exe", EXE, "a.exe", 415, "不接收此类文件"),
    ("double extension", EXE, "a.pdf.exe", 415, "不接收此类文件"),
    ("old word", OLE, "a.doc", 415, "另存为 PDF、docx 或 xlsx"),
    ("old excel as a list", OLE, "a.xls", 415, "这是旧版 Office 文件"),
    ("encrypted workbook", ENCRYPTED, "a.xlsx", 422, "文件已加密，无法审核。请取消密码后重新上传。"),
    ("csv as xlsx", "企业名称,年度\n示例公司,2025\n".encode("gb18030"), "a.xlsx", 415, "这是文本（如 CSV）文件"),
    ("csv", b"a,b\n1,2\n", "a.csv", 415, "这是文本（如 CSV）文件"),
    (
        "binary workbook",
        corpus.with_part(corpus.xlsx(), "xl/workbook.bin", b"x"),
        "a.xlsx",
        415,
        "二进制工作簿（xlsb）",
    ),
    (
        "open document as xlsx",
        corpus.archive({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}),
        "a.xlsx",
        415,
        "请用办公软件打开后另存为",
    ),
    ("no extension", corpus.pdf(), "材料", 415, "无扩展名"),
    ("png as jpg", corpus.png(), "a.jpg", 415, "内容与扩展名"),
    ("docx as xlsx", corpus.docx(), "a.xlsx", 415, "内容与扩展名"),
    ("plain zip as xlsx", corpus.archive({"a.txt": "x"}), "a.xlsx", 415, "内容与扩展名"),
    ("pdf with zip behind", corpus.pdf() + corpus.archive({"a.txt": "x"}), "a.pdf", 415, "夹带其他内容"),
    ("pdf with html behind", corpus.pdf() + HTML, "a.pdf", 415, "夹带网页内容"),
    ("encrypted pdf", corpus.pdf(password="x"), "a.pdf", 422, "文件已加密，无法审核"),
    ("broken pdf", b"%PDF-1.7\n" + b"x" * 400, "a.pdf", 422, "文件无法打开"),
    ("cut off pdf", corpus.pdf()[:200], "a.pdf", 422, "文件无法打开"),
    ("pdf without pages", corpus.pdf(pages=0), "a.pdf", 422, "没有页面"),
    ("pdf with script", corpus.pdf(script=True), "a.pdf", 422, "脚本或附件"),
    ("pdf with attachment", corpus.pdf(attachment="a.exe"), "a.pdf", 422, "脚本或附件"),
    ("pixel bomb", corpus.png_of_declared_size(60_000, 60_000), "a.png", 422, "像素过大"),
    ("cut off jpg", corpus.jpg((400, 300))[:300], "a.jpg", 422, "图片已损坏"),
    ("jpg with php behind", corpus.jpg() + b"<?php system('x');", "a.jpg", 415, "夹带其他内容"),
    ("jpg with zip behind", corpus.jpg() + corpus.archive({"a": "x"}), "a.jpg", 415, "夹带其他内容"),
    ("macro by name", corpus.xlsx(), "a.xlsm", 415, "这是启用宏的工作簿，请另存为不含宏的 xlsx"),
    ("macro inside", corpus.with_part(corpus.xlsx(), "xl/vbaProject.bin", b"x"), "a.xlsx", 415, "宏"),
    ("zip bomb", BOMB, "a.xlsx", 422, "展开后过大"),
    ("entity in xlsx", corpus.with_part(corpus.xlsx(), SHEET, ENTITY), "a.xlsx", 422, "外部实体"),
    ("entity in docx", corpus.with_part(corpus.docx(), "word/x.xml", ENTITY), "a.docx", 422, "外部实体"),
    ("hidden in utf-16", corpus.with_part(corpus.xlsx(), SHEET, ENTITY.encode("utf-16")), "a.xlsx", 422, "编码异常"),
    ("nested zip", corpus.with_part(corpus.xlsx(), "a.zip", b"PK"), "a.xlsx", 422, "压缩包"),
    ("path in archive", corpus.with_part(corpus.xlsx(), "../a.xml", "x"), "a.xlsx", 422, "结构异常"),
    ("cut off xlsx", corpus.xlsx()[:-30], "a.xlsx", 422, "已损坏"),
]


@pytest.mark.parametrize(("data", "name", "status", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_and_leaves_nothing(data: bytes, name: str, status: int, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        receive(data, name)
    assert (refusal.value.status, words in refusal.value.message) == (status, True)
    assert StoredFile.objects.count() == 0
    assert [path for path in storage.root().rglob("*") if path.is_file()] == []


def test_an_archive_of_too_many_entries_is_refused() -> None:
    crowded = corpus.with_part(corpus.xlsx(), SHEET, "<x/>")
    for number in range(3):
        crowded = corpus.with_part(crowded, f"xl/{number}.xml", "<x/>")
    assert receive(crowded, "a.xlsx").size == len(crowded)
    many = corpus.archive({f"xl/workbook{number}.xml": "" for number in range(limits.MAX_ARCHIVE_ENTRIES + 1)})
    with pytest.raises(Refused, match="条目过多"):
        receive(many, "a.xlsx")


def test_a_list_takes_only_a_workbook() -> None:
    with pytest.raises(Refused) as refusal:
        receive(corpus.pdf(), "清单.pdf", purpose="list")
    assert refusal.value.status == 415
    assert receive(corpus.xlsx(), "清单.xlsx", purpose="list").purpose == "list"


@pytest.mark.parametrize(("data", "name"), [(OLE, "清单.xls"), (HTML, "清单.xlsx"), (b"a,b\n", "清单.csv")])
def test_a_list_in_another_format_is_told_to_become_a_workbook(data: bytes, name: str) -> None:
    with pytest.raises(Refused, match="另存为 xlsx 后上传") as refusal:
        receive(data, name, purpose="list")
    assert (refusal.value.status, "PDF" in refusal.value.message) == (415, False)


def test_a_file_above_the_limit_is_413_whatever_size_it_declares() -> None:
    lying = ContentFile(corpus.pdf() + b"\0" * (5 * limits.MIB), "a.xlsx")
    lying.size = 10
    with pytest.raises(Refused) as refusal:
        intake.receive(lying, purpose="list", uploaded_by=None)
    assert (refusal.value.status, refusal.value.message) == (413, "文件过大，请压缩到 5 MB 以内后重新上传。")
    assert list((storage.root() / "tmp").iterdir()) == []


def test_the_test_virus_is_refused_and_only_its_hash_is_kept() -> None:
    with pytest.raises(Refused, match="未通过安全检查") as refusal:
        receive(corpus.eicar_pdf(), "a.pdf")
    stored = StoredFile.objects.get()
    assert (refusal.value.status, stored.scan_status, stored.scan_note) == (422, ScanStatus.REFUSED, "EICAR")
    assert not storage.path_of(stored).exists()
    with pytest.raises(storage.Unavailable):
        storage.open_bytes(stored)


def test_the_test_virus_is_found_inside_a_workbook() -> None:
    with pytest.raises(Refused, match="未通过安全检查"):
        receive(corpus.with_part(corpus.xlsx(), "xl/media/a.bin", scanner.EICAR), "a.xlsx")


def test_a_silent_scanner_costs_nobody_the_deadline(settings) -> None:  # type: ignore[no-untyped-def]
    settings.CLAMD_ADDRESS = "/nowhere/clamd.ctl"
    first, second = receive(corpus.pdf(), "a.pdf"), receive(corpus.pdf(), "b.pdf")
    assert (first.scan_status, first.scanned_at) == (ScanStatus.PENDING, None)
    assert intake.rescan_pending() == 0
    settings.CLAMD_ADDRESS = ""
    assert intake.rescan_pending() == 2
    second.refresh_from_db()
    assert (second.scan_status, intake.rescan_pending()) == (ScanStatus.CLEAN, 0)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("stream: OK", "clean"),
        ("stream: Win.Test FOUND", "refused"),
        ("INSTREAM size limit exceeded. ERROR", "pending"),
    ],
)
def test_the_answer_of_clamav_decides(settings, monkeypatch, tmp_path, answer: str, status: str) -> None:  # type: ignore[no-untyped-def]
    settings.CLAMD_ADDRESS = "clamav:3310"
    monkeypatch.setattr(scanner, "_ask_clamd", lambda *_: answer)
    (tmp_path / "a").write_bytes(b"x")
    assert scanner.scan(tmp_path / "a").status == status


def test_the_same_bytes_twice_are_two_rows_over_one_content() -> None:
    first, second = receive(corpus.pdf(), "a.pdf"), receive(corpus.pdf(), "b.pdf")
    assert (first.uuid != second.uuid, first.sha256 == second.sha256) == (True, True)
    assert len([path for path in storage.root().rglob("*") if path.is_file()]) == 1


def test_what_is_kept_is_on_the_disk_before_its_name_and_what_is_only_examined_never(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    synced: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: synced.append((str(Path(f"/proc/self/fd/{descriptor}").readlink()), _is_kept()))
    )
    intake.examine(ContentFile(corpus.pdf(), "a.pdf"), purpose="evidence")
    assert synced == []
    target = storage.path_of(receive(corpus.pdf(), "a.pdf"))
    [(spooled, before), (folder, after)] = synced
    assert (Path(spooled).parent, Path(folder)) == (storage.root() / "tmp", target.parent)
    assert (before, after) == (False, True)


def _is_kept() -> bool:
    return any(path.is_file() for path in storage.root().rglob("*/*/*"))


def test_damaged_content_is_replaced_when_the_same_file_comes_again() -> None:
    first = receive(corpus.pdf(), "a.pdf")
    storage.path_of(first).chmod(0o600)
    storage.path_of(first).write_bytes(b"bad")
    receive(corpus.pdf(), "b.pdf")
    assert storage.open_bytes(first) == corpus.pdf()
    assert [path.read_bytes() for path in (storage.root() / "damaged").iterdir()] == [b"bad"]


def test_rows_of_files_are_never_deleted() -> None:
    stored = receive(corpus.pdf(), "a.pdf")
    with pytest.raises(TypeError):
        stored.delete()
    with pytest.raises(TypeError):
        StoredFile.objects.all().delete()
    assert StoredFile.objects.get() == stored


def test_the_quota_of_a_subject_is_500_files_and_two_gigabytes() -> None:
    small = StoredFile(size=1)
    large = StoredFile(size=limits.MAX_BYTES_PER_SUBJECT)
    intake.check_quota([small] * 499, adding=1)
    with pytest.raises(Refused, match="500 个"):
        intake.check_quota([small] * 500, adding=1)
    with pytest.raises(Refused, match="2 GB"):
        intake.check_quota([large], adding=1)


NAMES = [
    ("材料（盖章）.pdf", "材料（盖章）.pdf"),
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("C:\\temp\\材料.PDF", "材料.pdf"),
    ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
    ("a\0b.pdf", "ab.pdf"),
    ("发票\u202efdp.exe.pdf", "发票fdp.exe.pdf"),
    ("<img src=x onerror=alert(1)>.pdf", "img src_x onerror_alert(1).pdf"),
    (".htaccess", "未命名.htaccess"),
    ("con.pdf", "_con.pdf"),
    ("; rm -rf ~.pdf", "rm -rf.pdf"),
    ("长" * 300 + ".pdf", "长" * 96 + ".pdf"),
    ("𠮷祥.pdf", "𠮷祥.pdf"),
    ("", "未命名"),
]


@pytest.mark.parametrize(("given", "cleaned"), NAMES)
def test_names_are_cleaned_and_chinese_stays(given: str, cleaned: str) -> None:
    assert clean_name(given) == cleaned


def test_an_upload_examined_by_the_form_is_not_examined_again(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = SimpleUploadedFile("材料.pdf", corpus.pdf())
    upload.examined = intake.examine(upload, purpose="material")
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: pytest.fail("examined twice"))
    assert intake.receive(upload, purpose="material", uploaded_by=None).name == "材料.pdf"


def test_a_hanging_parser_is_ended(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "fifo"
    os.mkfifo(path)  # reading it waits for a writer for ever
    started = time.monotonic()
    with pytest.raises(Rejected) as refusal:
        sandbox.run("check", path, kind="pdf", seconds=0.3)
    assert (refusal.value.status, refusal.value.message) == (422, sandbox.TOO_HEAVY)
    assert time.monotonic() - started < 8
    good = tmp_path / "good.pdf"
    good.write_bytes(corpus.pdf())
    assert sandbox.run("check", good, kind="pdf") == 1


def test_a_parser_that_takes_too_much_memory_is_ended(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    # Decoded it needs 27 MB in one piece, more than what the process may already hold in reserve.
    big = tmp_path / "big.png"
    Image.new("RGB", (3000, 3000)).save(big)
    monkeypatch.setattr(limits, "PARSE_MEMORY_BYTES", 1)
    with pytest.raises(Rejected, match="过于复杂"):
        sandbox.run("check", big, kind="png")
    monkeypatch.undo()
    assert sandbox.run("check", big, kind="png") is None


def test_a_worker_that_died_is_replaced(tmp_path) -> None:  # type: ignore[no-untyped-def]
    good = tmp_path / "good.pdf"
    good.write_bytes(corpus.pdf())
    sandbox.run("check", good, kind="pdf")
    sandbox._idle[-1].process.kill()
    sandbox._idle[-1].process.wait()
    assert sandbox.run("check", good, kind="pdf") == 1


def test_a_page_tree_that_contains_itself_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        receive(corpus.looping_pdf(), "a.pdf")
    assert refusal.value.status == 422
