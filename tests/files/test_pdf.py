"""Documents: nothing fetched, all fonts embedded, the same bytes for the same data, issued once."""

import gc
import uuid
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint.formatting_structure.boxes import Box

from files import issuing, pdf
from files.models import IssuedDocument, StoredFile
from files.storage import open_bytes
from files.titles import balanced

LETTER = "documents/sample_letter.html"
TITLE = "关于补正昆明市中小企业公共服务示范平台申报材料的通知"
CONTEXT = {
    "issuer": "昆明市工业和信息化局",
    "number": "昆工信通〔2026〕12号",
    "addressee": "示例昆明云岭企业服务有限公司",
    "opening": "依据办法第十一条，现将需要补充、更正的内容一次性告知如下。",
    "items": ["请补充上年度服务收支明细。", "第37行信用代码校验位不符<script>{{ x }}</script>，请更正。"],
    "closing": "请于2026年12月4日（含当日）前提交。",
    "attachments": ["补正事项清单", "合同样式"],
    "signed_by": "昆明市工业和信息化局",
    "signed_on": "2026年11月23日",
    "fingerprint_line": "第2版　指纹 9f2c 41d7",
}


@pytest.fixture(autouse=True)
def sample_templates(settings) -> None:  # type: ignore[no-untyped-def]
    engine = {**settings.TEMPLATES[0]}
    engine["DIRS"] = [*engine["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = [engine]


@pytest.fixture(scope="module")
def letter() -> dict[str, bytes]:
    """One rendering shared by the tests that look at it."""
    return {}


def rendered(letter: dict[str, bytes]) -> bytes:
    if not letter:
        letter["pdf"] = pdf.render(LETTER, CONTEXT, title=TITLE)
    return letter["pdf"]


def test_every_font_is_embedded(letter: dict[str, bytes]) -> None:
    fonts = pdf.fonts_of(rendered(letter))
    assert (set(fonts.values()), len(fonts) >= 3) == ({True}, True)


def test_the_text_is_the_text_of_the_source(letter: dict[str, bytes]) -> None:
    text = "".join(pdf.text_of(rendered(letter)).split())
    words = [
        CONTEXT["opening"],
        *CONTEXT["items"],
        CONTEXT["closing"],
        CONTEXT["number"],
        "附件：1.补正事项清单",
        "—1—",
    ]
    assert [word for word in words if "".join(str(word).split()) not in text] == []


def test_every_page_carries_the_fingerprint(letter: dict[str, bytes]) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(rendered(letter))).pages]
    assert [page for page in pages if "9f2c 41d7" not in page] == []


def test_the_metadata_name_title_and_producer_only(letter: dict[str, bytes]) -> None:
    about = PdfReader(BytesIO(rendered(letter))).metadata or {}
    assert (set(about), about["/Title"]) == ({"/Title", "/Producer"}, TITLE)


def test_the_same_data_give_the_same_bytes(letter: dict[str, bytes]) -> None:
    assert pdf.render(LETTER, CONTEXT, title=TITLE) == rendered(letter)


def test_the_rules_of_a_document_end_with_it(letter: dict[str, bytes], tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    rules = "@page { size: A5 } @counter-style a { system: cyclic; symbols: x } p { font-size: 30pt } h1 { color: red }"
    (tmp_path / "own.html").write_text(f"<style>{rules}</style><h1>标题</h1><p>文件</p>")
    settings.TEMPLATES[0]["DIRS"].append(tmp_path)
    before = rendered(letter)
    pdf.render("own.html", {}, title="标题")
    assert pdf.render(LETTER, CONTEXT, title=TITLE) == before


def test_nothing_is_fetched_and_the_document_is_still_made(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET-OF-THE-HOUSE")
    (tmp_path / "hostile.html").write_text(
        f'<style>@import "http://127.0.0.1:9/x.css"; body {{ background: url(file://{secret}) }}</style>'
        f'<a rel="attachment" href="file://{secret}">a</a><link rel="attachment" href="file://{secret}">'
        f'<img src="file://{secret}"><img src="http://127.0.0.1:9/x.png">'
        '<img src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%225%22 height=%225%22/%3E">文件'
    )
    settings.TEMPLATES[0]["DIRS"].append(tmp_path)
    made = pdf.render("hostile.html", {}, title="标题")
    reader = PdfReader(BytesIO(made))
    assert (dict(reader.attachments), b"SECRET-OF" in made, "文件" in pdf.text_of(made)) == ({}, False, True)


@pytest.mark.django_db
def test_a_document_is_issued_once_per_data(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def render(*_: object, title: str) -> bytes:
        made.append(title)
        return b"%PDF-" + title.encode()

    monkeypatch.setattr(pdf, "render", render)
    subject = uuid.uuid4()

    def issue(data: dict[str, object], title: str = "补正通知书") -> IssuedDocument:
        return pdf.issue(
            kind="return_letter",
            subject_type="application",
            subject_id=subject,
            template=LETTER,
            context=data,
            title=title,
        )

    first, again, other = issue({"a": 1}), issue({"a": 1}), issue({"a": 2})
    assert (first == again, first == other, len(made)) == (True, False, 2)
    assert (first.file.name, first.file.mime, first.file.purpose) == ("补正通知书.pdf", "application/pdf", "issued")
    assert open_bytes(first.file) == b"%PDF-" + "补正通知书".encode()
    assert (IssuedDocument.objects.count(), StoredFile.objects.count()) == (2, 2)


@pytest.mark.django_db
def test_of_two_who_issue_at_once_the_second_gets_the_first_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "render", lambda *_, **__: b"%PDF-")
    subject = uuid.uuid4()
    arguments = {"kind": "notice", "subject_type": "notice", "subject_id": subject, "template": LETTER, "title": "公示"}
    first = pdf.issue(**arguments, context={})
    monkeypatch.setattr(issuing, "find", lambda **_: None)
    assert pdf.issue(**arguments, context={}) == first


@pytest.mark.django_db
def test_a_workbook_is_issued_in_the_same_way() -> None:
    arguments = {"kind": "summary", "subject_type": "call", "subject_id": uuid.uuid4(), "title": "推荐汇总表"}
    first = issuing.issue(**arguments, source=[1], make=lambda: b"PK", extension="xlsx")
    assert issuing.issue(**arguments, source=[1], make=lambda: pytest.fail("made twice"), extension="xlsx") == first
    assert first.file.name == "推荐汇总表.xlsx"


@pytest.mark.django_db
def test_only_plain_data_can_be_issued() -> None:
    with pytest.raises(TypeError, match="plain data"):
        pdf.issue(
            kind="x", subject_type="x", subject_id=uuid.uuid4(), template=LETTER, context={"a": object()}, title="标题"
        )


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("补正通知书", ["补正通知书"]),
        (TITLE, ["关于补正昆明市中小企业公共服务", "示范平台申报材料的通知"]),
        (
            "关于2026年昆明市中小企业公共服务示范平台拟认定名单的公示",
            ["关于2026年昆明市中小企业", "公共服务示范平台拟认定名单的公示"],
        ),
    ],
)
def test_a_long_title_breaks_between_words(title: str, lines: list[str]) -> None:
    assert balanced(title) == lines


def test_a_printed_document_leaves_nothing_in_memory() -> None:
    pdf.render(LETTER, CONTEXT, title=TITLE)
    assert [one for one in gc.get_objects() if issubclass(type(one), Box)] == []
