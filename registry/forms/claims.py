"""Forms of the claim of an organisation's account."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from accounts.fields import LineField, new_password, new_password_again
from accounts.models import User
from accounts.widgets import Segments, Upload
from files.forms import DocumentField
from files.purposes import Purpose
from registry.models import Claim
from registry.services.claims import Claimant
from regulation.identifiers import check_credit_code, check_mobile


class ClaimForm(forms.Form):
    """Which organisation, who asks, with which letter and password."""

    credit_code = forms.CharField(label="单位统一社会信用代码", max_length=40, help_text="18位，对照证照填写。")
    role = forms.ChoiceField(label="您的身份", choices=Claim.As.choices, initial=Claim.As.FILER, widget=Segments)
    name = LineField(label="姓名", max_length=60)
    phone = forms.CharField(label="手机号码", max_length=20, help_text="县(市)区主管部门核实身份时使用。")
    email = forms.EmailField(label="电子邮箱", help_text="核实结果和用户名发到这个邮箱。")
    letter = DocumentField(
        label="加盖公章的介绍信或授权委托书", purpose=Purpose.SIGNED, widget=Upload,
    )  # fmt: skip
    password1 = new_password()
    password2 = new_password_again()
    agreed = forms.BooleanField(
        label="已阅读隐私说明，所填内容真实", error_messages={"required": "请阅读隐私说明并勾选。"}
    )

    def clean_credit_code(self) -> str:
        try:
            return check_credit_code(self.cleaned_data["credit_code"])
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error

    def clean_phone(self) -> str:
        try:
            return check_mobile(self.cleaned_data["phone"])
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "两次输入的密码不一致，请重新输入。")
        if first:
            person = User(name=cleaned.get("name", ""), email=cleaned.get("email", ""))
            try:
                password_validation.validate_password(first, person)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    @property
    def claimant(self) -> Claimant:
        """Who claims, once the form is valid."""
        cleaned = self.cleaned_data
        return Claimant(cleaned["name"], cleaned["phone"], cleaned["email"], cleaned["role"], cleaned["password1"])


class RefuseForm(forms.Form):
    """Why there is no account."""

    reason = forms.CharField(label="不予核准的理由", max_length=1000, widget=forms.Textarea({"rows": 3}))
