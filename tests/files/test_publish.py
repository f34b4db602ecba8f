"""What goes public: personal data are found, metadata are gone."""

from io import BytesIO

import pytest
from PIL import Image

from files import intake, publish
from files.excel import Sheet, write_workbook
from files.masks import mask
from files.models import StoredFile
from files.storage import open_bytes
from tests.files import corpus

pytestmark = pytest.mark.django_db

ID_NUMBER = "53010219900307001X"
MOBILE = "13800138000"


def receive(data: bytes, name: str) -> StoredFile:
    return intake.receive_bytes(data, name, purpose="public", uploaded_by=None)


def sheet(*values: object) -> bytes:
    return write_workbook([Sheet("名单", ["内容"], [[value] for value in values])])


@pytest.fixture
def id_number() -> str:
    from stdnum.cn import ric

    body = ID_NUMBER[:17]
    return body + ric.calc_check_digit(body + "0")


def split_runs(text: str) -> str:
    """As a word processor stores it: one number in two runs."""
    return f"<w:r><w:t>{text[:5]}</w:t></w:r><w:r><w:t>{text[5:]}</w:t></w:r>"


def test_numbers_are_found_in_a_workbook_also_when_stored_as_numbers(id_number: str) -> None:
    finding = publish.inspect(receive(sheet(id_number, int(MOBILE)), "a.xlsx"))
    assert [item.kind for item in finding.personal_data] == ["居民身份证号码", "手机号码"]
    assert (finding.blocks, finding.words) == (
        True,
        f"文件中有居民身份证号码、手机号码共 2 处（530102********{id_number[-4:]}、138****8000），请删去后再公开。",
    )


def test_a_number_split_by_the_word_processor_is_found() -> None:
    finding = publish.inspect(receive(corpus.docx(split_runs(MOBILE)), "a.docx"))
    assert [item.masked for item in finding.personal_data] == ["138****8000"]


def test_a_number_in_a_pdf_is_found(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from weasyprint import HTML

    data = HTML(string=f"<p>本页公布的名单，联系人电话 {MOBILE}</p>").write_pdf()
    finding = publish.inspect(receive(data, "a.pdf"))
    assert ([item.masked for item in finding.personal_data], finding.blind) == (["138****8000"], False)


def test_a_clean_file_passes_and_a_scan_asks_for_a_human_eye() -> None:
    clean = publish.inspect(receive(sheet("示例公司", "0871-63135193"), "a.xlsx"))
    scan = publish.inspect(receive(corpus.pdf(), "a.pdf"))
    assert (clean.blocks, clean.words) == (False, "")
    assert (scan.blocks, scan.words[:14]) == (False, "文件中有图片或扫描页，系统读")


def test_the_public_copy_of_a_photo_tells_no_place_and_no_camera() -> None:
    original = receive(corpus.located_jpg(), "a.jpg")
    copy = publish.public_copy(original)
    assert dict(Image.open(BytesIO(open_bytes(original))).getexif()) != {}
    assert dict(Image.open(BytesIO(open_bytes(copy))).getexif()) == {}
    assert b"Camera-Maker" not in open_bytes(copy)
    assert (copy.purpose, copy.name) == ("public", "a.jpg")


def test_the_public_copy_of_a_document_names_no_author() -> None:
    copy = publish.public_copy(receive(corpus.docx("正文"), "a.docx"))
    assert corpus.part(open_bytes(copy), "docProps/core.xml").count("示例作者") == 0
    assert "正文" in corpus.part(open_bytes(copy), "word/document.xml")


def test_the_public_copy_of_a_pdf_names_no_author() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "writer-at-home", "/Title": "public"})
    target = BytesIO()
    writer.write(target)
    copy = open_bytes(publish.public_copy(receive(target.getvalue(), "a.pdf")))
    assert dict(PdfReader(BytesIO(copy)).metadata or {}) == {"/Title": "public"}


@pytest.mark.parametrize(
    ("secret", "plain", "masked"),
    [
        ("id_number", "530102199003070010", "530102********0010"),
        ("phone", "13800138000", "138****8000"),
        ("email", "zhang@example.cn", "z***@example.cn"),
        ("person", "张三丰", "张**"),
        ("phone", "", ""),
    ],
)
def test_personal_data_are_masked_by_their_type(secret: str, plain: str, masked: str) -> None:
    assert mask(secret, plain) == masked
