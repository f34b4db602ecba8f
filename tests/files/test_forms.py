"""The upload field says at the field what is wrong."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from files import intake, limits
from files.forms import DocumentField, refusal_status
from tests.files import corpus

pytestmark = pytest.mark.django_db


class MaterialForm(forms.Form):
    document = DocumentField(purpose="list", label="清单")


def filled(data: bytes, name: str = "清单.xlsx") -> MaterialForm:
    return MaterialForm(files={"document": SimpleUploadedFile(name, data)})


def test_an_accepted_file_is_ready_to_be_received() -> None:
    form = filled(corpus.xlsx())
    assert form.is_valid()
    assert intake.receive(form.cleaned_data["document"], purpose="list", uploaded_by=None).name == "清单.xlsx"


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (corpus.pdf(), 415, "文件内容与扩展名（.xlsx）不符。请核对文件后重新上传。"),
        (b"PK" + b"\0" * 5 * limits.MIB, 413, "文件过大，请压缩到 5 MB 以内后重新上传。"),
        (b"", 422, "文件为空，请核对后重新上传。"),
    ],
)
def test_a_refusal_stands_at_the_field_with_its_status(data: bytes, status: int, words: str) -> None:
    form = filled(data)
    assert (form.errors, refusal_status(form)) == ({"document": [words]}, status)


def test_a_missing_file_is_asked_for() -> None:
    form = MaterialForm(data={}, files={})
    assert (form.errors, refusal_status(form)) == ({"document": ["请选择要上传的文件。"]}, 422)


def test_the_page_tells_the_limits_beforehand() -> None:
    field = MaterialForm()["document"]
    assert (field.help_text, field.field.widget.attrs["accept"]) == ("XLSX，不超过 5 MB", ".xlsx")
