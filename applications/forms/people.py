"""Adding a colleague or a signatory."""

from django import forms

from accounts.fields import LineField, needed_when
from accounts.widgets import Segments, Upload
from files.forms import DocumentField
from files.purposes import Purpose
from regulation.identifiers import check_mobile

FILER, LEGAL, AUTHORISED = "filer", "legal", "authorised"


class PersonForm(forms.Form):
    """One more person of the own organisation."""

    role = forms.ChoiceField(
        label="身份", widget=Segments, error_messages={"required": "请选择身份。"},
        choices=((FILER, "经办人"), (LEGAL, "法定代表人"), (AUTHORISED, "授权签字人")),
    )  # fmt: skip
    name = LineField(label="姓名", max_length=60)
    email = forms.EmailField(label="电子邮箱", help_text="系统向此邮箱发送设置密码的一次性链接。")
    phone = forms.CharField(label="手机号码", max_length=20, required=False)
    letter = needed_when(
        DocumentField(
            label="授权委托书", purpose=Purpose.SIGNED, required=False, widget=Upload,
            help_text="添加授权签字人时上传：法定代表人签字并加盖公章的扫描件，PDF、JPG、PNG。",
        ), "授权签字人必填",
    )  # fmt: skip

    def clean_phone(self) -> str:
        value: str = self.cleaned_data["phone"]
        if not value:
            return ""
        try:
            return check_mobile(value)
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") == AUTHORISED and not cleaned.get("letter") and "letter" not in self.errors:
            self.add_error("letter", "授权签字人须上传授权委托书。")
        return cleaned
