"""Forms of handing an organisation over to another filer, and of finding the organisation."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.fields import LineField
from accounts.models import Capacity
from accounts.widgets import Upload
from applications.services.handover import Successor
from files.forms import DocumentField
from files.purposes import Purpose
from regulation.identifiers import check_credit_code, check_mobile


class FindForm(forms.Form):
    """The organisation by its credit code, full-width digits and small letters as they come."""

    code = forms.CharField(
        label="统一社会信用代码", max_length=40, help_text="18位，对照证照填写；字母大小写、全角半角均可。"
    )

    def clean_code(self) -> str:
        try:
            return check_credit_code(self.cleaned_data["code"])
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error


class HandoverForm(forms.Form):
    """Who left, who takes over, why; with the sealed letter when the district does it."""

    leaving = forms.ChoiceField(
        label="离任的经办人", widget=forms.RadioSelect, error_messages={"required": "请选择离任的经办人。"}
    )
    name = LineField(label="接任经办人姓名", max_length=60)
    email = forms.EmailField(label="接任经办人电子邮箱", help_text="系统向此邮箱发送设置密码的一次性链接。")
    phone = forms.CharField(label="接任经办人手机号码", max_length=20)
    reason = LineField(label="交接原因", max_length=300, help_text="例如：原经办人已离职。")
    letter = DocumentField(label="单位盖章的交接函", purpose=Purpose.SIGNED, widget=Upload)

    def __init__(self, filers: Sequence[Capacity], *args: Any, by_district: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filers = {str(filer.uuid): filer for filer in filers}
        if filers:
            choices = [(uuid, f"{one.user.name}（{one.user.username}）") for uuid, one in self.filers.items()]
            self.fields["leaving"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["leaving"]
        self.fields["letter"].required = by_district

    def clean_phone(self) -> str:
        try:
            return check_mobile(self.cleaned_data["phone"])
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of the service, once the form is valid."""
        given = self.cleaned_data
        return {
            "leaving": self.filers.get(given.get("leaving", "")),
            "successor": Successor(given["name"], given["email"], given["phone"]),
            "reason": given["reason"],
            "letter": given["letter"],
        }
