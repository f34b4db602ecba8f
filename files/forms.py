"""The form field for an upload: refusals appear at the field, in the words of the intake."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from files import intake
from files.errors import Refused
from files.purposes import rule_of

_CODES = {413: "too_large", 415: "wrong_type", 422: "unusable"}


class DocumentField(forms.FileField):
    """A file of one purpose. Its cleaned value has passed ``intake.examine`` and is ready for ``intake.receive``."""

    default_error_messages = {
        "required": "请选择要上传的文件。",
        "empty": "文件为空，请核对后重新上传。",
        "missing": "请选择要上传的文件。",
        "invalid": "没有收到文件，请重新选择后上传。",
    }

    def __init__(self, *, purpose: str, **options: object) -> None:
        self.purpose = purpose
        self.rule = rule_of(purpose)
        options.setdefault("help_text", self.rule.text)
        super().__init__(**options)  # type: ignore[arg-type]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {**super().widget_attrs(widget), "accept": self.rule.accept}

    def clean(self, data: UploadedFile | None, initial: object = None) -> object:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            try:
                upload.examined = intake.examine(upload, purpose=self.purpose)  # type: ignore[attr-defined]
            except Refused as refusal:
                raise ValidationError(refusal.message, code=_CODES[refusal.status]) from refusal
        return upload


def refusal_status(form: forms.BaseForm) -> int:
    """The answer's status for an invalid form: 413 or 415 when an upload was too big or of another type, otherwise
    422.
    """
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return next((status for status, code in _CODES.items() if code in codes), 422)
