"""Bad input for a form: what people paste, what scripts send."""

from collections.abc import Iterator
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.fuzz.crawling import Form

KEPT = "csrfmiddlewaretoken"
NASTY = (
    "", " ", "\x00", "甲\x00乙", "\x1b[31m\r\nSet-Cookie: a=b", "\u202e反", "\u200b", "𠮷", "长" * 20_000, "é" * 5_000, "a\u0301" * 3_000,
    "NaN", "-NaN", "sNaN", "Infinity", "1e309", "1e-400", "-1", "101", "９５", "33.333", "0x10", "1_000", "99999999999999999999", "-" * 50, "²", "1" * 5000,
    "2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "2100-01-01", "2026-12-01T99:99", "9999-12-31T23:59", "25:61",
    "<script>alert(1)</script>", "{{ settings.SECRET_KEY }}{% load x %}%s%(a)s{0.__class__}", "=cmd|' /C calc'!A0", "' OR 1=1 --",
    "../../etc/passwd", "00000000-0000-0000-0000-000000000000", "not-a-uuid", "on", "true", "null", "[]", "{}", '{"a": [1]}',
    "//evil.example", "javascript:alert(1)", "a@b", "a@b.cn\nBcc: x@y.cn", "110101199003077758", "13800138000", "91530100MA6K00000X",
)  # fmt: skip
FILES = (
    ("a.pdf", b""), ("a.pdf", b"%PDF-1.4\n%%EOF"), ("a.xlsx", b"PK\x03\x04broken"), ("a.xlsx", b"\x00" * 2000), ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 50),
    ("<img src=x>.pdf", b"MZ\x90"), ("con\x00..\\.svg", b"<svg onload=alert(1)>"), ("长" * 300 + ".pdf", b"%PDF-1.7\n"), (".htaccess", b"x"),
)  # fmt: skip


def mutants(form: Form, chance: Random, *, most: int) -> Iterator[dict[str, Any]]:
    """Nothing at all, everything empty, a field missing, then random bad values in some and in all fields."""
    kept = {name: value for name, value in form.fields.items() if name == KEPT}
    names = [name for name in form.fields if name != KEPT]
    yield kept
    yield {**kept, **dict.fromkeys(names, "")}
    yield {**form.fields, **_files(form, chance)}
    if names:
        missing = chance.choice(names)
        yield {name: value for name, value in form.fields.items() if name != missing}
    for number in range(most - 4):
        some = names if number % 2 else chance.sample(names, min(len(names), 1 + number // 2))
        yield {**form.fields, **{name: _value(chance) for name in some}, **_files(form, chance)}


def _value(chance: Random) -> Any:
    value = chance.choice(NASTY)
    return [value, chance.choice(NASTY)] if chance.random() < 0.1 else value


def _files(form: Form, chance: Random) -> dict[str, Any]:
    found = {}
    for name in form.files:
        file_name, content = chance.choice(FILES)
        found[name] = "text instead" if chance.random() < 0.1 else _upload(file_name, content)
    return found


def _upload(name: str, content: bytes) -> SimpleUploadedFile:
    made = SimpleUploadedFile("a.bin", content)
    made._name = name  # type: ignore[attr-defined] # past Django's own cleaning, as a hand-made request would be
    return made
