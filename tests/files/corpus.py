"""Good and bad files, made on the spot. Every bad one has a good twin that differs in the one thing."""

import struct
import zipfile
import zlib
from io import BytesIO

from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from files.excel import Sheet, write_workbook
from files.scanner import EICAR

CONTENT_TYPES = "[Content_Types].xml"


def pdf(pages: int = 1, *, password: str = "", script: bool = False, attachment: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if attachment:
        writer.add_attachment(attachment, b"x")
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return _bytes(writer.write)


def looping_pdf() -> bytes:
    """A page tree that contains itself."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    writer.root_object[NameObject("/Pages")].get_object()["/Kids"].append(
        writer.root_object["/Pages"].indirect_reference
    )
    assert page
    return _bytes(writer.write)


def jpg(size: tuple[int, int] = (40, 30)) -> bytes:
    return _bytes(lambda target: Image.new("RGB", size, "#0f4c8a").save(target, "JPEG"))


def located_jpg() -> bytes:
    """A photo that tells where it was taken."""
    picture = Image.new("RGB", (40, 30))
    exif = Image.Exif()
    exif[0x010F] = "Camera-Maker"
    exif.get_ifd(0x8825)[1] = "N"
    return _bytes(lambda target: picture.save(target, "JPEG", exif=exif))


def png() -> bytes:
    return _bytes(lambda target: Image.new("RGB", (40, 30), "#a8231c").save(target, "PNG"))


def png_of_declared_size(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    )


def xlsx() -> bytes:
    return write_workbook([Sheet("填报", ["企业名称"], [["示例公司"]])])


def xlsx_with_rows(*rows: list[object]) -> bytes:
    """Rows as openpyxl writes them: a text that begins with = is a formula."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return _bytes(book.save)


def docx(text: str = "示例") -> bytes:
    parts = {
        CONTENT_TYPES: '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="x"/>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:p>{text}</w:p></w:document>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>示例作者</dc:creator></cp:coreProperties>',
    }
    return archive(parts)


def archive(parts: dict[str, str | bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for name, data in parts.items():
            result.writestr(name, data)
    return target.getvalue()


def with_part(package: bytes, name: str, data: str | bytes) -> bytes:
    """The Office package with one more (or another) part."""
    with zipfile.ZipFile(BytesIO(package)) as source:
        parts: dict[str, str | bytes] = {entry: source.read(entry) for entry in source.namelist()}
    return archive({**parts, name: data})


def part(package: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(package)) as source:
        return source.read(name).decode()


def eicar_pdf() -> bytes:
    return pdf() + EICAR


def _bytes(write) -> bytes:  # type: ignore[no-untyped-def]
    target = BytesIO()
    write(target)
    return target.getvalue()
